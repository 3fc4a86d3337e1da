package org.xenomips.devices.platform;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.CpuModel;
import org.xenomips.devices.chipset.GtModel;
import org.xenomips.devices.fpga.IdEeprom;
import org.xenomips.machine.ConfigurationException;

/**
 * The network processing engines of the Cisco 7200 with a MIPS processor and a Galileo system controller: everything in
 * which they differ.
 *
 * @see "Cisco 7200 VXR Installation and Configuration Guide, chapter 'Network Processing Engine and Services Engine'"
 */
public enum Npe {
    // @formatter:off
    NPE_100("npe-100", CpuModel.R4600, 100, GtModel.GT64010, 1, 0, Topology.SINGLE_ROOT, Npe.DEC21050, 0,
            IdEeprom.of("0135 0203 FF1045C5 49060004 00000000 60 000000 990106 00 FFFFFFFFFFFFFFFF"), null),
    NPE_150("npe-150", CpuModel.R4700, 150, GtModel.GT64010, 1, 0, Topology.SINGLE_ROOT, Npe.DEC21050, 512 << 10,
            IdEeprom.of("0115 0203 FF1045C5 49060004 00000000 60 000000 990106 00 FFFFFFFFFFFFFFFF"), null),
    NPE_175("npe-175", CpuModel.R5271, 200, GtModel.GT64120, 1, 0, Topology.TWO_ROOTS, Npe.DEC21150, 0,
            IdEeprom.of("01C2 0203 FF1045C5 49060004 00000000 60 000000 990106 00 FFFFFFFFFFFFFFFF"),
            IdEeprom.of("01C3 0100 FFFFFFFF 490D8A04 00000000 50 000000 990604 00 0000 FFFFFFFFFFFF")),
    NPE_200("npe-200", CpuModel.R5000, 200, GtModel.GT64010, 1, 0, Topology.SINGLE_ROOT, Npe.DEC21050, 2 << 20,
            IdEeprom.of("0169 0200 FF1045C5 49098902 00000000 68 000000 971022 00 FFFFFFFFFFFFFFFF"), null),
    NPE_225("npe-225", CpuModel.R5271, 262, GtModel.GT64120, 1, 0, Topology.TWO_ROOTS, Npe.DEC21150, 0,
            IdEeprom.of("01C2 0203 FF1045C5 49060004 00000000 60 000000 990106 00 FFFFFFFFFFFFFFFF"),
            IdEeprom.of("01D5 0100 FFFFFFFF 490D8A04 00000000 50 000000 990604 00 0000 FFFFFFFFFFFF")),
    NPE_300("npe-300", CpuModel.RM7000, 262, GtModel.GT64120, 2, 32, Topology.TWO_ROOTS_BRIDGED, Npe.DEC21150, 0,
            IdEeprom.of("01AE 0402 FF1045C5 490D5108 00000000 50 000000 001210 00 0000 FFFFFFFFFF00"), null),
    NPE_400("npe-400", CpuModel.RM7000, 350, GtModel.GT64120, 1, 0, Topology.TWO_ROOTS, Npe.DEC21050, 0,
            IdEeprom.format4("40 01F8  41 0100  C0 46 0320001FC802  82 4914BC02  42 4230"
                    + "  C1 8B 3131313131313131000000  04 00  02 02  85 1C0FF602  CB 87 4E50452D343030  80 00000000"),
            null);
    // @formatter:on

    /** PCI ids of the bridges. */
    static final int DEC21050 = 0x0001_1011;
    static final int DEC21150 = 0x0023_1011;

    /** RAM that fits below the system controller, in MB. */
    private static final int MOST_RAM_MB = 256;
    /** RAM of an NPE-400, of which the part above 256 MB lies elsewhere, in MB. */
    private static final int MOST_SPLIT_RAM_MB = 512;

    /** How the PCI buses are arranged. */
    enum Topology {
        /** One root; bays behind two bridges on it; the I/O card's chips on the root itself. */
        SINGLE_ROOT,
        /** Two roots with the bays' bridges on them; the I/O card behind a bridge. */
        TWO_ROOTS,
        /** Two roots with one bridge to the bays on each; the I/O card behind a bridge. */
        TWO_ROOTS_BRIDGED
    }

    private final String cliName;
    private final CpuModel cpu;
    private final int megahertz;
    private final GtModel controller;
    private final int controllers;
    private final int fixedIomemMb;
    private final Topology topology;
    private final int ioBridge;
    private final int sramBankBytes;
    private final IdEeprom eeprom;
    private final @Nullable IdEeprom pemEeprom;

    Npe(String cliName, CpuModel cpu, int megahertz, GtModel controller, int controllers, int fixedIomemMb,
            Topology topology, int ioBridge, int sramBankBytes, IdEeprom eeprom, @Nullable IdEeprom pemEeprom) {
        this.cliName = cliName;
        this.cpu = cpu;
        this.megahertz = megahertz;
        this.controller = controller;
        this.controllers = controllers;
        this.fixedIomemMb = fixedIomemMb;
        this.topology = topology;
        this.ioBridge = ioBridge;
        this.sramBankBytes = sramBankBytes;
        this.eeprom = eeprom;
        this.pemEeprom = pemEeprom;
    }

    /** The name used on the command line. */
    public String cliName() {
        return cliName;
    }

    public CpuModel cpu() {
        return cpu;
    }

    /** Pipeline clock in Hz. */
    public long hertz() {
        return megahertz * 1_000_000L;
    }

    GtModel controller() {
        return controller;
    }

    /** Number of system controllers, 1 or 2; two share their PCI roots. */
    int controllers() {
        return controllers;
    }

    /** I/O memory that is always there, in MB. */
    int fixedIomemMb() {
        return fixedIomemMb;
    }

    /** True if RAM above 256 MB becomes I/O memory. */
    boolean splitsRam() {
        return this == NPE_400;
    }

    /** Largest RAM the user can ask for, in MB. */
    int maxRamMb() {
        return splitsRam() ? MOST_SPLIT_RAM_MB : MOST_RAM_MB;
    }

    /** Largest RAM at physical address 0, in MB. */
    static int maxLowRamMb() {
        return MOST_RAM_MB;
    }

    Topology topology() {
        return topology;
    }

    /** Ids of the bridge to the I/O card, or of the NPE's own bridges where there is none. */
    int ioBridge() {
        return ioBridge;
    }

    /** Length of each of the two packet SRAM banks in bytes, 0 = none. */
    int sramBankBytes() {
        return sramBankBytes;
    }

    IdEeprom eeprom() {
        return eeprom;
    }

    /** EEPROM of the power entry module, or null. */
    @Nullable
    IdEeprom pemEeprom() {
        return pemEeprom;
    }

    /**
     * The NPE called {@code name}.
     *
     * @throws ConfigurationException if there is none or it is not emulated; the message lists the names
     */
    public static Npe named(String name) throws ConfigurationException {
        for (Npe npe : values()) {
            if (npe.cliName.equalsIgnoreCase(name)) {
                return npe;
            }
        }
        String names = Arrays.stream(values()).map(Npe::cliName).collect(Collectors.joining(", "));
        throw new ConfigurationException(switch (name) {
            case "npe-g1" -> "npe-g1 is not emulated: its BCM1250 system controller is missing; use one of " + names;
            case "npe-g2" -> "npe-g2 is not emulated: its processor is a PowerPC; use one of " + names;
            default -> "there is no NPE '" + name + "'; NPEs are " + names;
        });
    }
}
