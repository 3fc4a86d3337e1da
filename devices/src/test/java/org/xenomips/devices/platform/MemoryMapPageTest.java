package org.xenomips.devices.platform;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.GeneratedFile;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.memory.Region;

/** {@code docs/memory-map.md}: what each NPE has where, generated from its physical map. */
class MemoryMapPageTest {
    @TempDir
    Path directory;

    @Test
    void pageIsCurrent() throws ConfigurationException, IOException {
        StringBuilder text = new StringBuilder(
                """
                        # Physical memory map

                        Generated from the boards; do not edit. Addresses have 33 bits. Where regions overlap the lower base wins. A
                        cached access (kseg0 or a cached mapping) sees only regions marked so. What is not listed reads 0 and ignores
                        writes; there are no bus errors. Windows of PCI functions appear where the guest assigns them.
                        """);
        for (Npe npe : Npe.values()) {
            try (TestBoard board = TestBoard.build(directory, config -> {
                config.npe = npe.cliName();
                config.ramMb = npe.maxRamMb();
                config.disk1Mb = 1;
            })) {
                text.append("\n## %s\n\nWith %d MB of RAM and both disks.\n\n"
                        .formatted(npe.cliName(), npe.maxRamMb()));
                text.append("| Base | Length | What | Kind | Cached access |\n|---|---|---|---|---|\n");
                for (Region region : board.memory().regions()) {
                    text.append("| 0x%09x | 0x%x | %s | %s | %s |\n".formatted(region.base(), region.length(),
                            region.name(), kind(region), region.cacheable() ? "yes" : "no"));
                }
            }
        }
        GeneratedFile.assertCurrent("docs/memory-map.md", text.toString());
    }

    private static String kind(Region region) {
        if (region.ram() == null) {
            return "device";
        }
        return region.writable() ? "memory" : "read-only memory";
    }
}
