package org.xenomips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Guest programs kept as resources beside the sources they are built from. */
public final class KeptImages {
    private static final String COMPILER = "mips64-linux-gnuabi64-gcc";
    private static final Path BUILD_SCRIPT = Path.of("src/main/mips/build");

    private KeptImages() {}

    /** Builds the images into {@code fresh} and compares each with that in {@code kept}; how many there are. Skips without the compiler. */
    public static int assertCurrent(Path kept, Path fresh) throws IOException, InterruptedException {
        assumeTrue(isOnPath(COMPILER), COMPILER + " is not installed: the images cannot be rebuilt here");
        Process build = new ProcessBuilder("sh", BUILD_SCRIPT.toString(), fresh.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as("build script says: %s", output).isZero();
        List<Path> built = filesIn(fresh);
        for (Path image : built) {
            assertThat(kept.resolve(image.getFileName()))
                    .as("run %s and commit what it writes", BUILD_SCRIPT)
                    .hasSameBinaryContentAs(image);
        }
        return built.size();
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
