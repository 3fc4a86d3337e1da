package org.xenomips.devices.chipset;

import org.xenomips.device.Register;
import org.xenomips.device.RegisterField;
import org.xenomips.device.RegisterSpec;

/**
 * Registers of the GT-64010 and GT-64120 that exist here. Values are in the chip's (little-endian) order.
 *
 * <p>Deviation: the decode registers are constants and decode nothing, because the physical map of the board is fixed;
 * byte counts (0x800), timers, device parameters and I2O do not exist (read 0). Software for this board expects that.
 *
 * @see "Galileo GT-64120A data sheet, chapter 19 'Register Tables'"
 */
enum Gt64xxxRegisters implements RegisterSpec<Gt64xxxDevice> {
    // @formatter:off
    RAS_1_0_LOW(constant(0x008, "RAS[1:0] low decode address", 0)),
    RAS_1_0_HIGH(constant(0x010, "RAS[1:0] high decode address", 0x7f)),
    RAS_3_2_LOW(constant(0x018, "RAS[3:2] low decode address; 0x080 on the GT-64010", 0x100).computed(
            (gt, stored) -> gt.model().ras32Low())),
    RAS_3_2_HIGH(constant(0x020, "RAS[3:2] high decode address", 0x7f)),
    RAS0_LOW(constant(0x400, "RAS[0] low decode address", 0)),
    RAS0_HIGH(constant(0x404, "RAS[0] high decode address", 0xff)),
    RAS1_LOW(constant(0x408, "RAS[1] low decode address", 0x7f)),
    RAS1_HIGH(constant(0x40c, "RAS[1] high decode address", 0)),
    RAS2_LOW(constant(0x410, "RAS[2] low decode address", 0)),
    RAS2_HIGH(constant(0x414, "RAS[2] high decode address", 0xff)),
    RAS3_LOW(constant(0x418, "RAS[3] low decode address", 0x7f)),
    RAS3_HIGH(constant(0x41c, "RAS[3] high decode address", 0)),

    DMA0_SOURCE(storage(0x810, "Channel 0 source address")),
    DMA1_SOURCE(storage(0x814, "Channel 1 source address")),
    DMA2_SOURCE(storage(0x818, "Channel 2 source address")),
    DMA3_SOURCE(storage(0x81c, "Channel 3 source address")),
    DMA0_DESTINATION(storage(0x820, "Channel 0 destination address")),
    DMA1_DESTINATION(storage(0x824, "Channel 1 destination address")),
    DMA2_DESTINATION(storage(0x828, "Channel 2 destination address")),
    DMA3_DESTINATION(storage(0x82c, "Channel 3 destination address")),
    DMA0_NEXT_RECORD(storage(0x830, "Channel 0 next record pointer")),
    DMA1_NEXT_RECORD(storage(0x834, "Channel 1 next record pointer")),
    DMA2_NEXT_RECORD(storage(0x838, "Channel 2 next record pointer")),
    DMA3_NEXT_RECORD(storage(0x83c, "Channel 3 next record pointer")),
    DMA0_CONTROL(dmaControl(0x840, 0)),
    DMA1_CONTROL(dmaControl(0x844, 1)),
    DMA2_CONTROL(dmaControl(0x848, 2)),
    DMA3_CONTROL(dmaControl(0x84c, 3)),

    PCI_COMMAND(storage(0xc00, "PCI command; MByteSwap = 0 exchanges bytes between PCI and memory").reset(0x0000_8001)
            .fields(PciCommand.values())),
    PCI_RAS_1_0_SIZE(constant(0xc08, "PCI RAS[1:0] bank size", 0xfff)),
    PCI_RAS_3_2_SIZE(constant(0xc0c, "PCI RAS[3:2] bank size", 0xfff)),
    INTERRUPT_CAUSE(storage(0xc18, "Interrupt cause; a write clears the bits written as 0").fields(Cause.values())
            .onWrite((gt, stored, written) -> stored & written)
            .afterWrite((gt, stored) -> gt.updateInterrupt())),
    INTERRUPT_MASK(storage(0xc1c, "CPU interrupt mask, 1 = enabled").fields(Cause.values())
            .afterWrite((gt, stored) -> gt.updateInterrupt())),
    PCI1_CONFIG_ADDRESS(storage(0xcf0, "PCI bus 1 configuration address; reads 0 on the GT-64010").computed(
            (gt, stored) -> gt.configAddress(1)).afterWrite((gt, stored) -> gt.setConfigAddress(1, stored))),
    PCI1_CONFIG_DATA(storage(0xcf4, "PCI bus 1 configuration data; reads 0 on the GT-64010").onRead(
            (gt, stored) -> gt.configRead(1)).onWrite((gt, stored, written) -> gt.configWrite(1, written))),
    PCI0_CONFIG_ADDRESS(storage(0xcf8, "PCI bus 0 configuration address").computed(
            (gt, stored) -> gt.configAddress(0)).afterWrite((gt, stored) -> gt.setConfigAddress(0, stored))),
    PCI0_CONFIG_DATA(storage(0xcfc, "PCI bus 0 configuration data").onRead((gt, stored) -> gt.configRead(0))
            .onWrite((gt, stored, written) -> gt.configWrite(0, written)));
    // @formatter:on

    /** Fields of a DMA channel's control register that have an effect here. */
    enum DmaControl implements RegisterField {
        ChainMod(9, "0 = follow the next record pointer after the transfer"), //
        ChanEn(12, "channel enable: start the transfer"), //
        FetNexRec(13, "fetch the next record first; clears itself");

        private final Place place;

        DmaControl(int low, String meaning) {
            place = new Place(low, 1, meaning);
        }

        @Override
        public Place place() {
            return place;
        }
    }

    /**
     * Fields of the PCI command register that have an effect here.
     *
     * <p>MByteSwap alone decides for both directions: 1 (the reset value) = bytes pass unchanged, 0 = the bytes of each
     * word are exchanged between PCI and memory, in register accesses of the processor and in DMA.
     *
     * <p>Deviation: SByteSwap (bit 16), the chip's switch for DMA alone, is stored but has no effect; the reset value
     * that software of this platform expects has it clear while no bytes are exchanged.
     */
    enum PciCommand implements RegisterField {
        MByteSwap(0, "0 = exchange bytes between PCI and memory, 1 = do not");

        private final Place place;

        PciCommand(int low, String meaning) {
            place = new Place(low, 1, meaning);
        }

        @Override
        public Place place() {
            return place;
        }
    }

    /** Interrupt sources that exist here; the chip's summary bits do not. */
    enum Cause implements RegisterField {
        DMA0Comp(4), DMA1Comp(5), DMA2Comp(6), DMA3Comp(7);

        private final Place place;

        Cause(int low) {
            place = new Place(low, 1, "DMA channel " + (low - 4) + " completed");
        }

        @Override
        public Place place() {
            return place;
        }
    }

    private final Register<Gt64xxxDevice> register;

    Gt64xxxRegisters(Register<Gt64xxxDevice> register) {
        this.register = register;
    }

    private static Register<Gt64xxxDevice> storage(int offset, String meaning) {
        return Register.at(offset, meaning);
    }

    private static Register<Gt64xxxDevice> constant(int offset, String meaning, int value) {
        return storage(offset, meaning).reset(value).readOnly();
    }

    private static Register<Gt64xxxDevice> dmaControl(int offset, int channel) {
        return storage(offset, "Channel " + channel + " control; a write starts the channel")
                .fields(DmaControl.values())
                .afterWrite((gt, stored) -> gt.dma().controlWritten(channel));
    }

    @Override
    public Register<Gt64xxxDevice> register() {
        return register;
    }
}
