package org.xenomips.devices.fpga;

import org.xenomips.device.Register;
import org.xenomips.device.RegisterSpec;

/** Registers of the remote-control device. It exists in emulators only; names are ours. */
enum RemoteControlRegisters implements RegisterSpec<RemoteControl> {
    // @formatter:off
    IDENTIFICATION(storage(0x00, "Identification of the device").readOnly().reset(0x1e94_b3df)),
    CPU_NUMBER(storage(0x04, "Number of the processor: 0").readOnly()),
    DUMP_CPU(writeOnly(0x08, "Notes the processor's position in the log").afterWrite(
            (rc, stored) -> rc.noteProcessor())),
    DUMP_TLB(writeOnly(0x0c, "Notes the processor's position in the log").afterWrite(
            (rc, stored) -> rc.noteProcessor())),
    UNUSED_10(storage(0x10, "Always 0").readOnly()),
    RAM_SIZE(storage(0x14, "RAM in MB, without I/O memory").readOnly().computed((rc, stored) -> rc.facts().ramMb())),
    ROM_SIZE(storage(0x18, "ROM window in MB").readOnly().computed((rc, stored) -> rc.facts().romMb())),
    NVRAM_SIZE(storage(0x1c, "NVRAM in KB").readOnly().computed((rc, stored) -> rc.facts().nvramKb())),
    IOMEM_SIZE(storage(0x20, "I/O memory in MB").readOnly().computed((rc, stored) -> rc.facts().iomemMb())),
    CONFIG_REGISTER(storage(0x24, "Active configuration register").readOnly()
            .computed((rc, stored) -> rc.configRegister())),
    IMAGE_ENTRY(storage(0x28, "Entry point of the guest image, 0 = none is loaded").readOnly()
            .computed((rc, stored) -> rc.imageEntry())),
    PLATFORM_ID(storage(0x2c, "ELF machine number of the platform").readOnly().reset(0x19)),
    RESTART_FLAG(storage(0x30, "Always 0: no restart without a reload").readOnly()),
    STOP(storage(0x34, "Any access, read or write, stops the machine").onRead((rc, stored) -> rc.stop())
            .onWrite((rc, stored, written) -> rc.stop())),
    LOG_STRING(writeOnly(0x38, "Logs the NUL-terminated string at a physical address, at most 512 bytes").afterWrite(
            (rc, stored) -> rc.logString(stored))),
    LOG_CHARACTER(writeOnly(0x3c, "Appends a character to the log line; a line feed ends it").afterWrite(
            (rc, stored) -> rc.logCharacter(stored))),
    CONSOLE(writeOnly(0x40, "Prints a character on the console").afterWrite((rc, stored) -> rc.print(stored))),
    NVRAM_ADDRESS(storage(0x44, "NVRAM as a kseg1 address").readOnly()
            .computed((rc, stored) -> rc.facts().nvramAddress())),
    IOMEM_PERCENTAGE(storage(0x48, "I/O memory setting of other platforms: always 0").readOnly()),
    COOKIE_INDEX(storage(0x4c, "Index of a cookie word")),
    COOKIE(storage(0x50, "Cookie word: always 0, the identity is in the midplane EEPROM").readOnly()),
    VARIABLE_DATA(storage(0x54, "ROM monitor variable byte stream").onRead((rc, stored) -> rc.variables().readByte())
            .afterWrite((rc, stored) -> rc.variables().writeByte(stored))),
    VARIABLE_COMMAND(storage(0x58,
            "ROM monitor variable command: 1 set, 2 get, 3 rewind, 4 unset, 5 list by index; reads the status, 0 or -1")
            .computed((rc, stored) -> rc.variables().status())
            .afterWrite((rc, stored) -> rc.variables().command(stored))),
    RELOAD(writeOnly(0x5c, "1 = reload: power-cycles the machine").afterWrite((rc, stored) -> rc.reload(stored))),
    SET_CONFIG_REGISTER(storage(0x60, "Active configuration register, writable; survives a reload").computed(
            (rc, stored) -> rc.configRegister()).afterWrite((rc, stored) -> rc.setConfigRegister(stored))),
    RANDOM(storage(0x64, "32 random bits, others with every read").readOnly().onRead((rc, stored) -> rc.random()));
    // @formatter:on

    private final Register<RemoteControl> register;

    RemoteControlRegisters(Register<RemoteControl> register) {
        this.register = register;
    }

    private static Register<RemoteControl> storage(int offset, String meaning) {
        return Register.at(offset, meaning);
    }

    private static Register<RemoteControl> writeOnly(int offset, String meaning) {
        return storage(offset, meaning).computed((rc, stored) -> 0);
    }

    @Override
    public Register<RemoteControl> register() {
        return register;
    }
}
