package org.xenomips.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The independent implementation of the architecture that we compare with: QEMU's MIPS Malta board. What the guest writes to the
 * first serial port is the result.
 */
final class QemuMalta {
    private static final String PROGRAM = "qemu-system-mips64";
    private static final int TIMEOUT_SECONDS = 120;

    private QemuMalta() {}

    /** True when the program is on the path. */
    static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(Pattern.quote(java.io.File.pathSeparator), -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
    }

    /** Runs {@code image} on a processor that QEMU calls {@code cpu}; returns what it printed, by lines. */
    static List<String> run(String cpu, GuestImage image) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("malta");
        Path elf = directory.resolve("guest.elf");
        Path serial = directory.resolve("serial.txt");
        Path log = directory.resolve("log.txt");
        try {
            Files.write(elf, image.elf());
            Process process = new ProcessBuilder(PROGRAM, "-M", "malta", "-cpu", cpu, "-m", "64", "-display", "none",
                    "-monitor", "none", "-nic", "none", "-no-reboot", "-serial", "file:" + serial, "-kernel",
                    elf.toString())
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException("QEMU did not end within " + TIMEOUT_SECONDS + " s: " + Files.readString(log));
            }
            if (process.exitValue() != 0) {
                throw new IOException("QEMU failed: " + Files.readString(log));
            }
            return Files.readAllLines(serial, StandardCharsets.ISO_8859_1);
        } finally {
            for (Path file : List.of(elf, serial, log, directory)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
