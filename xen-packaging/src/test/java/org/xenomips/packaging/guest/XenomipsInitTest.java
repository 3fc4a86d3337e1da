package org.xenomips.packaging.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code xenomips-init}: writable copies of directories and files; the mounts themselves are only noted. */
@ParameterizedClass
@MethodSource("org.xenomips.packaging.guest.GuestScript#shells")
class XenomipsInitTest {
    private final String shell;

    @TempDir
    Path world;

    XenomipsInitTest(String shell) {
        this.shell = shell;
    }

    /** The script with these settings; {@code WORLD} in them is the test's directory. */
    private GuestScript script(String settings) throws IOException {
        GuestScript script = new GuestScript(shell, "xenomips-init", world);
        script.file("defaults", """
                tmpfs_dir=WORLD/memory
                rw_dirs= copy_dirs= temp_copy_dirs= bindfiles=
                mount() { echo "mount $*" >>WORLD/calls; [ ! -e WORLD/fail ]; }
                umount() { echo "umount $*" >>WORLD/calls; }
                """.concat(settings).replace("WORLD", world.toString()));
        Files.createDirectories(world.resolve("memory"));
        return script;
    }

    private List<String> calls() throws IOException {
        Path calls = world.resolve("calls");
        return !Files.exists(calls)
                ? List.of()
                : Files.readAllLines(calls)
                        .stream()
                        .map(line -> line.replace(world.toString(), ""))
                        .toList();
    }

    /** The copy of a path. */
    private Path copy(String path) {
        return Path.of(world + "/memory" + world + "/" + path);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void rwDirsAreSkeletonsWithTheirModes() throws Exception {
        GuestScript script = script("rw_dirs='WORLD/var/log WORLD/var/spool'\n");
        script.file("var/log/private/file", "x");
        Files.createDirectories(world.resolve("var/spool"));
        Files.setPosixFilePermissions(world.resolve("var/log/private"), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(world.resolve("var/spool"), PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThat(script.run()).isZero();

        assertThat(script.output()).isEmpty();
        assertThat(copy("var/log/private")).isEmptyDirectory();
        assertThat(mode(copy("var/log/private"))).isEqualTo("rwx------");
        assertThat(mode(copy("var/spool"))).isEqualTo("rwxrwxr-x");
        assertThat(calls()).containsExactly("mount -t tmpfs -o mode=0755,size=64m xenomips-init /memory",
                mounted("var/log"), mounted("var/spool"));
    }

    private String mounted(String path) {
        return "mount --bind /memory/" + path + " /" + path;
    }

    @Test
    void copyDirsHaveTheirContents() throws Exception {
        GuestScript script = script("copy_dirs=WORLD/etc/a\n");
        script.file("etc/a/b/file", "content");
        Files.createSymbolicLink(world.resolve("etc/a/link"), Path.of("nowhere"));
        assertThat(script.run()).isZero();
        assertThat(copy("etc/a/b/file")).hasContent("content");
        assertThat(copy("etc/a/link")).isSymbolicLink();
        assertThat(calls()).endsWith(mounted("etc/a"));
    }

    @Test
    void bindfilesAreSingleFiles() throws Exception {
        GuestScript script = script("bindfiles=WORLD/etc/one\n");
        script.file("etc/one", "1");
        script.file("etc/two", "2");
        assertThat(script.run()).isZero();
        assertThat(copy("etc/one")).hasContent("1");
        assertThat(copy("etc/two")).doesNotExist();
        assertThat(calls()).endsWith(mounted("etc/one"));
    }

    @Test
    void temporaryCopiesAreReleased() throws Exception {
        GuestScript script = script("temp_copy_dirs=WORLD/etc/boot\n");
        script.file("etc/boot/file", "x");
        assertThat(script.run()).isZero();
        assertThat(copy("etc/boot/file")).exists();
        assertThat(script.run("release")).isZero();
        assertThat(copy("etc/boot")).doesNotExist();
        assertThat(world.resolve("etc/boot/file")).exists();
        assertThat(calls()).endsWith("umount /etc/boot");
    }

    @Test
    void whatIsMissingIsWarnedOfAndTheRestIsMade() throws Exception {
        GuestScript script = script(
                "rw_dirs='WORLD/absent relative WORLD/there'\nbindfiles=WORLD/nofile\n");
        Files.createDirectories(world.resolve("there"));
        assertThat(script.run()).isZero();
        assertThat(script.output()).contains("WARNING: " + world + "/absent is missing",
                "WARNING: relative is not an absolute path", "WARNING: " + world + "/nofile is missing");
        assertThat(calls()).endsWith(mounted("there"));
    }

    @Test
    void failingMountIsWarnedOf() throws Exception {
        GuestScript script = script("rw_dirs=WORLD/there\n");
        Files.createDirectories(world.resolve("there"));
        Files.createFile(world.resolve("fail"));
        assertThat(script.run()).isZero();
        assertThat(script.output()).contains("WARNING: cannot mount a memory file system");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void wordsOfTheListsAreNoPatterns() throws Exception {
        GuestScript script = script("rw_dirs='WORLD/va*'\n");
        Files.createDirectories(world.resolve("var"));
        assertThat(script.run()).isZero();
        assertThat(script.output()).contains("/va* is missing");
    }
}
