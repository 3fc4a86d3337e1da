package org.xenomips.packaging.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image builder as a program of its own. */
class ImageCommandIT {
    @TempDir
    Path directory;

    /** Debian's users have no directory of system programs on their path, and {@code mke2fs} is in one. */
    @Test
    void diskIsMadeByAUserWithoutTheDirectoriesOfSystemPrograms() throws Exception {
        assumeTrue(HostCommand.exists("mke2fs"), "mke2fs is not installed");
        Path disk = directory.resolve("xenomips0.img");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ImageCommand.class.getName(),
                "--runtime", ".", "disk", "work", disk.toString(), "--size", "8");
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("SOURCE_DATE_EPOCH", "1767225600");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(Files.size(disk)).isEqualTo(8 << 20);
    }
}
