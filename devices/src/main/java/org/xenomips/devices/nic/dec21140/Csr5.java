package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.RegisterField;

/**
 * Status register; {@code CSR7} has an enable bit at each of its interrupt bits.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR5"
 */
enum Csr5 implements RegisterField {
    TI(0, 1, "Transmit interrupt: a frame that asked for one has been sent"), //
    TPS(1, 1, "Transmit process stopped"), //
    TU(2, 1, "Transmit buffer unavailable: the next descriptor belongs to the host"), //
    TJT(3, 1, "Transmit jabber timeout"), //
    UNF(5, 1, "Transmit underflow"), //
    RI(6, 1, "Receive interrupt: a frame has been stored"), //
    RU(7, 1, "Receive buffer unavailable: the next descriptor belongs to the host"), //
    RPS(8, 1, "Receive process stopped"), //
    RWT(9, 1, "Receive watchdog timeout"), //
    ETI(10, 1, "Early transmit interrupt"), //
    GTE(11, 1, "General-purpose timer expired"), //
    FBE(13, 1, "Fatal bus error"), //
    ERI(14, 1, "Early receive interrupt"), //
    AIS(15, 1, "Abnormal interrupt summary"), //
    NIS(16, 1, "Normal interrupt summary"), //
    RS(17, 3, "Receive process state: 0 stopped, 3 waiting for a frame, 4 suspended"), //
    TS(20, 3, "Transmit process state: 0 stopped, 3 reading, 6 suspended"), //
    EB(23, 3, "Kind of fatal bus error");

    private final Place place;

    Csr5(int low, int width, String meaning) {
        place = new Place(low, width, meaning);
    }

    @Override
    public Place place() {
        return place;
    }
}
