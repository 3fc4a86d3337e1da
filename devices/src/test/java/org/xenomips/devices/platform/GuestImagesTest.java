package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.KeptImages;

/** The boot ROM and the default guest kept as resources are what their sources build. */
class GuestImagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources/org/xenomips/devices/platform");
    private static final int ROM_LIMIT = 64 * 1024;

    @Test
    void keptImagesAreWhatTheSourcesBuild(@TempDir Path fresh) throws IOException, InterruptedException {
        assertThat(KeptImages.assertCurrent(RESOURCES, fresh)).isPositive();
    }

    @Test
    void bootRomIsSmallAndStartsWithCode() throws IOException {
        byte[] rom = Files.readAllBytes(RESOURCES.resolve("bootrom.bin"));
        assertThat(rom.length).isLessThan(ROM_LIMIT);
        assertThat(rom[0]).as("the first instruction loads an upper immediate").isEqualTo((byte) 0x3C);
    }
}
