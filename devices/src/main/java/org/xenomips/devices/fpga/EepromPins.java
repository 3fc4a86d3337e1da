package org.xenomips.devices.fpga;

/**
 * Bit numbers of one EEPROM's four wires within its port register.
 *
 * @param select chip select
 * @param clock serial clock; the rising edge counts
 * @param dataIn data to the EEPROM
 * @param dataOut data from the EEPROM, valid on reads while the chip is selected
 */
record EepromPins(int select, int clock, int dataIn, int dataOut) {
    /** Wires of a bay: the same four within each byte of a port register. */
    static EepromPins ofByteLane(int lane) {
        int base = 8 * lane;
        return new EepromPins(base + 1, base + 3, base + 4, base + 6);
    }
}
