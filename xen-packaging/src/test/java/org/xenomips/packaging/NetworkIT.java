package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.net.Namespaces;

/** Routers under load, idle, in a row, and started as users start them. */
class NetworkIT {
    private static final int FRAMES = 100_000;

    @TempDir
    Path directory;

    @Test
    void hundredThousandFramesPassEachWayWithoutLoss() throws Exception {
        try (NetworkLab lab = new NetworkLab(directory, "gen_eth")) {
            NetworkLab.ping(lab.hosts.get(0), NetworkLab.address(1));
            lab.command("clear counters");
            List<CompletableFuture<Long>> flows = new ArrayList<>();
            long start = System.nanoTime();
            for (int to = 0; to < 2; to++) {
                flows.add(new DatagramFlow(lab.hosts.get(1 - to), lab.hosts.get(to), NetworkLab.address(to), 5000 + to,
                        FRAMES).start());
            }
            for (CompletableFuture<Long> flow : flows) {
                assertThat(flow.get(120, TimeUnit.SECONDS)).as("frames that arrived; %s", lab.router.output())
                        .isEqualTo(FRAMES);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "%,d frames each way in %.1f s: %,.0f frames/s forwarded%n", FRAMES, seconds,
                    2 * FRAMES / seconds);
            String warm = Namespaces.exec(lab.hosts.getFirst(), "ping", "-q", "-n", "-c", "500", "-i", "0.002", "-W",
                    "5",
                    NetworkLab.address(1));
            System.out.println("round trip through the guest when warm: " + warm.strip().lines().toList().getLast());
            for (String port : List.of("FastEthernet0/0", "FastEthernet1/0")) {
                assertThat(dropped(lab.command("show counters"), port)).as("dropped by %s", port).isZero();
            }
        }
    }

    /** The last column of a port's line in the table of counters. */
    private static long dropped(String table, String port) {
        String line = table.lines().filter(l -> l.startsWith(port)).findFirst().orElseThrow();
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1).strip());
    }

    @Test
    void overloadLosesFramesButNotTheRouter() throws Exception {
        try (NetworkLab lab = new NetworkLab(directory, "linux_eth")) {
            NetworkLab.ping(lab.hosts.get(0), NetworkLab.address(1));
            for (int from = 0; from < 2; from++) {
                InetAddress target = InetAddress.getByName(NetworkLab.address(1 - from));
                Namespaces.in(lab.hosts.get(from), () -> {
                    try (DatagramSocket socket = new DatagramSocket()) {
                        for (int i = 0; i < 20_000; i++) {
                            socket.send(new DatagramPacket(new byte[18], 18, target, 9));
                        }
                    }
                    return true;
                });
            }
            // What waits in the host's socket buffers may still crowd out a ping.
            awaitAnswer(lab.hosts.get(0), NetworkLab.address(1));
            NetworkLab.ping(lab.hosts.get(0), NetworkLab.address(1));
            NetworkLab.ping(lab.hosts.get(1), NetworkLab.gateway(1));
        }
    }

    @Test
    void linkStateOfTheHostReachesTheGuest() throws Exception {
        try (NetworkLab lab = new NetworkLab(directory, "gen_eth")) {
            String host = lab.hosts.getFirst();
            NetworkLab.ping(host, NetworkLab.gateway(0));
            Namespaces.ip(host, "link set e0 down");
            lab.awaitLink("line protocol is down");
            Namespaces.ip(host, "link set e0 up");
            Namespaces.ip(host, "route add default via " + NetworkLab.gateway(0));
            lab.awaitLink("line protocol is up");
            NetworkLab.ping(host, NetworkLab.address(1));
        }
    }

    /** Where a lost frame went is visible afterwards, and from the monitor meanwhile. */
    @Test
    void countersOfThePortsAreInTheMonitorAndInTheLog() throws Exception {
        try (NetworkLab lab = new NetworkLab(directory, "gen_eth")) {
            NetworkLab.ping(lab.hosts.get(0), NetworkLab.address(1));
            int from = lab.router.output().length();
            lab.router.type("\035p");
            int at = lab.router.await("slot 1 port 0: gen_eth:eth2: link up", from);
            lab.router.await("TX_SENT", at);
            lab.command("");
            lab.router.type("poweroff\r");
            assertThat(lab.router.exitStatus()).as(lab.router.output()).isZero();
        }
        assertThat(Files.readString(directory.resolve("c7200_i0_log.txt"))).contains(
                "NET: slot 0 port 0: gen_eth:eth1: link up", "NET:   frames in", "NET:   frames out",
                "NET:   RX_STORED");
    }

    @Test
    void idleRouterLeavesTheHostAlone() throws Exception {
        try (NetworkLab lab = new NetworkLab(directory, "gen_eth")) {
            NetworkLab.ping(lab.hosts.get(0), NetworkLab.address(1));
            Thread.sleep(3000);
            long start = System.nanoTime();
            Duration before = processorTime(lab.router);
            assertThat(before).as("processor time of the start").isGreaterThan(Duration.ofMillis(100));
            Thread.sleep(3000);
            Duration used = processorTime(lab.router).minus(before);
            double share = (double) used.toNanos() / (System.nanoTime() - start);
            System.out.printf(Locale.ROOT, "idle router: %.1f %% of a core%n", 100 * share);
            assertThat(share).isLessThan(0.2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "udp", "unix", "tcp" })
    void pingAndTcpPassTwoRoutersJoinedWithoutTheHostsInterfaces(String type) throws Exception {
        try (Namespaces namespaces = Namespaces.orSkip()) {
            String middle = namespaces.add();
            List<String> hosts = new ArrayList<>();
            for (int net = 0; net < 2; net++) {
                String host = namespaces.add();
                Namespaces.connect(host, "e0", middle, "eth" + (net + 1));
                NetworkLab.giveAddress(host, "e0", net);
                hosts.add(host);
            }
            try (Program first = routerInARow(middle, type, 0);
                    Program second = routerInARow(middle, type, 1)) {
                first.await("READY");
                second.await("READY");
                // A TCP client tries again every second, so the link may come up after its routers.
                awaitAnswer(hosts.getFirst(), "10.0.12.2");
                NetworkLab.ping(hosts.get(0), "10.0.12.2");
                assertThat(NetworkLab.ping(hosts.get(0), NetworkLab.address(1))).contains("ttl=62");
                assertThat(NetworkLab.ping(hosts.get(1), NetworkLab.address(0))).contains("ttl=62");
                TcpTransfer.run(hosts.get(0), hosts.get(1), NetworkLab.address(1), 5003);
                TcpTransfer.run(hosts.get(1), hosts.get(0), NetworkLab.address(0), 5004);
            }
        }
    }

    /** User and system time of the process, fields 14 and 15 of proc(5)'s stat, which the kernel gives in 10 ms. */
    private static Duration processorTime(Program router) throws IOException {
        assertThat(router.handle().isAlive()).as(router.output()).isTrue();
        String stat = Files.readString(Path.of("/proc", Long.toString(router.handle().pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Duration.ofMillis(10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
    }

    /** Waits, at most 20 s, until {@code host} has got one answer from {@code address}. */
    private static void awaitAnswer(String host, String address) throws Exception {
        Namespaces.exec(host, "ping", "-n", "-q", "-c", "1", "-w", "20", address);
    }

    /** Router {@code number} of two: FastEthernet0/0 to its host, FastEthernet1/0 to the other router. */
    private Program routerInARow(String namespace, String type, int number) throws Exception {
        int other = 1 - number;
        Path config = Files.writeString(directory.resolve("config" + number), String.join("\n",
                "interface FastEthernet0/0", " ip address 10.0." + number + ".1 255.255.255.0", " no shutdown",
                "interface FastEthernet1/0", " ip address 10.0.12." + (number + 1) + " 255.255.255.0", " no shutdown",
                "ip route 10.0." + other + ".0 255.255.255.0 10.0.12." + (other + 1), "end", ""));
        return Program.start(directory, Namespaces.prefix(namespace),
                List.of("builtin:forwarder", "-i", String.valueOf(number), "-C", config.toString(), "-p", "1:PA-FE-TX",
                        "-s",
                        "0:0:gen_eth:eth" + (number + 1), "-s", "1:0:" + connection(type, number)));
    }

    /** The end of the routers' common link at router {@code number}. */
    private String connection(String type, int number) {
        int other = 1 - number;
        return switch (type) {
            case "udp" -> "udp:" + (10_000 + number) + ":127.0.0.1:" + (10_000 + other);
            case "unix" -> "unix:" + directory.resolve("end" + number) + ":" + directory.resolve("end" + other);
            default -> number == 0 ? "tcp_ser:10000" : "tcp_cli:127.0.0.1:10000";
        };
    }

    @Test
    void publishedCommandLineStartsARouterOnTwoInterfaces() throws Exception {
        String image = Program.home()
                .resolve("devices/src/main/resources/org/xenomips/devices/platform/forwarder.elf")
                .toString();
        try (Namespaces namespaces = Namespaces.orSkip()) {
            String domain = namespaces.add();
            List<String> hosts = List.of(namespaces.add(), namespaces.add());
            for (int net = 0; net < 2; net++) {
                Namespaces.connect(hosts.get(net), "e0", domain, "eth" + (net + 1));
                NetworkLab.giveAddress(hosts.get(net), "e0", net);
            }
            try (Program router = Program.start(directory, Namespaces.prefix(domain),
                    List.of(image, "-m", "00:16:3e:01:0:01", "-p", "1:PA-FE-TX", "-p", "2:PA-FE-TX", "-s",
                            "0:0:gen_eth:eth1", "-s", "1:0:gen_eth:eth2"))) {
                router.await("READY");
                assertThat(router.output()).contains("FastEthernet0/0", "FastEthernet1/0", "FastEthernet2/0");
                NetworkLab.ping(hosts.get(0), NetworkLab.gateway(0));
                NetworkLab.ping(hosts.get(1), NetworkLab.gateway(1));
                NetworkLab.ping(hosts.get(0), NetworkLab.address(1));
                assertThat(Namespaces.ip(hosts.getFirst(), "neigh show " + NetworkLab.gateway(0)))
                        .contains("00:16:3e:01:00:01");
            }
        }
    }
}
