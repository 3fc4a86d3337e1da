package org.xenomips.devices.serial;

import org.xenomips.device.Register;
import org.xenomips.device.RegisterField;
import org.xenomips.device.RegisterSpec;

/**
 * Registers of the DUART at their offsets within the I/O FPGA. Where a read and a write at the same offset reach two
 * registers, both names are given, the one that is read first.
 *
 * @see "Signetics SCN2681 Dual Asynchronous Receiver/Transmitter data sheet, tables 1 and 2"
 */
enum DuartRegisters implements RegisterSpec<Duart> {
    MRA(constant(0x404, "Mode registers 1A and 2A")), //
    SRA_CSRA(duart(0x40c, "Status A; clock select A").readOnly().onRead(Duart::readStatusA).fields(Status.values())), //
    CRA(command(0x414, "Command A").afterWrite((duart, written) -> duart.commandA(written))), //
    RHRA_THRA(holding(0x41c, "Receive and transmit holding registers A").onRead((duart, stored) -> duart.receiveA())
            .onWrite((duart, stored, written) -> duart.transmitA(written))), //
    IPCR_ACR(constant(0x424, "Input port change; auxiliary control")), //
    ISR_IMR(duart(0x42c, "Interrupt status; interrupt mask").writable(0xff)
            .computed((duart, stored) -> duart.interruptStatus())
            .afterWrite((duart, stored) -> duart.maskChanged())
            .fields(Interrupt.values())), //
    CTU_CTUR(constant(0x434, "Counter/timer upper; it never runs")), //
    CTL_CTLR(constant(0x43c, "Counter/timer lower; it never runs")), //
    MRB(constant(0x444, "Mode registers 1B and 2B")), //
    SRB_CSRB(duart(0x44c, "Status B; clock select B").readOnly()
            .computed((duart, stored) -> duart.statusB())
            .fields(Status.values())), //
    CRB(command(0x454, "Command B").afterWrite((duart, written) -> duart.commandB(written))), //
    RHRB_THRB(holding(0x45c, "Receive and transmit holding registers B").onRead((duart, stored) -> duart.receiveB())
            .onWrite((duart, stored, written) -> duart.transmitB(written))), //
    RESERVED(constant(0x464, "Reserved")), //
    IP_OPCR(constant(0x46c, "Input port; output port configuration")), //
    START_SOPBC(constant(0x474, "Start counter; set output port bits")), //
    STOP_ROPBC(constant(0x47c, "Stop counter; reset output port bits"));

    private final Register<Duart> register;

    DuartRegisters(Register<Duart> register) {
        this.register = register;
    }

    private static Register<Duart> duart(int offset, String meaning) {
        return Register.at(offset, meaning);
    }

    /** Reads 0, ignores writes. */
    private static Register<Duart> constant(int offset, String meaning) {
        return duart(offset, meaning).readOnly();
    }

    /** Reads 0; the written value acts. */
    private static Register<Duart> command(int offset, String meaning) {
        return duart(offset, meaning).computed((duart, stored) -> 0).fields(Command.values());
    }

    private static Register<Duart> holding(int offset, String meaning) {
        return duart(offset, meaning);
    }

    @Override
    public Register<Duart> register() {
        return register;
    }

    /** Fields of the status registers. */
    enum Status implements RegisterField {
        RXRDY(0, "A character waits"), //
        TXRDY(2, "The transmitter takes a character; always 1");

        private final Place place;

        Status(int low, String meaning) {
            place = new Place(low, 1, meaning);
        }

        @Override
        public Place place() {
            return place;
        }
    }

    /** Fields of the command registers that act. */
    enum Command implements RegisterField {
        DISABLE_TX(3, "Disable transmitter");

        private final Place place;

        Command(int low, String meaning) {
            place = new Place(low, 1, meaning);
        }

        @Override
        public Place place() {
            return place;
        }
    }

    /** Fields of the interrupt status and mask registers. */
    enum Interrupt implements RegisterField {
        TXRDYA(0, "Transmitter A ready"), //
        RXRDYA(1, "Receiver A ready"), //
        TXRDYB(4, "Transmitter B ready"), //
        RXRDYB(5, "Receiver B ready");

        private final Place place;

        Interrupt(int low, String meaning) {
            place = new Place(low, 1, meaning);
        }

        @Override
        public Place place() {
            return place;
        }
    }
}
