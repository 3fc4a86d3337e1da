package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The self-contained directory runs routers wherever it is put, on its own Java and from its own start-up cache. */
class RuntimeImageIT {
    private static final Path RUNTIME = Program.home().resolve("xen-packaging/target/runtime");

    @TempDir
    static Path directory;
    private static Path installation;

    @BeforeAll
    static void install() throws Exception {
        installation = directory.resolve("opt/xenomips");
        Files.createDirectories(installation.getParent());
        // With its times, as packages are unpacked.
        Process copy = new ProcessBuilder("cp", "-a", RUNTIME.toString(), installation.toString()).inheritIO().start();
        assertThat(copy.waitFor()).isZero();
        Files.createSymbolicLink(directory.resolve("xenomips"), Path.of("opt/xenomips/xenomips"));
    }

    /** Starts the router through the link, without the environment in which a JDK could be found. */
    private static Program start(String javaOptions, String... arguments) throws IOException {
        Path work = Files.createTempDirectory(directory, "router");
        return Program.run(work, Stream.concat(
                Stream.of("env", "-i", "PATH=/usr/bin:/bin", "XENOMIPS_JAVA_OPTIONS=" + javaOptions,
                        directory.resolve("xenomips").toString(), "builtin:forwarder", "-m",
                        "02:00:00:00:72:00"),
                Stream.of(arguments)).toList());
    }

    @Test
    void routerRunsOnTheJavaThatComesAlong() throws Exception {
        try (Program router = start("")) {
            router.await("READY");
            assertThat(router.handle().info().command()).hasValue(installation.resolve("java/bin/java").toString());
            router.type("poweroff\r");
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
    }

    @Test
    void startUpCacheFitsTheJavaThatComesAlong() throws Exception {
        // The JVM ends at once if it cannot use the cache.
        try (Program router = start("-XX:AOTMode=on", "--jit-stats")) {
            router.await("READY");
            router.type("poweroff\r");
            assertThat(router.exitStatus()).as(router.output()).isZero();
            // The translator's own needs (flight recorder, class files) are met by the modules that were linked.
            assertThat(router.output()).contains("units:").doesNotContain("NoClassDefFoundError");
        }
    }

    @Test
    void allFilesHaveTheTimeOfTheRelease() throws Exception {
        try (Stream<Path> files = Files.walk(RUNTIME)) {
            List<String> times = files.filter(Files::isRegularFile).map(RuntimeImageIT::time).distinct().toList();
            assertThat(times).hasSize(1);
        }
    }

    private static String time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
