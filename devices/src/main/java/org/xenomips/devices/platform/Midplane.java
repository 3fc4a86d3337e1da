package org.xenomips.devices.platform;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.xenomips.devices.fpga.IdEeprom;
import org.xenomips.machine.ConfigurationException;

/** The midplanes: they differ in the bridges of the bays and in one EEPROM byte. */
public enum Midplane {
    STD("std", 1, Npe.DEC21050), //
    VXR("vxr", 2, Npe.DEC21150);

    private static final int HARDWARE_REVISION = 0x02;
    private static final int MAC = 0x0c;
    private static final IdEeprom TEMPLATE = IdEeprom
            .of("0106 0101 FF1045C5 49060303 000000000000 0400 00000000 4C0910B0"
                    + "FFFF00FF 00000000 63358B28 631D0000 608E6D1C 62BB0000 63358B28 00000000 63358B28");

    private final String cliName;
    private final int revision;
    private final int bayBridge;

    Midplane(String cliName, int revision, int bayBridge) {
        this.cliName = cliName;
        this.revision = revision;
        this.bayBridge = bayBridge;
    }

    /** The name used on the command line. */
    public String cliName() {
        return cliName;
    }

    /** PCI ids of the bays' bridges. */
    int bayBridge() {
        return bayBridge;
    }

    /** The midplane's EEPROM with the chassis base MAC address (6 bytes). */
    IdEeprom eeprom(byte[] mac) {
        return TEMPLATE.with(HARDWARE_REVISION, (byte) revision).with(MAC, mac);
    }

    /**
     * The midplane called {@code name}.
     *
     * @throws ConfigurationException if there is none; the message lists the names
     */
    public static Midplane named(String name) throws ConfigurationException {
        for (Midplane midplane : values()) {
            if (midplane.cliName.equalsIgnoreCase(name)) {
                return midplane;
            }
        }
        throw new ConfigurationException("there is no midplane '%s'; midplanes are %s".formatted(name,
                Arrays.stream(values()).map(Midplane::cliName).collect(Collectors.joining(", "))));
    }
}
