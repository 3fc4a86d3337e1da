package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Operation mode register.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR6"
 */
enum Csr6 implements RegisterField {
    HP(0, 1, "Read-only: the filter has a hash table"), //
    SR(1, 1, "Receive process on"), //
    HO(2, 1, "Read-only: the filter has only a hash table"), //
    PB(3, 1, "Pass bad frames"), //
    IF(4, 1, "Read-only: the filter is inverse"), //
    PR(6, 1, "Promiscuous"), //
    PM(7, 1, "Pass all multicast"), //
    FD(9, 1, "Full duplex"), //
    OM(10, 2, "Operating mode: 0 normal, 1 internal loopback, 2 external loopback"), //
    FC(12, 1, "Force collision"), //
    ST(13, 1, "Transmit process on"), //
    TR(14, 2, "Transmit threshold"), //
    CA(17, 1, "Capture effect"), //
    PS(18, 1, "Port select: 1 = MII or symbol port"), //
    HBD(19, 1, "Heartbeat disable"), //
    SF(21, 1, "Store and forward"), //
    TTM(22, 1, "Transmit threshold for 10 Mb/s"), //
    PCS(23, 1, "Physical coding sublayer"), //
    SCR(24, 1, "Scrambler"), //
    MBO(25, 1, "Always one"), //
    RA(30, 1, "Receive all frames, filter result in the status"), //
    SC(31, 1, "Special capture");

    private final Place place;

    Csr6(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
