package org.xenomips.packaging.xl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.net.Namespaces;
import org.xenomips.packaging.xl.XenHost.Result;

/**
 * The life of domains as xenomips-xl leads it: real shells, files and bridges (in a network namespace), with a recording stand-in for
 * {@code xl}, because Xen cannot run here. Needs root and iproute2.
 */
class XlCommandsIT {
    private static final String CONFIGURATION = """
            kernel  = DIR/vmlinuz
            ramdisk = DIR/initrd.img
            root    = DIR/root.img
            ios     = DIR/ios.img
            work    = DIR/xenomips%N.img
            save    = DIR/saved
            image   = c7200.bin
            [0-2]
            bridges = service0 xenbr0
            [3]
            bridges = service0
            [bridge service0]
            address = 192.0.2.1/24
            [bridge xenbr0]
            hub = yes
            """;

    @TempDir
    Path directory;

    private XenHost host;
    private Namespaces namespaces;
    private String namespace;

    @BeforeEach
    void aHost() throws IOException {
        namespaces = Namespaces.orSkip();
        namespace = namespaces.add();
        host = new XenHost(directory);
        host.inNamespace(namespace);
        host.configuration(CONFIGURATION);
        host.files("vmlinuz", "initrd.img", "root.img", "ios.img", "xenomips0.img", "xenomips1.img", "xenomips2.img",
                "xenomips3.img");
    }

    @AfterEach
    void noNamespaceIsLeft() throws IOException {
        if (namespaces != null) {
            namespaces.close();
        }
    }

    private String done(Shell shell, String... arguments) throws Exception {
        Result result = host.xenomipsXl(shell, arguments);
        assertThat(result.status()).as(result.output() + result.errors()).isZero();
        return result.output();
    }

    private String refused(Shell shell, String... arguments) throws Exception {
        Result result = host.xenomipsXl(shell, arguments);
        assertThat(result.status()).as(result.output() + result.errors()).isEqualTo(1);
        return result.errors();
    }

    private String link(String bridge) throws IOException {
        return Namespaces.ip(namespace, "-d link show dev " + bridge);
    }

    @ParameterizedTest
    @EnumSource
    void bridgesAreSilentWiresWithoutSpanningTree(Shell shell) throws Exception {
        assertThat(done(shell, "bridges")).isEqualTo("bridge service0 made\nbridge xenbr0 made\n");
        assertThat(link("xenbr0")).contains("forward_delay 0 ", "stp_state 0 ", "mcast_snooping 0 ", "ageing_time 0 ")
                .contains(",UP", "addrgenmode none");
        assertThat(link("service0")).contains("forward_delay 0 ", "stp_state 0 ", "mcast_snooping 0 ")
                .doesNotContain("ageing_time 0 ");
        assertThat(Namespaces.ip(namespace, "-4 address show dev service0")).contains("inet 192.0.2.1/24");
        assertThat(Namespaces.ip(namespace, "address show dev xenbr0")).doesNotContain("inet");
        assertThat(done(shell, "bridges")).isEmpty();
        Namespaces.ip(namespace, "tuntap add dev v0 mode tap");
        Namespaces.ip(namespace, "link set v0 master xenbr0");
        Result removed = host.xenomipsXl(shell, "bridges", "--remove");
        assertThat(removed.output()).isEqualTo("bridge service0 removed\n");
        assertThat(removed.errors()).contains("bridge xenbr0 stays: v0 is connected to it");
    }

    @Test
    void interfaceOfAnotherKindIsNotTakenForABridge() throws Exception {
        Namespaces.ip(namespace, "tuntap add dev xenbr0 mode tap");
        assertThat(refused(Shell.DASH, "bridges")).contains("the interface xenbr0 exists but is no bridge");
        assertThat(refused(Shell.DASH, "create", "0")).contains("there is no bridge");
    }

    @ParameterizedTest
    @EnumSource
    void rangeIsCreatedListedAndEnded(Shell shell) throws Exception {
        assertThat(refused(shell, "create", "0-2"))
                .contains("instance 0: there is no bridge service0; 'xenomips-xl bridges 0' makes it");
        done(shell, "create", "0-1", "--make-bridges");
        done(shell, "start", "2");
        assertThat(host.calls()).containsExactly("create DIR/run/xenomips0.cfg", "create DIR/run/xenomips1.cfg",
                "create DIR/run/xenomips2.cfg");
        assertThat(host.created("xenomips1")).isEqualTo(
                Files.readString(directory.resolve("run/xenomips1.cfg")))
                .contains("type    = \"pvh\"", "target=" + directory + "/xenomips1.img'");
        assertThat(done(shell, "list").lines()).satisfiesExactly(
                line -> assertThat(line).isEqualTo("  N  Name            ID    Mem State   Bridges"),
                line -> assertThat(line).matches("  0  xenomips0 +[0-9]+    512 -b----  service0 xenbr0"),
                line -> assertThat(line).matches("  1  xenomips1 +[0-9]+    512 -b----  service0 xenbr0"),
                line -> assertThat(line).matches("  2  xenomips2 +[0-9]+    512 -b----  service0 xenbr0"),
                line -> assertThat(line).isEqualTo("  3  xenomips3        -      - -       service0"));
        assertThat(refused(shell, "create", "0")).contains("xenomips0 is running already");
        assertThat(done(shell, "console", "1")).isEqualTo("console of xenomips1\n");
        assertThat(done(shell, "shutdown", "-w", "0,3")).isEqualTo("xenomips3 is not running\n");
        assertThat(host.domains()).containsExactly("xenomips1", "xenomips2");
        assertThat(done(shell, "destroy", "1-2")).isEmpty();
        assertThat(host.calls()).endsWith("console xenomips1", "shutdown -w xenomips0", "destroy xenomips1",
                "destroy xenomips2");
        assertThat(refused(shell, "console", "0")).contains("xenomips0 is not running");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsCreatedUnlessEverythingIsThere(Shell shell) throws Exception {
        done(shell, "bridges");
        for (String file : new String[]{ "vmlinuz", "initrd.img", "root.img", "ios.img", "xenomips1.img" }) {
            Files.delete(directory.resolve(file));
            assertThat(refused(shell, "create", "0-1")).contains("DIR/" + file).contains("does not exist");
            host.files(file);
        }
        Files.delete(directory.resolve("xenomips1.img"));
        Files.createDirectory(directory.resolve("xenomips1.img"));
        assertThat(refused(shell, "create", "0-1")).contains("is neither a file nor a block device");
        assertThat(host.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void dryRunShowsEverythingAndDoesNothing(Shell shell) throws Exception {
        String shown = done(shell, "-n", "create", "--make-bridges", "0");
        assertThat(shown).contains(
                "would run: ip link add xenbr0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
                "would run: ip link set xenbr0 type bridge ageing_time 0", "would write DIR/run/xenomips0.cfg:",
                "name    = \"xenomips0\"", "would run: xl create DIR/run/xenomips0.cfg");
        assertThat(host.calls()).isEmpty();
        assertThat(directory.resolve("run")).doesNotExist();
        assertThat(Namespaces.ip(namespace, "link show type bridge")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void workDiskIsNeverAttachedTwice(Shell shell) throws Exception {
        done(shell, "bridges");
        // Two instances name one disk, the second by another path.
        Files.createSymbolicLink(directory.resolve("link.img"), directory.resolve("xenomips0.img"));
        host.configuration(CONFIGURATION + "[2]\nwork = DIR/link.img\n");
        assertThat(refused(shell, "create", "2")).contains("instances 2 and 0 have the same work disk DIR/link.img");

        // An instance is running with the disk, but the file says otherwise by now.
        host.configuration(CONFIGURATION);
        done(shell, "create", "0");
        host.configuration(CONFIGURATION + "[0]\nwork = DIR/new.img\n[1]\nwork = DIR/xenomips0.img\n");
        assertThat(refused(shell, "create", "1")).contains("xenomips0 is running with the work disk DIR/xenomips0.img");
        done(shell, "destroy", "0");
        done(shell, "create", "1");
        done(shell, "destroy", "1");
        host.configuration(CONFIGURATION);

        // A domain that is not ours has it.
        host.program("xenstore-ls", """
                #!/bin/sh
                cat <<END
                /local/domain/0/backend/vbd/12/51712/params = "/elsewhere.img"
                /local/domain/0/backend/vbd/12/51712/mode = "w"
                /local/domain/0/backend/vbd/13/51712/params = "%1$s/root.img"
                /local/domain/0/backend/vbd/13/51712/mode = "r"
                /local/domain/0/backend/vbd/14/51714/params = "%1$s/./xenomips2.img"
                /local/domain/0/backend/vbd/14/51714/mode = "w"
                /local/domain/0/backend/qdisk/15/51714/params = "aio:%1$s/xenomips3.img"
                /local/domain/0/backend/qdisk/15/51714/mode = "w"
                END
                """.formatted(directory));
        done(shell, "create", "0");
        assertThat(refused(shell, "create", "2"))
                .contains("the domain with id 14 has the work disk DIR/xenomips2.img attached");
        assertThat(refused(shell, "create", "3")).contains("the domain with id 15 has the work disk");
        assertThat(host.domains()).containsExactly("xenomips0");
    }

    @Test
    void workDiskThatIsAttachedToALoopDeviceIsRefused() throws Exception {
        done(Shell.DASH, "bridges");
        host.program("losetup", "#!/bin/sh\necho \"/dev/loop7: [0801]:1234 ($2)\"\n");
        assertThat(refused(Shell.DASH, "create", "0"))
                .contains("the work disk DIR/xenomips0.img is attached to /dev/loop7");
    }

    /** A logical volume is mounted by another name than the one in the configuration; both are links to the device. */
    @Test
    void workDiskThatIsMountedByAnotherNameIsRefused() throws Exception {
        done(Shell.DASH, "bridges");
        Files.createSymbolicLink(directory.resolve("mapped"), directory.resolve("xenomips0.img"));
        Files.createDirectory(directory.resolve("mnt"));
        // The mount is seen in here only, and a file system in memory may have any name.
        Result result = host.run(Shell.DASH,
                List.of("-c",
                        "mount -t tmpfs '%1$s/mapped' '%1$s/mnt' && exec sh '%2$s' -c '%1$s/xenomips.conf' create 0"
                                .formatted(directory, XenHost.tool("xenomips-xl"))));
        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.errors()).contains("instance 0: the work disk DIR/xenomips0.img is mounted here");
    }

    @ParameterizedTest
    @EnumSource
    void savedInstanceIsContinuedOnceAndNotStartedBesides(Shell shell) throws Exception {
        done(shell, "create", "0-1", "--make-bridges");
        done(shell, "save", "0-1");
        assertThat(directory.resolve("saved")).isDirectoryContaining("glob:**/xenomips0.save");
        assertThat(host.domains()).isEmpty();
        assertThat(done(shell, "list", "0")).contains("saved");
        assertThat(refused(shell, "create", "0")).contains("instance 0 is saved in DIR/saved/xenomips0.save",
                "--discard-saved starts it anew");
        done(shell, "restore", "0");
        done(shell, "create", "1", "--discard-saved");
        assertThat(host.domains()).containsExactly("xenomips0", "xenomips1");
        assertThat(directory.resolve("saved")).isEmptyDirectory();
        assertThat(refused(shell, "restore", "0")).contains("instance 0 is not saved");
        assertThat(host.calls()).containsSubsequence("save xenomips0 DIR/saved/xenomips0.save.new",
                "restore DIR/saved/xenomips0.save", "create DIR/run/xenomips1.cfg");
    }

    @Test
    void failedSaveAndRestoreLoseNothing() throws Exception {
        done(Shell.DASH, "create", "0", "--make-bridges");
        host.fails("save");
        assertThat(refused(Shell.DASH, "save", "0")).contains("xl could not save xenomips0");
        assertThat(directory.resolve("saved")).isEmptyDirectory();
        host.fails("restore");
        done(Shell.DASH, "save", "0");
        assertThat(refused(Shell.DASH, "restore", "0")).contains("its saved state is still there");
        assertThat(directory.resolve("saved/xenomips0.save")).exists();
    }

    @Test
    void failedCreationLeavesNoRecordAndStops() throws Exception {
        host.fails("create");
        assertThat(refused(Shell.DASH, "create", "0-2", "--make-bridges"))
                .contains("xl could not create xenomips0; the reason stands above, or in /var/log/xen");
        assertThat(host.calls()).containsExactly("create DIR/run/xenomips0.cfg");
        assertThat(directory.resolve("run/xenomips0.cfg")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void migrationUsesTheGivenTransportAndWarnsOfParavirtualDomains(Shell shell) throws Exception {
        done(shell, "create", "0-1", "--make-bridges");
        Result over = host.xenomipsXl(shell, "migrate", "0", "root@other.example");
        assertThat(over.status()).isZero();
        assertThat(over.errors()).isEmpty();
        host.offers("xen-3.0-x86_64");
        Result local = host.xenomipsXl(shell, "migrate", "-s", "", "1", "localhost");
        assertThat(local.errors()).contains("xenomips1 is a PV domain");
        assertThat(host.calls()).endsWith("migrate xenomips0 root@other.example", "migrate -s  xenomips1 localhost");
        assertThat(host.domains()).isEmpty();
        assertThat(refused(shell, "migrate", "0", "other")).contains("xenomips0 is not running");
    }

    @ParameterizedTest
    @EnumSource
    void recordsThatCannotBeWrittenAreNamed(Shell shell) throws Exception {
        done(shell, "bridges");
        Files.createDirectories(directory.resolve("run/lock"));
        assertThat(refused(shell, "create", "0")).contains("DIR/run/lock cannot be written");
        host.environment("XENOMIPS_RUN", "/proc/nowhere");
        assertThat(refused(shell, "create", "0")).contains("/proc/nowhere cannot be made");
        assertThat(host.calls()).isEmpty();
    }

    @Test
    void checkTellsOfEachInstanceThatIsReady() throws Exception {
        done(Shell.DASH, "bridges");
        assertThat(done(Shell.DASH, "check", "0-1")).contains("instance 0: configuration and disks are there",
                "instance 1: ");
        assertThat(host.calls()).isEmpty();
    }
}
