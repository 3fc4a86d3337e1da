package org.xenomips.packaging.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code xenomips-links} and {@code xenomips-ssh}: the router's interfaces, and keys of an instance's own. */
@ParameterizedClass
@MethodSource("org.xenomips.packaging.guest.GuestScript#shells")
class XenomipsLinksTest {
    private final String shell;

    @TempDir
    Path world;

    XenomipsLinksTest(String shell) {
        this.shell = shell;
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(world.resolve("calls"));
    }

    private GuestScript links(String... interfaces) throws IOException {
        GuestScript script = new GuestScript(shell, "xenomips-links", world);
        script.file("defaults", "ip() { echo \"ip $*\" >>" + world + "/calls; }\n"
                + "ethtool() { echo \"ethtool $*\" >>" + world + "/calls; [ \"$3\" != lro ]; }\n");
        for (String name : interfaces) {
            Files.createDirectories(world.resolve("net").resolve(name));
            script.file("ipv6/" + name + "/disable_ipv6", "0\n");
        }
        return script.with("XENOMIPS_NET", Files.createDirectories(world.resolve("net")))
                .with("XENOMIPS_IPV6", world.resolve("ipv6"));
    }

    @Test
    void allInterfacesButTheFirstArePrepared() throws Exception {
        GuestScript script = links("lo", "eth0", "eth1", "eth12");
        assertThat(script.run()).isZero();
        assertThat(script.output()).isEmpty();
        for (String link : List.of("eth1", "eth12")) {
            assertThat(world.resolve("ipv6/" + link + "/disable_ipv6")).hasContent("1\n");
            assertThat(calls()).containsSubsequence("ip addr flush dev " + link, "ethtool -K " + link + " gro off",
                    "ip link set dev " + link + " up promisc on");
        }
        assertThat(calls()).noneMatch(call -> call.contains("eth0") || call.contains(" lo"));
        assertThat(world.resolve("ipv6/eth0/disable_ipv6")).hasContent("0\n");
    }

    @Test
    void guestWithoutInterfacesIsNoError() throws Exception {
        GuestScript script = links();
        assertThat(script.run()).isZero();
        assertThat(script.output()).isEmpty();
    }

    private GuestScript ssh(boolean mounted) throws IOException {
        GuestScript script = new GuestScript(shell, "xenomips-ssh", world);
        script.file("defaults", "dropbearkey() { echo key-$2 >\"$4\"; echo made $2 >>" + world + "/calls; }\n");
        Path work = Files.createDirectories(world.resolve("work"));
        return script.with("XENOMIPS_WORK", work)
                .with("XENOMIPS_RUN", world.resolve("run"))
                .with("XENOMIPS_KEYS", script.file("image_keys", "ssh-ed25519 AAAA image\n"))
                .with("XENOMIPS_MOUNTS", script.file("mounts", mounted ? "/dev/vdc " + work + " ext4 rw 0 0\n" : "\n"));
    }

    @Test
    void hostKeysAreMadeOnceAndKeptOnTheWorkDisk() throws Exception {
        GuestScript script = ssh(true);
        assertThat(script.run("dropbear")).isZero();
        assertThat(script.run("dropbear")).isZero();
        assertThat(world.resolve("work/ssh/dropbear_ed25519")).hasContent("key-ed25519\n");
        assertThat(world.resolve("run/ssh").toRealPath()).isEqualTo(world.resolve("work/ssh").toRealPath());
        assertThat(calls()).containsExactly("made ed25519", "made ecdsa");
    }

    @Test
    void keysOfTheImageAndOfTheWorkDiskMayLogIn() throws Exception {
        GuestScript script = ssh(true);
        script.file("work/ssh/authorized_keys", "ssh-ed25519 BBBB work\n");
        assertThat(script.run("dropbear")).isZero();
        assertThat(world.resolve("run/root-ssh/authorized_keys"))
                .hasContent("ssh-ed25519 AAAA image\nssh-ed25519 BBBB work\n");
    }

    @Test
    void withoutWorkDiskTheKeysAreOfThisBoot() throws Exception {
        GuestScript script = ssh(false);
        script.with("XENOMIPS_RUN", world.resolve("run"));
        assertThat(script.run("dropbear")).isZero();
        assertThat(world.resolve("work/ssh")).doesNotExist();
        assertThat(world.resolve("run/ssh/dropbear_ed25519")).exists();
    }
}
