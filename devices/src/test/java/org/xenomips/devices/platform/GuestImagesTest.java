package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The boot ROM and the default guest kept as resources are what their sources build. */
class GuestImagesTest {
    private static final String COMPILER = "mips64-linux-gnuabi64-gcc";
    private static final Path BUILD_SCRIPT = Path.of("src/main/mips/build");
    private static final Path RESOURCES = Path.of("src/main/resources/org/xenomips/devices/platform");
    private static final int ROM_LIMIT = 64 * 1024;

    @Test
    void keptImagesAreWhatTheSourcesBuild(@TempDir Path fresh) throws IOException, InterruptedException {
        assumeTrue(isOnPath(COMPILER), COMPILER + " is not installed: the images cannot be rebuilt here");
        Process build = new ProcessBuilder("sh", BUILD_SCRIPT.toString(), fresh.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as("build script says: %s", output).isZero();

        List<Path> built = filesIn(fresh);
        assertThat(built).isNotEmpty();
        for (Path image : built) {
            assertThat(RESOURCES.resolve(image.getFileName()))
                    .as("run %s and commit what it writes", BUILD_SCRIPT)
                    .hasSameBinaryContentAs(image);
        }
    }

    @Test
    void bootRomIsSmallAndStartsWithCode() throws IOException {
        byte[] rom = Files.readAllBytes(RESOURCES.resolve("bootrom.bin"));
        assertThat(rom.length).isLessThan(ROM_LIMIT);
        assertThat(rom[0]).as("the first instruction loads an upper immediate").isEqualTo((byte) 0x3C);
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null && Stream.of(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
