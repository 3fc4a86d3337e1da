package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Bus mode register.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR0"
 */
enum Csr0 implements RegisterField {
    SWR(0, 1, "Software reset"), //
    BAR(1, 1, "Bus arbitration: 0 = receive first"), //
    DSL(2, 5, "Longwords skipped between unchained descriptors"), //
    BLE(7, 1, "Data buffers are big-endian"), //
    PBL(8, 6, "Programmable burst length"), //
    CAL(14, 2, "Cache alignment"), //
    TAP(17, 3, "Transmit automatic polling, 0 = none"), //
    DBO(20, 1, "Descriptors are big-endian"), //
    RME(21, 1, "Read multiple"), //
    RLE(23, 1, "Read line"), //
    WIE(24, 1, "Write and invalidate");

    private final Place place;

    Csr0(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
