package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian packages and the tarball that the profile {@code dist} makes; skipped when they have not been made. */
class PackagesIT {
    private static final Path PACKAGES = Program.home().resolve("xen-packaging/target/packages");

    @TempDir
    Path directory;

    @BeforeEach
    void packagesAreThere() {
        assumeTrue(Files.isDirectory(PACKAGES), "there are no packages; mvn -Pdist makes them");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg is not installed");
    }

    private static Path file(String start, String end) throws IOException {
        try (Stream<Path> files = Files.list(PACKAGES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .filter(file -> file.getFileName().toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Runs a program of the host. */
    private String run(String... command) throws Exception {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** The words that run an unpacked program where there is no Java, and little else. */
    private List<String> withoutJava(Path program) throws IOException {
        Path programs = directory.resolve("programs");
        if (!Files.exists(programs)) {
            Files.createDirectory(programs);
            for (String name : List.of("sh", "dirname", "readlink")) {
                Files.copy(Path.of("/bin", name), programs.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return List.of("env", "-i", "PATH=" + programs, "HOME=" + directory, program.toString());
    }

    @Test
    void unpackedEmulatorStartsWithoutJava() throws Exception {
        run("dpkg-deb", "-x", file("xenomips_", ".deb").toString(), "root");
        assertThat(directory.resolve("root/opt/xenomips/xenomips.aot")).doesNotExist();
        starts(directory.resolve("root/usr/bin/xenomips"));
    }

    @Test
    void unpackedTarballStartsWithoutJavaAndHasItsStartUpCache() throws Exception {
        run("tar", "xzf", file("xenomips-", ".tar.gz").toString());
        Path top = directory
                .resolve(file("xenomips-", ".tar.gz").getFileName().toString().replaceFirst("-linux-.*", ""));
        assertThat(top.resolve("xenomips.aot")).exists();
        starts(top.resolve("xenomips"));
    }

    private void starts(Path launcher) throws Exception {
        List<String> command = new ArrayList<>(withoutJava(launcher));
        Path work = Files.createDirectory(directory.resolve("work"));
        try (Program router = Program.run(work, command)) {
            router.await("READY");
            router.type("poweroff\r");
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
        command.add("--version");
        try (Program version = Program.run(work, command)) {
            assertThat(version.exitStatus()).isZero();
            assertThat(version.output()).contains("xenomips ", "Java 25");
        }
    }

    /** Whatever may be executed in the run-time directory may be executed when it is installed. */
    @Test
    void modesOfFilesAreKept() throws Exception {
        run("dpkg-deb", "-x", file("xenomips_", ".deb").toString(), "root");
        Set<String> installed = executables(directory.resolve("root/opt/xenomips"));
        assertThat(installed).contains("xenomips", "xenomips-image", "java/bin/java")
                .isEqualTo(executables(PACKAGES.resolveSibling("runtime")));
    }

    private static Set<String> executables(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .map(file -> top.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void unpackedToolsOfTheControlDomainWork() throws Exception {
        run("dpkg-deb", "-x", file("xenomips-dom0_", ".deb").toString(), "root");
        assertThat(run(tool("xenomips-xl"), "--version")).matches("xenomips-xl [0-9].*\n");
        Path conf = directory.resolve("xenomips.conf");
        Files.writeString(conf, "type = pv\n" + Files
                .readString(directory.resolve("root/usr/share/doc/xenomips-dom0/examples/xenomips.conf")));
        assertThat(run(tool("xenomips-xl"), "-c", conf.toString(), "config", "0"))
                .contains("name    = \"xenomips0\"");
        assertThat(run(tool("xenomips-install"), "--help")).contains("--offline DIR");
        assertThat(run("sh", "-c", "grep -rl 'project[.]version@\\|deb[.]architecture@' root || :")).isEmpty();
        assertThat(directory.resolve("root/etc/xen/scripts/vif-post.d/xenomips.hook")).isExecutable();
    }

    private String tool(String name) {
        return directory.resolve("root/usr/sbin").resolve(name).toString();
    }

    /** The installer looks for the packages beside itself. */
    @Test
    void installerLiesBesideThePackages() throws Exception {
        assertThat(run("sh", PACKAGES.resolve("install").toString(), "--help")).contains("--offline DIR");
        assertThat(PACKAGES.resolve("install")).isExecutable();
    }

    /** All that could differ between two builds of the same sources. */
    @Test
    void packagesHoldNothingOfTheirBuild() throws Exception {
        for (Path deb : List.of(file("xenomips_", ".deb"), file("xenomips-dom0_", ".deb"))) {
            String list = run("dpkg-deb", "-c", deb.toString());
            assertThat(list.lines()).isNotEmpty()
                    .allMatch(line -> line.contains(" root/root ") && line.contains(" 2026-01-01 00:00 "));
            assertThat(list).doesNotContain(".aot");
            assertThat(run("dpkg-deb", "--info", deb.toString())).contains("Maintainer: ", "Installed-Size: ");
        }
        assertThat(run("dpkg-deb", "--info", file("xenomips-dom0_", ".deb").toString(), "conffiles"))
                .contains("/etc/xen/scripts/vif-post.d/xenomips.hook");
    }
}
