package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Missed frames and overflow counter.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR8"
 */
enum Csr8 implements RegisterField {
    MFC(0, 16, "Frames missed because no descriptor was available"), MFO(16, 1,
            "The missed frame counter overflowed"), FOC(17, 11,
                    "Frames lost in the FIFO"), OCO(28, 1, "The FIFO overflow counter overflowed");

    private final int low;
    private final int width;
    private final String meaning;

    Csr8(int low, int width, String meaning) {
        this.low = low;
        this.width = width;
        this.meaning = meaning;
    }

    @Override
    public int low() {
        return low;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
