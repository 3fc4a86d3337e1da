package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Serial ROM and MII management register.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR9"
 */
enum Csr9 implements RegisterField {
    CS(0, 1, "Serial ROM chip select"), //
    SK(1, 1, "Serial ROM clock"), //
    DI(2, 1, "Data to the serial ROM"), //
    DO(3, 1, "Data from the serial ROM"), //
    REG(10, 1, "External register select"), //
    SR(11, 1, "Serial ROM select"), //
    BR(12, 1, "Boot ROM select"), //
    WR(13, 1, "Write operation"), //
    RD(14, 1, "Read operation"), //
    MDC(16, 1, "Management clock"), //
    MDO(17, 1, "Management data to the PHY"), //
    MII(18, 1, "Management direction: 1 = the PHY drives"), //
    MDI(19, 1, "Management data from the PHY");

    private final Place place;

    Csr9(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
