package org.xenomips.devices.fpga;

import org.xenomips.device.Register;
import org.xenomips.device.RegisterSpec;

/**
 * Registers of the I/O FPGA outside its DUART (0x404 to 0x47c). Names are ours: the part is undocumented. Observed:
 * everything, in guest software.
 */
enum IoFpgaRegisters implements RegisterSpec<IoFpga> {
    // @formatter:off
    IO_CONTROL(storage(0x204, "I/O control: stored; bit 2 (NVRAM packed) reads 1").computed(
            (fpga, stored) -> stored | 4)),
    SENSOR_CONTROL(storage(0x20c, "Temperature sensors: bits 3:0 RST of 3..0 (0 restarts), bit 4 clock; reads 0")
            .computed((fpga, stored) -> 0)
            .afterWrite((fpga, stored) -> fpga.sensorControlWritten(stored))),
    SENSOR_DATA_OUT(storage(0x214, "Bit 0 = data to the temperature sensors; all bits select the A/D input; reads 0")
            .computed((fpga, stored) -> 0)
            .afterWrite((fpga, stored) -> fpga.sensorDataWritten(stored))),
    EEPROM_PORT(storage(0x21c, "EEPROM port of the processor card and the midplane").onWrite(
            (fpga, stored, written) -> fpga.mainPort().write(stored, written))
            .computed((fpga, stored) -> fpga.mainPort().read(stored))),
    SENSOR_DATA_IN(storage(0x22c, "Bits 3:0 = data from temperature sensor 3..0; a read shifts the sensors").readOnly()
            .onRead((fpga, stored) -> fpga.readSensors())),
    WATCHDOG(storage(0x234, "Watchdog: ignored").readOnly()),
    FLASH_TYPE(storage(0x23c, "Boot flash type: 8 MB in one bank").readOnly().reset(0x2704)),
    LEDS(storage(0x244, "LEDs: ignored").readOnly()),
    VOLTAGE_G1(storage(0x254, "Voltages of an NPE-G1: all ones").readOnly().reset(-1)),
    VOLTAGE(storage(0x257, "A/D converter result for the input selected through 0x214").readOnly()
            .computed((fpga, stored) -> fpga.voltage())),
    NETWORK_STATUS_2(storage(0x294, "Network interrupt status of slot 7 (bits 31:24)").readOnly()
            .computed((fpga, stored) -> fpga.networkStatus2())),
    NETWORK_MASK_2(storage(0x2a4, "Network interrupt mask for 0x294, 1 = enabled").afterWrite(
            (fpga, stored) -> fpga.setMask2(stored))),
    PA_PRESENCE_7(storage(0x2d4, "Port-adapter presence of slot 7 as of the last read of midplane FPGA 0x50").readOnly()
            .computed((fpga, stored) -> fpga.presence7())),
    PA_CONTROL_7(storage(0x2dc, "Port-adapter control of slot 7: reads 0, writes ignored").readOnly()),
    EEPROM_PORT_7(storage(0x2e4, "EEPROM port of slot 7 (byte 3)").onWrite(
            (fpga, stored, written) -> fpga.port7().write(stored, written))
            .computed((fpga, stored) -> fpga.port7().read(stored))),
    OIR_STATUS_7(storage(0x2f4, "Online insertion or removal in slot 7 (bit 24)").writeOneToClear(-1)),
    UNUSED_338(storage(0x338, "Used by guests, no function").readOnly()),
    EEPROM_PORT_PEM(storage(0x388, "EEPROM port of the power entry module").onWrite(
            (fpga, stored, written) -> fpga.pemPort().write(stored, written))
            .computed((fpga, stored) -> fpga.pemPort().read(stored))),
    VERSION(storage(0x390, "Bits 15:0 FPGA version; bit 24 = an I/O card is present").readOnly()
            .reset(0x0102)
            .computed((fpga, stored) -> fpga.version(stored))),
    CONSTANT_3C0(storage(0x3c0, "Always 0").readOnly()),
    BUS_R0(storage(0x3c4, "Sensor bus of an NPE-G2, register r0: accepted, reads 0").computed((fpga, stored) -> 0)),
    BUS_R1(storage(0x3c8, "Sensor bus of an NPE-G2, register r1: accepted, reads 0").computed((fpga, stored) -> 0)),
    BUS_R2(storage(0x3cc, "Sensor bus of an NPE-G2, register r2: accepted, reads 0").computed((fpga, stored) -> 0)),
    PCMCIA_STATUS(storage(0x3d6, "PCMCIA status").readOnly().reset(0x33));
    // @formatter:on

    private final Register<IoFpga> register;

    IoFpgaRegisters(Register<IoFpga> register) {
        this.register = register;
    }

    private static Register<IoFpga> storage(int offset, String meaning) {
        return Register.at(offset, meaning);
    }

    @Override
    public Register<IoFpga> register() {
        return register;
    }
}
