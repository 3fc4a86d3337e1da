package org.xenomips.devices.fpga;

import org.xenomips.device.Register;
import org.xenomips.device.RegisterSpec;

/**
 * Registers of the midplane FPGA. Names are ours: the part is undocumented. Observed: everything, in guest software.
 */
enum MpFpgaRegisters implements RegisterSpec<MpFpga> {
    // @formatter:off
    NETWORK_STATUS_0(storage(0x10, "Network interrupt status of slots 0, 1, 4, 3 (bytes 0 to 3); also at 0x11 to 0x13")
            .readOnly()
            .computed((fpga, stored) -> fpga.networkStatus0())),
    NETWORK_STATUS_1(storage(0x18, "Network interrupt status of slots 2, 6, 5 (bytes 1 to 3); also at 0x19 to 0x1b")
            .readOnly()
            .computed((fpga, stored) -> fpga.networkStatus1())),
    NETWORK_MASK_0(storage(0x20, "Network interrupt mask for 0x10, 1 = enabled").afterWrite(
            (fpga, stored) -> fpga.setMask(0, stored))),
    NETWORK_MASK_1(storage(0x28, "Network interrupt mask for 0x18, 1 = enabled").afterWrite(
            (fpga, stored) -> fpga.setMask(1, stored))),
    TDM_STATUS(storage(0x38, "TDM status: always 0").readOnly()),
    PA_MANAGEMENT_STATUS(storage(0x40, "Port-adapter management status: slots 1 to 6 of the last value of 0x50")
            .readOnly()
            .computed((fpga, stored) -> fpga.managementStatus())),
    CONSTANT_48(storage(0x48, "All ones; meaning unknown").readOnly().reset(-1)),
    PA_PRESENCE(storage(0x50, "Port-adapter presence: two power-good bits (value 6) in the field of each powered slot")
            .readOnly()
            .onRead((fpga, stored) -> fpga.presence())),
    PA_CONTROL(storage(0x58, "Port-adapter control: stored, no effect")),
    EEPROM_PORT_0(storage(0x60, "EEPROM port of slots 0, 1, 4, 3 (bytes 0 to 3)").onWrite(
            (fpga, stored, written) -> fpga.port0().write(stored, written))
            .computed((fpga, stored) -> fpga.port0().read(stored))),
    EEPROM_PORT_1(storage(0x68, "EEPROM port of slots 2, 6, 5 (bytes 1 to 3); bits 1:0 power supplies, 0 = off")
            .onWrite((fpga, stored, written) -> fpga.writePort1(stored, written))
            .computed((fpga, stored) -> fpga.readPort1(stored))),
    OIR_STATUS(storage(0x70, "Online insertion or removal: bit n = slot n, bit 0 = slot 7; access drops the interrupt")
            .writeOneToClear(-1)
            .onRead((fpga, stored) -> fpga.readOirStatus(stored))
            .afterWrite((fpga, stored) -> fpga.dropOirInterrupt())),
    ERROR_ENABLE(storage(0x78, "Error enable: reads 0, writes ignored").readOnly()),
    UNUSED_7B(storage(0x7b, "Written by guests, no function").readOnly());
    // @formatter:on

    private final Register<MpFpga> register;

    MpFpgaRegisters(Register<MpFpga> register) {
        this.register = register;
    }

    private static Register<MpFpga> storage(int offset, String meaning) {
        return Register.at(offset, meaning);
    }

    @Override
    public Register<MpFpga> register() {
        return register;
    }
}
