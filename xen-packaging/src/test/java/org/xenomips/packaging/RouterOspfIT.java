package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.net.Namespaces;

/**
 * The open router between a host and a foreign OSPF neighbour: the peer, at 10.0.0.2, has the network 10.9.0.0/24 to tell of; the host
 * 10.0.1.2 has nothing but a default route to the router.
 */
class RouterOspfIT {
    private static final int BYTES = 50 << 20;
    private static final int PATIENCE = 60;
    /** Behind the peer. */
    private static final String FAR = "10.9.0.1";
    private static final String HOST = NetworkLab.address(1);
    private static final String CONFIGURATION = """
            hostname R1
            interface FastEthernet0/0
             ip address 10.0.0.1 255.255.255.0
             ip ospf hello-interval 2
             ip ospf dead-interval 20
             no shutdown
            interface FastEthernet1/0
             ip address 10.0.1.1 255.255.255.0
             no shutdown
            router ospf 1
             router-id 10.0.0.1
             passive-interface FastEthernet1/0
             network 10.0.0.0 0.0.1.255 area 0
            end
            """;

    @TempDir
    Path directory;

    private Namespaces namespaces = Namespaces.orSkip();
    private String peer = "";
    private String host = "";
    private String middle = "";

    @BeforeEach
    void makeNetwork() throws Exception {
        ForeignBird.orSkip();
        peer = namespaces.add();
        host = namespaces.add();
        middle = namespaces.add();
        Namespaces.connect(peer, "e0", middle, "eth1");
        Namespaces.connect(host, "e0", middle, "eth2");
        Namespaces.ip(peer, "addr add 10.0.0.2/24 dev e0");
        Namespaces.connect(peer, "stub", peer, "stub1");
        Namespaces.ip(peer, "addr add " + FAR + "/24 dev stub");
        NetworkLab.giveAddress(host, "e0", 1);
        Files.writeString(directory.resolve("R1.cfg"), CONFIGURATION);
    }

    @AfterEach
    void removeNetwork() throws IOException {
        namespaces.close();
    }

    private ForeignBird bird() throws IOException {
        return new ForeignBird(peer, directory, "10.0.0.2",
                "interface \"e0\" { hello 2; dead 20; wait 4; }; interface \"stub\" { stub; };");
    }

    private Program router(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("builtin:router", "-p", "1:PA-FE-TX", "-s",
                "0:0:linux_eth:eth1", "-s", "1:0:linux_eth:eth2"));
        arguments.addAll(List.of(more));
        return Program.start(directory, Namespaces.prefix(middle), arguments);
    }

    /** Waits until both know each other and the other's network. */
    private RouterShell meet(Program program, ForeignBird bird) throws Exception {
        RouterShell router = RouterShell.atPrompt(program);
        router.await("birdc show ospf neighbors", "Full", PATIENCE);
        bird.await("show ospf neighbors", "Full", PATIENCE);
        router.await("ip route", "10.9.0.0/24 via 10.0.0.2", PATIENCE);
        bird.await("show route", "10.0.1.0/24", PATIENCE);
        return router;
    }

    @Test
    void foreignNeighbourBecomesFullAndTrafficPasses() throws Exception {
        try (ForeignBird bird = bird(); Program program = router("-C", "R1.cfg")) {
            meet(program, bird);
            NetworkLab.ping(host, FAR);
            assertThat(Namespaces.exec(peer, "ping", "-n", "-c", "5", "-i", "0.2", "-W", "5", "-I", FAR, HOST))
                    .contains(" 5 received", "ttl=63");
            for (boolean toHost : new boolean[]{ true, false }) {
                long start = System.nanoTime();
                TcpTransfer.run(toHost ? peer : host, toHost ? host : peer, toHost ? HOST : FAR, 5010, BYTES);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(Locale.ROOT, "50 MB of TCP %s through the guest: %.1f s, %.1f Mbit/s%n",
                        toHost ? "from the peer" : "to the peer", seconds, BYTES * 8 / seconds / 1e6);
            }
            bird.await("show ospf neighbors", "Full", PATIENCE);
        }
    }

    @Test
    void adjacencyOutlivesSavingAndRestoringTheRouter() throws Exception {
        try (ForeignBird bird = bird()) {
            try (Program program = router("-C", "R1.cfg", "--save", "state")) {
                meet(program, bird);
                program.terminate();
                assertThat(program.exitStatus()).as(program.output()).isZero();
            }
            List<String> before = bird.stateChanges();
            try (Program program = router("--restore", "state")) {
                program.await("starting simulation");
                RouterShell router = new RouterShell(program);
                assertThat(router.command("birdc show ospf neighbors")).contains("Full");
                // Longer than the time after which a silent neighbour is dead.
                for (int i = 0; i < 25; i++) {
                    Thread.sleep(1000);
                    assertThat(bird.ask("show ospf neighbors")).contains("Full");
                }
                assertThat(router.command("birdc show ospf neighbors")).contains("Full");
                NetworkLab.ping(host, FAR);
                assertThat(bird.stateChanges()).as("what the peer noticed of it").isEqualTo(before);
            }
        }
    }

    /** {@code -Dxenomips.soak=MINUTES}: the adjacency, and every ping, for that long. */
    @Test
    @EnabledIfSystemProperty(named = "xenomips.soak", matches = "[0-9]+")
    void adjacencyStaysUp() throws Exception {
        int minutes = Integer.getInteger("xenomips.soak", 10);
        try (ForeignBird bird = bird(); Program program = router("-C", "R1.cfg")) {
            RouterShell router = meet(program, bird);
            List<String> before = bird.stateChanges();
            for (int i = 0; i < minutes; i++) {
                long end = System.nanoTime() + 60_000_000_000L;
                TcpTransfer.run(peer, host, HOST, 5011, BYTES);
                String report = Namespaces.exec(host, "ping", "-n", "-q", "-c", "20", "-i", "0.5", FAR);
                System.out.println("minute " + (i + 1) + ": " + report.strip().lines().toList().getLast());
                assertThat(report).contains(" 0% packet loss");
                assertThat(router.command("birdc show ospf neighbors")).contains("Full");
                Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
            }
            assertThat(bird.stateChanges()).as("what the peer noticed in %d minutes", minutes).isEqualTo(before);
        }
    }
}
