package org.xenomips.devices.storage.pcmcia;

import org.xenomips.device.Register;
import org.xenomips.device.RegisterSpec;

/**
 * The index registers of one PCMCIA socket, 8 bits each; offsets are index values. Those not marked otherwise only
 * store: the windows of the cards are fixed by the board.
 *
 * @see "Cirrus Logic CL-PD6729 data sheet, chapters 6 'Chip Control Registers' to 12 'Timing Registers'"
 */
enum Clpd6729Registers implements RegisterSpec<Clpd6729.Socket> {
    CHIP_REVISION(socketRegister(0x00, "Chip Revision").reset(0x48).readOnly()), //
    INTERFACE_STATUS(socketRegister(0x01, "Interface Status").computed(Clpd6729.Socket::interfaceStatus).readOnly()), //
    POWER_CONTROL(socketRegister(0x02, "Power Control")), //
    INTERRUPT_AND_GENERAL_CONTROL(socketRegister(0x03, "Interrupt and General Control").reset(0x40).readOnly()), //
    CARD_STATUS_CHANGE(socketRegister(0x04, "Card Status Change")), //
    MANAGEMENT_INTERRUPT_CONFIGURATION(socketRegister(0x05, "Management Interrupt Configuration")), //
    MAPPING_ENABLE(socketRegister(0x06, "Mapping Enable")), //
    IO_WINDOW_CONTROL(socketRegister(0x07, "I/O Window Control")), //
    SYSTEM_IO_MAP_0_START_ADDRESS_LOW(socketRegister(0x08, "System I/O Map 0 Start Address Low")), //
    SYSTEM_IO_MAP_0_START_ADDRESS_HIGH(socketRegister(0x09, "System I/O Map 0 Start Address High")), //
    SYSTEM_IO_MAP_0_END_ADDRESS_LOW(socketRegister(0x0a, "System I/O Map 0 End Address Low")), //
    SYSTEM_IO_MAP_0_END_ADDRESS_HIGH(socketRegister(0x0b, "System I/O Map 0 End Address High")), //
    SYSTEM_IO_MAP_1_START_ADDRESS_LOW(socketRegister(0x0c, "System I/O Map 1 Start Address Low")), //
    SYSTEM_IO_MAP_1_START_ADDRESS_HIGH(socketRegister(0x0d, "System I/O Map 1 Start Address High")), //
    SYSTEM_IO_MAP_1_END_ADDRESS_LOW(socketRegister(0x0e, "System I/O Map 1 End Address Low")), //
    SYSTEM_IO_MAP_1_END_ADDRESS_HIGH(socketRegister(0x0f, "System I/O Map 1 End Address High")), //
    SYSTEM_MEMORY_MAP_0_START_ADDRESS_LOW(socketRegister(0x10, "System Memory Map 0 Start Address Low")), //
    SYSTEM_MEMORY_MAP_0_START_ADDRESS_HIGH(socketRegister(0x11, "System Memory Map 0 Start Address High")), //
    SYSTEM_MEMORY_MAP_0_END_ADDRESS_LOW(socketRegister(0x12, "System Memory Map 0 End Address Low")), //
    SYSTEM_MEMORY_MAP_0_END_ADDRESS_HIGH(socketRegister(0x13, "System Memory Map 0 End Address High")), //
    CARD_MEMORY_MAP_0_OFFSET_ADDRESS_LOW(socketRegister(0x14, "Card Memory Map 0 Offset Address Low")), //
    CARD_MEMORY_MAP_0_OFFSET_ADDRESS_HIGH(socketRegister(0x15, "Card Memory Map 0 Offset Address High")), //
    MISC_CONTROL_1(socketRegister(0x16, "Misc Control 1")), //
    FIFO_CONTROL(socketRegister(0x17, "FIFO Control; the FIFO is always empty").reset(0x80).readOnly()), //
    SYSTEM_MEMORY_MAP_1_START_ADDRESS_LOW(socketRegister(0x18, "System Memory Map 1 Start Address Low")), //
    SYSTEM_MEMORY_MAP_1_START_ADDRESS_HIGH(socketRegister(0x19, "System Memory Map 1 Start Address High")), //
    SYSTEM_MEMORY_MAP_1_END_ADDRESS_LOW(socketRegister(0x1a, "System Memory Map 1 End Address Low")), //
    SYSTEM_MEMORY_MAP_1_END_ADDRESS_HIGH(socketRegister(0x1b, "System Memory Map 1 End Address High")), //
    CARD_MEMORY_MAP_1_OFFSET_ADDRESS_LOW(socketRegister(0x1c, "Card Memory Map 1 Offset Address Low")), //
    CARD_MEMORY_MAP_1_OFFSET_ADDRESS_HIGH(socketRegister(0x1d, "Card Memory Map 1 Offset Address High")), //
    MISC_CONTROL_2(socketRegister(0x1e, "Misc Control 2")), //
    CHIP_INFORMATION(socketRegister(0x1f, "Chip Information")), //
    SYSTEM_MEMORY_MAP_2_START_ADDRESS_LOW(socketRegister(0x20, "System Memory Map 2 Start Address Low")), //
    SYSTEM_MEMORY_MAP_2_START_ADDRESS_HIGH(socketRegister(0x21, "System Memory Map 2 Start Address High")), //
    SYSTEM_MEMORY_MAP_2_END_ADDRESS_LOW(socketRegister(0x22, "System Memory Map 2 End Address Low")), //
    SYSTEM_MEMORY_MAP_2_END_ADDRESS_HIGH(socketRegister(0x23, "System Memory Map 2 End Address High")), //
    CARD_MEMORY_MAP_2_OFFSET_ADDRESS_LOW(socketRegister(0x24, "Card Memory Map 2 Offset Address Low")), //
    CARD_MEMORY_MAP_2_OFFSET_ADDRESS_HIGH(socketRegister(0x25, "Card Memory Map 2 Offset Address High")), //
    ATA_CONTROL(socketRegister(0x26, "ATA Control")), //
    SCRATCHPAD(socketRegister(0x27, "Scratchpad")), //
    SYSTEM_MEMORY_MAP_3_START_ADDRESS_LOW(socketRegister(0x28, "System Memory Map 3 Start Address Low")), //
    SYSTEM_MEMORY_MAP_3_START_ADDRESS_HIGH(socketRegister(0x29, "System Memory Map 3 Start Address High")), //
    SYSTEM_MEMORY_MAP_3_END_ADDRESS_LOW(socketRegister(0x2a, "System Memory Map 3 End Address Low")), //
    SYSTEM_MEMORY_MAP_3_END_ADDRESS_HIGH(socketRegister(0x2b, "System Memory Map 3 End Address High")), //
    CARD_MEMORY_MAP_3_OFFSET_ADDRESS_LOW(socketRegister(0x2c, "Card Memory Map 3 Offset Address Low")), //
    CARD_MEMORY_MAP_3_OFFSET_ADDRESS_HIGH(socketRegister(0x2d, "Card Memory Map 3 Offset Address High")), //
    EXTENDED_INDEX(socketRegister(0x2e, "Extended Index; there are no extended registers").readOnly()), //
    EXTENDED_DATA(socketRegister(0x2f, "Extended Data")), //
    SYSTEM_MEMORY_MAP_4_START_ADDRESS_LOW(socketRegister(0x30, "System Memory Map 4 Start Address Low")), //
    SYSTEM_MEMORY_MAP_4_START_ADDRESS_HIGH(socketRegister(0x31, "System Memory Map 4 Start Address High")), //
    SYSTEM_MEMORY_MAP_4_END_ADDRESS_LOW(socketRegister(0x32, "System Memory Map 4 End Address Low")), //
    SYSTEM_MEMORY_MAP_4_END_ADDRESS_HIGH(socketRegister(0x33, "System Memory Map 4 End Address High")), //
    CARD_MEMORY_MAP_4_OFFSET_ADDRESS_LOW(socketRegister(0x34, "Card Memory Map 4 Offset Address Low")), //
    CARD_MEMORY_MAP_4_OFFSET_ADDRESS_HIGH(socketRegister(0x35, "Card Memory Map 4 Offset Address High")), //
    CARD_IO_MAP_0_OFFSET_ADDRESS_LOW(socketRegister(0x36, "Card I/O Map 0 Offset Address Low")), //
    CARD_IO_MAP_0_OFFSET_ADDRESS_HIGH(socketRegister(0x37, "Card I/O Map 0 Offset Address High")), //
    CARD_IO_MAP_1_OFFSET_ADDRESS_LOW(socketRegister(0x38, "Card I/O Map 1 Offset Address Low")), //
    CARD_IO_MAP_1_OFFSET_ADDRESS_HIGH(socketRegister(0x39, "Card I/O Map 1 Offset Address High")), //
    SETUP_TIMING_0(socketRegister(0x3a, "Setup Timing 0")), //
    COMMAND_TIMING_0(socketRegister(0x3b, "Command Timing 0")), //
    RECOVERY_TIMING_0(socketRegister(0x3c, "Recovery Timing 0")), //
    SETUP_TIMING_1(socketRegister(0x3d, "Setup Timing 1")), //
    COMMAND_TIMING_1(socketRegister(0x3e, "Command Timing 1")), //
    RECOVERY_TIMING_1(socketRegister(0x3f, "Recovery Timing 1"));

    private final Register<Clpd6729.Socket> register;

    Clpd6729Registers(Register<Clpd6729.Socket> register) {
        this.register = register;
    }

    private static Register<Clpd6729.Socket> socketRegister(int index, String meaning) {
        return Register.<Clpd6729.Socket>at(index, meaning).writable(0xff);
    }

    @Override
    public Register<Clpd6729.Socket> register() {
        return register;
    }
}
