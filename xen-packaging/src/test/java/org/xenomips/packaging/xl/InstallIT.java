package org.xenomips.packaging.xl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.net.Namespaces;
import org.xenomips.packaging.xl.XenHost.Result;

/**
 * The installer, on a host that is a directory: real shells, file systems and bridges (in a network namespace), and a recording stand-in
 * for {@code xl}, because Xen cannot run here. The guest is taken ready-made ({@code --offline}). Needs root, iproute2 and e2fsprogs.
 */
class InstallIT {
    @TempDir
    Path directory;

    private XenHost host;
    private Namespaces namespaces;
    private String namespace;
    private Path top;
    private Path offline;

    @BeforeEach
    void aHost() throws IOException {
        namespaces = Namespaces.orSkip();
        for (String program : List.of("mke2fs", "debugfs", "ethtool", "flock")) {
            assumeTrue(Shell.isThere(program), program + " is not installed");
        }
        namespace = namespaces.add();
        host = new XenHost(directory);
        host.inNamespace(namespace);
        host.environment("XENOMIPS_DESTDIR", directory.resolve("host").toString());
        host.program("xenomips-xl", "#!/bin/sh\nexec sh '" + XenHost.tool("xenomips-xl") + "' \"$@\"\n");
        top = Files.createDirectories(directory.resolve("host"));
        host.files("offline/root.img", "offline/vmlinuz", "offline/initrd.img");
        offline = directory.resolve("offline");
        Files.writeString(offline.resolve("root.img"), "a root");
        // The unit is there as its package would have put it.
        Path units = Files.createDirectories(top.resolve("usr/lib/systemd/system"));
        Files.copy(XenHost.tool("xenomips-bridges.service"), units.resolve("xenomips-bridges.service"));
    }

    @AfterEach
    void noNamespaceIsLeft() throws IOException {
        if (namespaces != null) {
            namespaces.close();
        }
    }

    private Result install(Shell shell, String... arguments) throws Exception {
        List<String> words = new ArrayList<>();
        words.add(XenHost.top().resolve("xen-packaging/src/main/install/install").toString());
        words.addAll(List.of(arguments));
        return host.run(shell, words);
    }

    private String done(Shell shell, String... arguments) throws Exception {
        Result result = install(shell, arguments);
        assertThat(result.status()).as(result.output() + result.errors()).isZero();
        return result.output();
    }

    private String refused(String... arguments) throws Exception {
        Result result = install(Shell.DASH, arguments);
        assertThat(result.status()).as(result.output() + result.errors()).isEqualTo(1);
        return result.errors();
    }

    private String fileSystem(String disk, String request) throws Exception {
        return host.run(Shell.DASH, List.of("-c", "debugfs -R '" + request + "' host/srv/xenomips/" + disk)).output();
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsThereAfterwardsAndInstancesCanBeCreated(Shell shell) throws Exception {
        Path images = Files.createDirectories(directory.resolve("my images"));
        Files.writeString(images.resolve("c7200-a.bin"), "an image");
        Files.writeString(directory.resolve("id.pub"), "ssh-ed25519 AAAA somebody\n");
        String output = done(shell, "--offline", "offline", "--count", "2", "--ios", "my images", "--key", "id.pub",
                "--bridges", "--work-size", "64");
        assertThat(output.lines().filter(line -> line.startsWith("[")).map(line -> line.substring(0, 7)))
                .containsExactly("[ 1/10]", "[ 2/10]", "[ 3/10]", "[ 4/10]", "[ 5/10]", "[ 6/10]", "[ 7/10]", "[ 8/10]",
                        "[ 9/10]", "[10/10]");
        assertThat(output).contains("./c7200-a.bin", "xl accepts all of them", "xenomips-xl create 0-1");
        assertThat(top.resolve("srv/xenomips/root.img")).hasContent("a root");
        assertThat(top.resolve("usr/lib/xenomips/vmlinuz")).exists();
        assertThat(fileSystem("ios.img", "cat c7200-a.bin")).isEqualTo("an image");
        assertThat(fileSystem("ios.img", "stats")).contains("volume name:   ios\n").doesNotContain("has_journal");
        assertThat(fileSystem("xenomips1.img", "stats")).contains("volume name:   work\n", "has_journal");
        assertThat(fileSystem("xenomips1.img", "cat ssh/authorized_keys")).startsWith("ssh-ed25519");
        assertThat(fileSystem("xenomips1.img", "stat ssh")).contains("Mode:  0700").containsPattern("User: +0 ");
        assertThat(Namespaces.ip(namespace, "link show type bridge")).contains("service0", "xenbr0", "xenbr2");
        assertThat(top.resolve("etc/systemd/system/multi-user.target.wants/xenomips-bridges.service"))
                .isSymbolicLink();
        assertThat(host.calls()).hasSize(2).allMatch(call -> call.startsWith("create -n "));

        Result created = host.run(shell, List.of(XenHost.tool("xenomips-xl").toString(), "-c",
                top.resolve("etc/xen/xenomips.conf").toString(), "create", "0-1"));
        assertThat(created.status()).as(created.errors()).isZero();
        assertThat(host.created("xenomips1")).contains("bridge=xenbr2,",
                "xenomips=\"/data/Cisco_IOS/c7200-a.bin -r 256");
    }

    @Test
    void secondRunChangesNothingAndMoreInstancesKeepTheWorkDisks() throws Exception {
        done(Shell.DASH, "--offline", "offline", "--count", "1", "--work-size", "64");
        Path work = top.resolve("srv/xenomips/xenomips0.img");
        Files.writeString(work, "the router's NVRAM");
        Files.writeString(offline.resolve("root.img"), "another root");
        Result second = install(Shell.DASH, "--offline", "offline", "--count", "2", "--work-size", "64");
        assertThat(second.output()).contains("kept: DIR/host/srv/xenomips/root.img", "kept, as they are: instances 0\n",
                "made: DIR/host/srv/xenomips/xenomips1.img");
        // The configuration file is the user's now, and has one instance only.
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.errors()).contains("has no section for instance 1",
                "-> correct DIR/host/etc/xen/xenomips.conf, run install again");
        assertThat(work).hasContent("the router's NVRAM");
        assertThat(top.resolve("srv/xenomips/root.img")).hasContent("a root");
        done(Shell.DASH, "--offline", "offline", "--count", "1", "--rebuild");
        assertThat(top.resolve("srv/xenomips/root.img")).hasContent("another root");
        assertThat(work).hasContent("the router's NVRAM");
    }

    /** An explicit wish is not answered with what happens to be there, and what is there is not forgotten. */
    @Test
    void otherFlavourMakesTheRootAnewAndStays() throws Exception {
        done(Shell.DASH, "--offline", "offline", "--count", "1", "--work-size", "64");
        assertThat(top.resolve("etc/xen/xenomips.conf")).content().doesNotContain("memory");
        Files.writeString(offline.resolve("root.img"), "a Debian");
        assertThat(done(Shell.DASH, "--offline", "offline", "--count", "1", "--flavour", "debian"))
                .contains("[ 5/10] root disk, kernel and initrd (debian)\n        from DIR/offline",
                        "look at 'memory'");
        assertThat(top.resolve("srv/xenomips/root.img")).hasContent("a Debian");
        assertThat(done(Shell.DASH, "--offline", "offline", "--count", "1")).contains("initrd (debian)\n        kept");
        Files.delete(top.resolve("etc/xen/xenomips.conf"));
        done(Shell.DASH, "--offline", "offline", "--count", "1", "--rebuild");
        assertThat(top.resolve("etc/xen/xenomips.conf")).content().contains("ram   = 256\nmemory = 528\n");
        done(Shell.DASH, "--remove");
        assertThat(done(Shell.DASH, "--dry-run", "--offline", "offline")).contains("initrd (small)");
    }

    @Test
    void debianIsNotBuiltWithoutItsArchive() throws Exception {
        Files.delete(offline.resolve("root.img"));
        assertThat(refused("--offline", "offline", "--flavour", "debian"))
                .contains("-> make root.img, vmlinuz and initrd.img elsewhere");
        assertThat(top.resolve("srv")).doesNotExist();
    }

    @Test
    void changedRouterImagesMakeANewDisk() throws Exception {
        Path images = Files.createDirectories(directory.resolve("images"));
        Files.writeString(images.resolve("a.bin"), "a");
        done(Shell.DASH, "--offline", "offline", "--count", "1", "--ios", "images", "--work-size", "64");
        assertThat(done(Shell.DASH, "--offline", "offline", "--count", "1", "--ios", "images"))
                .contains("kept: DIR/host/srv/xenomips/ios.img");
        Files.writeString(images.resolve("b.bin"), "b");
        done(Shell.DASH, "--offline", "offline", "--count", "1", "--ios", "images");
        assertThat(fileSystem("ios.img", "cat b.bin")).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource
    void removalKeepsWhatBelongsToTheUser(Shell shell) throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("images")).resolve("a.bin"), "a");
        done(shell, "--offline", "offline", "--count", "1", "--ios", "images", "--bridges", "--work-size", "64");
        host.foreignDomain("xenomips0", 4);
        assertThat(refused("--remove")).contains("there are running instances: xenomips0",
                "-> xenomips-xl shutdown -w all");
        assertThat(top.resolve("srv/xenomips/root.img")).exists();
        Files.delete(directory.resolve("xl-state/domains/xenomips0"));
        done(shell, "--remove", "--dry-run");
        assertThat(top.resolve("srv/xenomips/root.img")).exists();
        done(shell, "--remove");
        assertThat(top.resolve("srv/xenomips")).isDirectoryNotContaining("glob:**/{root,ios}.img")
                .isDirectoryContaining("glob:**/xenomips0.img");
        assertThat(top.resolve("usr/lib/xenomips")).isEmptyDirectory();
        assertThat(top.resolve("etc/xen/xenomips.conf")).exists();
        assertThat(top.resolve("etc/systemd/system/multi-user.target.wants/xenomips-bridges.service")).doesNotExist();
        assertThat(Namespaces.ip(namespace, "link show type bridge")).isEmpty();
        done(shell, "--remove");
    }

    @ParameterizedTest
    @EnumSource
    void dryRunShowsAllStepsAndMakesNothing(Shell shell) throws Exception {
        String output = done(shell, "--dry-run", "--offline", "offline", "--bridges");
        assertThat(output).contains("would run: mke2fs -q -F -t ext4 -L work", "[10/10]", "would write: [2]");
        assertThat(top.resolve("srv")).doesNotExist();
        assertThat(top.resolve("etc")).doesNotExist();
        assertThat(top.resolve("var")).doesNotExist();
        assertThat(Namespaces.ip(namespace, "link show type bridge")).isEmpty();
        assertThat(host.calls()).isEmpty();
    }

    @Test
    void failedVolumeLeavesNothingBehind() throws Exception {
        host.program("vgs", "#!/bin/sh\n");
        host.program("lvcreate", "#!/bin/sh\nexit 5\n");
        assertThat(refused("--offline", "offline", "--lvm", "vg0")).contains("xenomips-root cannot be made");
        assertThat(top.resolve("var/tmp")).isEmptyDirectory();
    }

    /** Volumes cannot be made here; what would be done can be seen. */
    @Test
    void disksMayBeLogicalVolumes() throws Exception {
        host.program("vgs", "#!/bin/sh\n[ \"$1\" = vg0 ]\n");
        host.program("lvcreate", "#!/bin/sh\nexit 1\n");
        assertThat(refused("--offline", "offline", "--lvm", "vg1")).contains("there is no volume group vg1");
        assertThat(done(Shell.DASH, "--dry-run", "--offline", "offline", "--lvm", "vg0", "--count", "1"))
                .contains("would run: lvcreate -qq -y -n xenomips-root -L 1m vg0",
                        "would run: lvcreate -qq -y -n xenomips0.new -L 512m vg0",
                        "would run: mke2fs -q -F -t ext4 -L work -m 0 -E root_owner=0:0 /dev/vg0/xenomips0.new",
                        "would run: lvrename -qq vg0 xenomips0.new xenomips0",
                        "would write: root  = /dev/vg0/xenomips-root", "would write: work  = /dev/vg0/xenomips%N");
    }

    @Test
    void firstProblemStopsWithWhatToDo() throws Exception {
        host.fails("info");
        assertThat(refused("--offline", "offline")).contains("xl info fails", "-> start the host with Xen");
        Files.delete(directory.resolve("bin/xl"));
        assertThat(refused("--offline", "offline")).contains("there is no xl", "-> apt-get install xen-system-amd64");
        host = new XenHost(directory);
        host.inNamespace(namespace);
        host.environment("XENOMIPS_DESTDIR", top.toString());
        Files.delete(directory.resolve("xl-state/fail"));
        Files.delete(directory.resolve("bin/xenomips-xl"));
        assertThat(refused("--offline", "offline")).contains(
                "the package xenomips-dom0 is neither installed nor in DIR/offline",
                "-> put xenomips-dom0_VERSION.deb there");
        assertThat(top.resolve("srv")).doesNotExist();
    }

    @Test
    void failedImageBuildLeavesNothingBehind() throws Exception {
        host.program("xenomips-image", "#!/bin/sh\necho no mirror >&2\nexit 1\n");
        assertThat(refused()).contains("no mirror", "the root disk could not be made", "-> the reason stands above");
        assertThat(top.resolve("srv/xenomips")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "--count 0|a number from 1 to 256", "--count 257|a number from 1 to 256",
            "--count x|a number from 1 to 256", "--dir srv|must be an absolute path", "--dir /a'b|may have letters",
            "--flavour big|must be small or debian", "--ios nowhere|there is no directory nowhere",
            "--key nowhere|cannot be read", "--work-size 1|from 64 on", "--lvm a/b|not the name of a volume group",
            "--lvm|needs a value", "--frob|unknown option --frob" })
    void wrongOptionsAreUsageErrors(String arguments, String message) throws Exception {
        Result result = install(Shell.DASH, arguments.split(" "));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errors()).contains(message, "see 'sh install --help'");
    }

    @Test
    void privateKeyIsNotTakenForAPublicOne() throws Exception {
        Files.writeString(directory.resolve("id"), "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        Result result = install(Shell.DASH, "--key", "id");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errors()).contains("is a private key");
    }
}
