package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.Register;
import org.xenomips.device.RegisterSpec;

/**
 * The command and status registers, 8 bytes apart.
 *
 * <p>Deviation: reset values, and CSR1, CSR2 and CSR13 to CSR15 as plain storage, are those of compatible machines, which software
 * of this platform was written for; drivers for the chip do not look.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3.2"
 */
enum Dec21140Registers implements RegisterSpec<Dec21140Device> {
    /** The reset bit does not clear itself. */
    CSR0(register(0, "Bus mode").reset(Values.CSR0_RESET)
            .fields(Csr0.values())
            .afterWrite(Dec21140Device::busModeWritten)), //
    CSR1(register(1, "Transmit poll demand").afterWrite((chip, value) -> chip.transmitPollDemand())), //
    CSR2(register(2, "Receive poll demand").afterWrite((chip, value) -> chip.receivePollDemand())), //
    CSR3(register(3, "Receive list base address").writable(~3).afterWrite(Dec21140Device::receiveListWritten)), //
    CSR4(register(4, "Transmit list base address").writable(~3).afterWrite(Dec21140Device::transmitListWritten)), //
    /** The summary bits are recomputed at once, so clearing them alone has no lasting effect. */
    CSR5(register(5, "Status").reset(Values.CSR5_CONSTANT)
            .fields(Csr5.values())
            .writable(0)
            .writeOneToClear(Values.CSR5_CAUSES)
            .computed(Dec21140Device::statusRead)
            .afterWrite((chip, value) -> chip.updateInterrupt())), //
    CSR6(register(6, "Operation mode").fields(Csr6.values())
            .writable(~(Csr6.HP.mask() | Csr6.HO.mask() | Csr6.IF.mask()))
            .onWrite(Dec21140Device::operationModeStored)
            .afterWrite(Dec21140Device::operationModeWritten)), //
    CSR7(register(7, "Interrupt enable").fields(Csr5.values()).afterWrite(Dec21140Device::interruptEnableWritten)), //
    CSR8(register(8, "Missed frames").fields(Csr8.values()).readOnly().clearOnRead(-1)), //
    CSR9(register(9, "Serial ROM and MII management").fields(Csr9.values())
            .writable(~(Csr9.DO.mask() | Csr9.MDI.mask()))
            .computed(Dec21140Device::serialPinsRead)
            .afterWrite(Dec21140Device::serialPinsWritten)), //
    CSR10(register(10, "Boot ROM address")), //
    /** Deviation: reads give the programmed value, not what is left of it. */
    CSR11(register(11, "General-purpose timer").fields(Csr11.values()).afterWrite(Dec21140Device::timerWritten)), //
    /** Deviation: nothing is connected to the pins; a read gives what was written, whatever the directions. */
    CSR12(register(12, "General-purpose port")), //
    CSR13(register(13, "Reserved")), //
    CSR14(register(14, "Reserved")), //
    CSR15(register(15, "Watchdog timers"));

    /** Distance of two registers in bytes. */
    static final int STRIDE = 8;

    private final Register<Dec21140Device> register;

    Dec21140Registers(Register<Dec21140Device> register) {
        this.register = register;
    }

    private static Register<Dec21140Device> register(int number, String meaning) {
        return Register.at(number * STRIDE, meaning);
    }

    @Override
    public Register<Dec21140Device> register() {
        return register;
    }

    /** Values that the declarations above need before the enum's own constants exist. */
    static final class Values {
        static final int CSR0_RESET = 0xfff8_0000;
        /** Bits of CSR5 that always read 1. */
        static final int CSR5_CONSTANT = 0xfc00_0000;
        /** Bits of CSR5 that are causes or summaries of interrupts. */
        static final int CSR5_CAUSES = 0x0001_ffff;

        private Values() {}
    }
}
