package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start-up cache is made by the build, and a start never shows whether it is used: not with a good one, not with one that is
 * missing, damaged or older than the program. The tests work on an installation of their own: launcher, jars and cache copied elsewhere.
 */
class StartUpCacheIT {
    private static final Path DISTRIBUTION = Program.home().resolve("xen-packaging/target/dist");

    /** What a router prints where there is no cache. */
    private static String expected = "";

    @TempDir
    Path directory;
    private Path installation;
    private Path cache;

    @BeforeAll
    static void startWithoutCache(@TempDir Path elsewhere) throws Exception {
        Path installation = install(elsewhere);
        Files.delete(installation.resolve("xenomips.aot"));
        expected = output(installation, elsewhere, "");
    }

    @BeforeEach
    void install() throws IOException {
        installation = install(directory);
        cache = installation.resolve("xenomips.aot");
    }

    private static Path install(Path directory) throws IOException {
        Path installation = Files.createDirectories(directory.resolve("installation"));
        copy(Program.home().resolve("xenomips"), installation.resolve("xenomips"));
        copy(DISTRIBUTION.resolve("xenomips.aot"), installation.resolve("xenomips.aot"));
        Files.createDirectories(installation.resolve("lib"));
        for (Path jar : jars(DISTRIBUTION)) {
            copy(jar, installation.resolve("lib").resolve(jar.getFileName()));
        }
        return installation;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static List<Path> jars(Path distribution) throws IOException {
        try (Stream<Path> files = Files.list(distribution.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    /** What a router prints from its start to its end. */
    private String output(String javaOptions) throws Exception {
        return output(installation, directory, javaOptions);
    }

    private static String output(Path installation, Path directory, String javaOptions) throws Exception {
        Path work = Files.createTempDirectory(directory, "router");
        try (Program router = Program.run(work, List.of("env", "XENOMIPS_JAVA_OPTIONS=" + javaOptions,
                installation.resolve("xenomips").toString(), "builtin:forwarder", "-m", "02:00:00:00:72:00"))) {
            router.await("READY");
            router.type("poweroff\r");
            assertThat(router.exitStatus()).as(router.output()).isZero();
            return router.output();
        }
    }

    @Test
    void copiedInstallationUsesItsCache() throws Exception {
        // The JVM ends at once if it cannot use the cache.
        String required = output("-XX:AOTMode=on");
        assertThat(required).isEqualTo(expected);
    }

    @Test
    void damagedCacheIsIgnoredSilently() throws Exception {
        byte[] garbage = new byte[64 << 10];
        new Random(1).nextBytes(garbage);
        try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
            for (long at = file.length() / 4; at < file.length() - garbage.length; at += file.length() / 4) {
                file.seek(at);
                file.write(garbage);
            }
        }
        String damaged = output("");
        assertThat(damaged).isEqualTo(expected);
    }

    @Test
    void truncatedCacheIsIgnoredSilently() throws Exception {
        for (long size : new long[]{ Files.size(cache) / 2, 100, 0 }) {
            try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
                file.setLength(size);
            }
            assertThat(output("")).startsWith("Cisco Router Simulation Platform").doesNotContain("[aot", "warning");
        }
    }

    @Test
    void cacheOfOtherJarsIsIgnoredSilently() throws Exception {
        Path jar = jars(installation).getFirst();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(100)));
        String stale = output("");
        assertThat(stale).isEqualTo(expected);
    }

    @Test
    void cacheOfOtherJvmFlagsIsIgnoredSilently() throws Exception {
        String other = output("-XX:-UseCompactObjectHeaders");
        assertThat(other).isEqualTo(expected);
    }

    @Test
    void nothingIsWrittenWhereTheProgramIsInstalled() throws Exception {
        List<String> before = state();
        output("");
        assertThat(state()).isEqualTo(before);
    }

    /** Names, sizes and times of all there is in the installation. */
    private List<String> state() throws IOException {
        try (Stream<Path> files = Files.walk(installation)) {
            return files.map(StartUpCacheIT::describe).sorted().toList();
        }
    }

    private static String describe(Path file) {
        try {
            return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (FileSystemException e) {
            return file + " is gone";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
