package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Missed frames and overflow counter.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR8"
 */
enum Csr8 implements RegisterField {
    MFC(0, 16, "Frames missed because no descriptor was available"), //
    MFO(16, 1, "The missed frame counter overflowed"), //
    FOC(17, 11, "Frames lost in the FIFO"), //
    OCO(28, 1, "The FIFO overflow counter overflowed");

    private final Place place;

    Csr8(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
