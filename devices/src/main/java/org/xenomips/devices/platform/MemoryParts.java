package org.xenomips.devices.platform;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.xenomips.devices.chipset.ByteSwapWindow;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;

/**
 * RAM, I/O memory, packet SRAM, boot ROM and the byte-swapped views of a board, placed in the physical map.
 *
 * <p>RAM beyond what the NPE can hold is cut, with a warning. An NPE-400 has at most 256 MB at address 0; what is
 * configured beyond that becomes I/O memory.
 */
final class MemoryParts {
    private static final long IOMEM_BASE = 0x2000_0000L;
    private static final long SRAM_BASE = 0x4b00_0000L;
    private static final long SRAM_SWAPPED_BASE = 0x4b80_0000L;
    private static final long SRAM_ALIAS_BASE = 0x1_4b00_0000L;
    private static final long ROM_BASE = 0x1fc0_0000L;
    private static final long SWAPPED_BASE = 0xc000_0000L;
    private static final long SWAPPED_LENGTH = 0x4000_0000L;
    /** Packed together with the classes. */
    private static final String ROM_RESOURCE = "bootrom.bin";
    private static final int MB = 1 << 20;

    private final int ramMb;
    private final int iomemMb;
    private final int romMb;

    private MemoryParts(int ramMb, int iomemMb, int romMb) {
        this.ramMb = ramMb;
        this.iomemMb = iomemMb;
        this.romMb = romMb;
    }

    /** Creates and maps everything. */
    static MemoryParts create(Machine machine, MachineConfig config, Npe npe) throws ConfigurationException {
        MemoryParts parts = sizes(machine, config, npe);
        PhysicalMap map = machine.memory();
        mapRam(machine, "ram", 0, parts.ramMb);
        if (parts.iomemMb > 0) {
            mapRam(machine, "iomem", IOMEM_BASE, parts.iomemMb);
        }
        mapRom(machine, config);
        for (int bank = 0; bank < 2 && npe.sramBankBytes() > 0; bank++) {
            long offset = (long) bank * npe.sramBankBytes();
            GuestRam sram = machine.createRam("sram" + bank, npe.sramBankBytes());
            map.mapRam("sram" + bank, SRAM_BASE + offset, sram.size(), sram, 0);
            map.mapRam("sram" + bank + " alias", SRAM_ALIAS_BASE + offset, sram.size(), sram, 0);
            map.mapDevice("sram" + bank + " byte-swapped", SRAM_SWAPPED_BASE + offset, sram.size(), false,
                    new ByteSwapWindow(map, SRAM_BASE + offset));
        }
        map.mapDevice("byte-swapped view of 0", SWAPPED_BASE, SWAPPED_LENGTH, false, new ByteSwapWindow(map, 0));
        return parts;
    }

    private static MemoryParts sizes(Machine machine, MachineConfig config, Npe npe) throws ConfigurationException {
        if (config.ramMb < 1) {
            throw new ConfigurationException("RAM of " + config.ramMb + " MB; the smallest size is 1 MB");
        }
        if (config.romMb < 1 || config.romMb > 64) {
            throw new ConfigurationException("a boot ROM window of " + config.romMb + " MB; sizes are 1 to 64 MB");
        }
        int ram = config.ramMb;
        if (ram > npe.maxRamMb()) {
            machine.warn("an %s holds at most %d MB of RAM, not %d MB; using %2$d MB".formatted(npe.cliName(),
                    npe.maxRamMb(), ram));
            ram = npe.maxRamMb();
        }
        int low = Math.min(ram, Npe.maxLowRamMb());
        return new MemoryParts(low, npe.splitsRam() ? ram - low : npe.fixedIomemMb(), config.romMb);
    }

    private static void mapRam(Machine machine, String name, long base, int megabytes) {
        GuestRam ram = machine.createRam(name, (long) megabytes * MB);
        machine.memory().mapRam(name, base, ram.size(), ram, 0);
    }

    /** The built-in ROM is read-only; a ROM of the user's is loaded later, into what is then ordinary memory. */
    private static void mapRom(Machine machine, MachineConfig config) throws ConfigurationException {
        GuestRam rom = machine.createRam("rom", (long) config.romMb * MB);
        if (config.rom != null) {
            machine.memory().mapRam("rom", ROM_BASE, rom.size(), rom, 0);
            return;
        }
        byte[] content = builtInRom();
        if (content.length > rom.size()) {
            throw new ConfigurationException(
                    "the boot ROM of %d bytes needs a larger window".formatted(content.length));
        }
        rom.write(0, content, 0, content.length);
        machine.memory().mapRom("rom", ROM_BASE, rom);
    }

    private static byte[] builtInRom() {
        try (InputStream in = Objects.requireNonNull(MemoryParts.class.getResourceAsStream(ROM_RESOURCE),
                ROM_RESOURCE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(ROM_RESOURCE, e);
        }
    }

    /** RAM at address 0 in MB. */
    int ramMb() {
        return ramMb;
    }

    /** I/O memory in MB. */
    int iomemMb() {
        return iomemMb;
    }

    /** Boot ROM window in MB. */
    int romMb() {
        return romMb;
    }
}
