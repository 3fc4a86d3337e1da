package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guest image from its builder to a router on its console, in a virtual machine: shared disks that refuse writes, NVRAM that stays,
 * interfaces of the router's own, ssh; two guests that route for each other. Needs QEMU, e2fsprogs and apt. With
 * {@code -Dxenomips.flavour=debian} the same with the large image.
 */
class GuestImageIT {
    private static final Path PACKAGING = Program.home().resolve("xen-packaging");
    private static final String FLAVOUR = System.getProperty("xenomips.flavour", "small");
    private static final boolean SMALL = FLAVOUR.equals("small");
    /** A 128 MB router fits a domain of this size. */
    private static final int MEGABYTES = SMALL ? 320 : 400;
    /** The images are made in the build directory, so that packages are downloaded once. */
    private static final Path IMAGES = PACKAGING.resolve("target/guest-" + FLAVOUR);
    private static final Path CACHE = PACKAGING.resolve("target/guest-packages");

    @TempDir
    static Path directory;
    private static Path ios;

    @BeforeAll
    static void buildImages() throws Exception {
        for (String program : List.of("qemu-system-x86_64", "apt-get", "ssh", "ssh-keygen")) {
            assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(path -> Files.isExecutable(Path.of(path, program))), program + " is not installed");
        }
        for (String program : SMALL ? List.of("mke2fs", "debugfs", "mksquashfs") : List.of("mke2fs", "mmdebstrap")) {
            assumeTrue(Stream.of("/sbin", "/usr/sbin", "/usr/bin")
                    .anyMatch(path -> Files.isExecutable(Path.of(path, program))), program + " is not installed");
        }
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory.resolve("key").toString());
        image("guest", IMAGES.toString(), "--flavour", FLAVOUR, "--cache", CACHE.toString(), "--key",
                directory.resolve("key.pub").toString());
        Path content = Files.createDirectories(directory.resolve("ios"));
        try (var forwarder = GuestImageIT.class.getResourceAsStream("/org/xenomips/devices/platform/forwarder.elf")) {
            Files.copy(Objects.requireNonNull(forwarder), content.resolve("forwarder.elf"));
        }
        ios = directory.resolve("ios.img");
        image("disk", "ios", ios.toString(), "--from", content.toString());
    }

    private static void image(String... arguments) throws Exception {
        run(Stream.concat(Stream.of(PACKAGING.resolve("image").toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static Path workDisk(String name) throws Exception {
        Path work = directory.resolve(name);
        image("disk", "work", work.toString(), "--size", "128");
        return work;
    }

    private static QemuGuest boot(String root, Path work, QemuGuest.Wires wires, String arguments) throws IOException {
        return new QemuGuest(directory, new QemuGuest.Disks(IMAGES, IMAGES.resolve(root), ios, work), wires, MEGABYTES,
                arguments);
    }

    private static String router(String image, String options) {
        return "xenomips=\"" + image + " -r 128 -m 00:16:3e:02:00:01 -p 1:PA-FE-TX -s 0:0:linux_eth:eth1"
                + " -s 1:0:gen_eth:eth2 " + options + "\"";
    }

    private static void powerOff(QemuGuest guest) throws Exception {
        guest.console.type("poweroff\r");
        guest.console.await("the router has ended with status 0");
        assertThat(guest.console.exitStatus()).as(guest.console.output()).isZero();
    }

    @Test
    void guestRunsRouterFromDisksThatRefuseWritesAndKeepsItsNvram() throws Exception {
        String root = "root.img";
        if (SMALL) {
            assertThat(Files.size(IMAGES.resolve(root))).isLessThanOrEqualTo(150_000_000);
        }
        assertThat(Files.size(IMAGES.resolve("initrd.img"))).isLessThanOrEqualTo(2 << 20);
        System.out.printf("%s root: ext4 %.1f MB, initrd %.1f MB%n", FLAVOUR, Files.size(IMAGES.resolve(root)) / 1e6,
                Files.size(IMAGES.resolve("initrd.img")) / 1e6);
        Path work = workDisk("work.img");
        Path hosts = directory.resolve("known_hosts");
        String arguments = router("/data/Cisco_IOS/forwarder.elf", "");
        try (QemuGuest guest = boot(root, work, QemuGuest.Wires.open(), arguments)) {
            guest.console.await("Cisco Router Simulation Platform");
            System.out.println("first line of the program after " + guest.age());
            guest.console.await("ROMMON");
            System.out.println("first line of the router after " + guest.age());
            int ready = guest.console.await("forwarder>");
            System.out.println("prompt of the router after " + guest.age());
            assertInside(guest, hosts);
            guest.console.type("hostname KEPT\r");
            guest.console.await("KEPT>", ready);
            guest.console.type("write memory\r");
            guest.console.await("KEPT>", guest.console.await("write memory", ready));
            powerOff(guest);
        }
        assertThat(run("debugfs", "-R", "ls -p /", work.toString())).contains("/c7200_i0_nvram/", "/c7200_i0_log.txt/");
        if (SMALL) {
            root = "squashfs/root.img";
            image("guest", IMAGES.resolve("squashfs").toString(), "--format", "squashfs", "--cache", CACHE.toString(),
                    "--key", directory.resolve("key.pub").toString());
            assertThat(Files.size(IMAGES.resolve(root))).isLessThanOrEqualTo(60_000_000);
            System.out.printf("small root: squashfs %.1f MB%n", Files.size(IMAGES.resolve(root)) / 1e6);
        }
        try (QemuGuest guest = boot(root, work, QemuGuest.Wires.open(), arguments)) {
            guest.console.await("KEPT>");
            // The host key is this instance's own: another one would be refused.
            assertThat(ssh(guest, hosts, "true")).isEqualTo("[status 0]");
            // What the kernel runs when Xen asks it to end (xl shutdown).
            guest.ssh(directory.resolve("key"), hosts, "/sbin/poweroff");
            assertThat(guest.console.exitStatus()).as(guest.console.output()).isZero();
        }
    }

    /** Waits for the ssh server, which starts behind the router. */
    private static String ssh(QemuGuest guest, Path hosts, String command) throws Exception {
        for (int attempt = 0; attempt < 60; attempt++) {
            // 255 is ssh's own.
            String output = guest.ssh(directory.resolve("key"), hosts, "{ " + command + "; } || exit 1");
            if (!output.contains("[status 255]")) {
                return output;
            }
            assertThat(output).doesNotContain("HOST IDENTIFICATION HAS CHANGED", "Permission denied (publickey");
            Thread.sleep(1000);
        }
        throw new AssertionError("no ssh server answers; the console says:\n" + guest.console.output());
    }

    private static void assertInside(QemuGuest guest, Path hosts) throws Exception {
        for (Map.Entry<String, String> refused : Map.of("touch /x", "Read-only file system",
                "touch /data/Cisco_IOS/x", "Read-only file system", "mount -o remount,rw /data/Cisco_IOS", "",
                "echo >/dev/vda", "", "touch /xenomips/x && rm /xenomips/x && false", "").entrySet()) {
            assertThat(ssh(guest, hosts, refused.getKey())).as(refused.getKey())
                    .contains(refused.getValue())
                    .doesNotContain("[status 0]");
        }
        String links = ssh(guest, hosts, "for k in 1 2; do cat /proc/sys/net/ipv6/conf/eth$k/disable_ipv6"
                + " /sys/class/net/eth$k/flags; ip addr show dev eth$k;"
                + " /sbin/ethtool -k eth$k | grep generic-receive; done");
        // Broadcast, promiscuous, multicast, up.
        assertThat(links).containsPattern("1\\s+0x1103\\s[^$]*1\\s+0x1103\\s")
                .contains("generic-receive-offload: off")
                .doesNotContain("inet", "generic-receive-offload: on");
        assertThat(ssh(guest, hosts, "ip addr show dev eth0")).contains("inet 10.0.2.15");
        System.out.println(ssh(guest, hosts, "grep -E 'MemTotal|MemAvailable' /proc/meminfo;"
                + " grep -hE 'VmRSS|RssAnon' /proc/$(pidof java)/status; tr '\\0' ' ' </proc/$(pidof java)/cmdline"
                + " | grep -o -e '-XX:Tiered[^ ]*'"));
    }

    @Test
    void guestSaysWhyItStartsNoRouter() throws Exception {
        // Without a disk of router images, which this router would not need.
        QemuGuest.Disks disks = new QemuGuest.Disks(IMAGES, IMAGES.resolve("root.img"), null, workDisk("unused.img"));
        try (QemuGuest guest = new QemuGuest(directory, disks, QemuGuest.Wires.open(), MEGABYTES,
                "xenomips=\"builtin:router -r")) {
            guest.console.await("the line was cut");
            assertThat(guest.console.output()).doesNotContain("no disk");
            int at = guest.console.await(SMALL ? "Enter ends it" : "must hold");
            if (SMALL) {
                guest.console.type("\r");
                assertThat(guest.console.exitStatus()).isZero();
            }
            assertThat(guest.console.output().substring(0, at)).doesNotContain("Cisco Router Simulation");
        }
    }

    private static String ospf(int number) {
        return "hostname R" + number + "\ninterface FastEthernet0/0\n ip address 10.0.12." + number
                + " 255.255.255.0\n ip ospf network point-to-point\n ip ospf hello-interval 5\n no shutdown\n"
                + "interface FastEthernet1/0\n ip address 10.0." + number + ".1 255.255.255.0\n no shutdown\n"
                + "router ospf 1\n router-id " + number + "." + number + "." + number + "." + number
                + "\n network 10.0.0.0 0.255.255.255 area 0\nend\n";
    }

    /** The open router that comes with the program, or the one {@code -Dxenomips.router} names. */
    private static @Nullable InputStream openRouter() throws IOException {
        String file = System.getProperty("xenomips.router");
        return file == null
                ? GuestImageIT.class.getResourceAsStream("/org/xenomips/devices/platform/router.zip")
                : Files.newInputStream(Path.of(file));
    }

    @Test
    void twoGuestsRouteForEachOther() throws Exception {
        Path content = Files.createDirectories(directory.resolve("ospf"));
        try (InputStream image = openRouter()) {
            assumeTrue(image != null, "there is no image of the open router");
            Files.copy(Objects.requireNonNull(image), content.resolve("router.zip"));
        }
        for (int number = 1; number <= 2; number++) {
            Files.writeString(content.resolve("r" + number + ".cfg"), ospf(number));
        }
        Path configurations = directory.resolve("ospf.img");
        image("disk", "ios", configurations.toString(), "--from", content.toString());
        List<String> cable = QemuGuest.cable();
        QemuGuest[] guests = new QemuGuest[2];
        try {
            for (int i = 0; i < 2; i++) {
                guests[i] = new QemuGuest(directory,
                        new QemuGuest.Disks(IMAGES, IMAGES.resolve("root.img"), configurations,
                                workDisk("work" + i + ".img")),
                        new QemuGuest.Wires(cable.get(i), "hubport,hubid=1"), MEGABYTES,
                        router("/data/Cisco_IOS/router.zip", "-C /data/Cisco_IOS/r" + (i + 1) + ".cfg"));
            }
            for (QemuGuest guest : guests) {
                guest.console.await("READY");
                System.out.println("open router ready in a guest after " + guest.age());
            }
            awaitOutput(guests[0], "show ip ospf neighbor", "Full");
            awaitOutput(guests[0], "ping -c 3 -W 5 10.0.2.1", "0% packet loss");
            awaitOutput(guests[1], "ping -c 3 -W 5 10.0.1.1", "0% packet loss");
        } finally {
            for (QemuGuest guest : guests) {
                if (guest != null) {
                    guest.close();
                }
            }
        }
    }

    /** Types {@code command} until what it prints contains {@code wanted}. */
    private static void awaitOutput(QemuGuest guest, String command, String wanted) throws Exception {
        String printed = "";
        for (int attempt = 0; attempt < 40; attempt++) {
            int from = guest.console.output().length();
            guest.console.type(command + "; echo DO''NE\r");
            int end = guest.console.await("DONE", from);
            printed = guest.console.output().substring(from, end);
            if (printed.contains(wanted) && !printed.contains("100% packet loss")) {
                return;
            }
            Thread.sleep(2000);
        }
        throw new AssertionError("'" + command + "' did not print '" + wanted + "' but:\n" + printed);
    }
}
