package org.xenomips.packaging;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guest as Xen would start it, under plain QEMU with software emulation: kernel and initrd given directly, three disks, three network
 * interfaces. One virtual processor without AVX, which is what a guest may find anywhere.
 */
final class QemuGuest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Where the guest's parts are; not every guest has a disk of router images. */
    record Disks(Path images, Path root, @Nullable Path ios, Path work) {
    }

    /** How the router's two interfaces are joined to the world: QEMU's netdev options without the id. */
    record Wires(String eth1, String eth2) {
        static Wires open() {
            return new Wires("hubport,hubid=1", "hubport,hubid=2");
        }
    }

    final Program console;
    final int sshPort;
    private final long started = System.nanoTime();

    QemuGuest(Path directory, Disks disks, Wires wires, int megabytes, String arguments) throws IOException {
        sshPort = freePort();
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-nodefaults", "-no-user-config", "-M",
                "pc",
                "-cpu", "Nehalem", "-accel", "tcg,tb-size=96", "-smp", "1", "-m", Integer.toString(megabytes),
                "-display", "none", "-no-reboot", "-serial", "stdio", "-kernel",
                disks.images.resolve("vmlinuz").toString(), "-initrd", disks.images.resolve("initrd.img").toString()));
        command.addAll(List.of("-drive", "if=virtio,format=raw,readonly=on,file=" + disks.root));
        if (disks.ios != null) {
            command.addAll(List.of("-drive", "if=virtio,format=raw,readonly=on,file=" + disks.ios));
        }
        command.addAll(List.of("-drive", "if=virtio,format=raw,file=" + disks.work));
        String service = "user,restrict=on,hostfwd=tcp:127.0.0.1:" + sshPort + "-:22";
        int number = 0;
        for (String wire : List.of(service, wires.eth1, wires.eth2)) {
            String id = "n" + number++;
            command.addAll(List.of("-netdev", wire.replaceFirst("(,|$)", ",id=" + id + "$1"), "-device",
                    "virtio-net-pci,netdev=" + id));
        }
        command.addAll(List.of("-append",
                "root=LABEL=xenomips ro console=ttyS0 net.ifnames=0 quiet no_timer_check xenomips.hostname=test "
                        + arguments));
        console = Program.run(directory, command, PATIENCE);
    }

    /** Seconds since the virtual machine was switched on, and the processor seconds it has cost. */
    String age() throws IOException {
        return "%.1f s (%.1f s of processor time)".formatted((System.nanoTime() - started) / 1e9, processorSeconds());
    }

    /** Of the virtual machine, in user mode and in the kernel; it hardly depends on what else the host does. */
    double processorSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(console.handle().pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** Runs a command in the guest, over ssh; standard output and error. */
    String ssh(Path key, Path knownHosts, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("ssh", "-n", "-i", key.toString(), "-p", Integer.toString(sshPort), "-o",
                "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "HostKeyAlias=guest", "-o",
                "StrictHostKeyChecking=accept-new", "-o", "ConnectTimeout=30", "-o",
                "UserKnownHostsFile=" + knownHosts, "-o", "HostKeyAlgorithms=ssh-ed25519", "root@127.0.0.1", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "[status " + process.waitFor() + "]";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The two ends of a cable between two guests. */
    static List<String> cable() throws IOException {
        try (DatagramSocket a = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket b = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String left = "127.0.0.1:" + a.getLocalPort();
            String right = "127.0.0.1:" + b.getLocalPort();
            return List.of("socket,localaddr=" + left + ",udp=" + right, "socket,localaddr=" + right + ",udp=" + left);
        }
    }

    @Override
    public void close() {
        console.close();
    }
}
