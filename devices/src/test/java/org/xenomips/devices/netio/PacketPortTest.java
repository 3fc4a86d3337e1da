package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.devices.netio.offload.Checksums;
import org.xenomips.devices.netio.offload.Packets;
import org.xenomips.net.FramePort;
import org.xenomips.net.Namespaces;
import org.xenomips.net.Namespaces.Need;
import org.xenomips.net.PortStatistics.Counter;

/** Packet sockets at the two ends of a virtual cable, each in a network namespace of its own. */
class PacketPortTest {
    private static final int EXPERIMENTAL = 0x88b5;

    private Namespaces namespaces;
    private String here;
    private String there;
    private FramePort a;
    private FramePort b;
    private Inbox atA;
    private Inbox atB;

    @BeforeEach
    void connect() throws Exception {
        namespaces = Namespaces.orSkip(Need.CABLES);
        here = namespaces.add();
        there = namespaces.add();
        Namespaces.connect(here, "a0", there, "b0");
        a = open(here, "linux_eth:a0");
        b = open(there, "gen_eth:b0");
        atA = Inbox.start(a);
        atB = Inbox.start(b);
        // Until the kernel has seen the carrier it throws away what is sent.
        atA.until(a::linkUp, "a up");
        atB.until(b::linkUp, "b up");
    }

    @AfterEach
    void disconnect() {
        HostPort.closeQuietly(a, b, namespaces);
    }

    private static FramePort open(String namespace, String binding) throws Exception {
        return Namespaces.in(namespace, () -> PortFactoriesTest.open(binding));
    }

    private static void transmit(FramePort port, byte[] frame) {
        port.transmit(frame, 0, frame.length);
    }

    @Test
    void framesForAnyAddressPassUnchangedInBothDirections() throws Exception {
        byte[] out = Packets.ethernet(1514, EXPERIMENTAL, 1);
        byte[] back = Packets.ethernet(60, EXPERIMENTAL, 2);
        transmit(a, out);
        transmit(b, back);

        assertThat(atB.take()).isEqualTo(out);
        assertThat(atA.take()).isEqualTo(back);
        assertThat(PortReport.describe(b)).contains("gen_eth:b0: link up").contains("bytes in").contains("1,514");
    }

    @Test
    void shortFrameIsPaddedTowardTheGuest() throws Exception {
        byte[] runt = Packets.ethernet(20, EXPERIMENTAL, 1);
        transmit(a, runt);

        byte[] padded = atB.take();
        assertThat(padded).hasSize(60).startsWith(runt);
        assertThat(HexFormat.of().formatHex(padded, 20, 60)).matches("0+");
    }

    @Test
    void tagsOfEveryKindArriveInLine() throws Exception {
        byte[] plain = Packets.ethernet(100, EXPERIMENTAL, 1);
        byte[][] frames = { Packets.tagged(plain, 0x8100_0005), Packets.tagged(plain, 0x8100_e000),
                Packets.tagged(plain, 0x88a8_0fff), Packets.tagged(Packets.tagged(plain, 0x8100_0005), 0x88a8_0064),
                Packets.tagged(Packets.tagged(plain, 0x8100_0005), 0x8100_0064), Packets.tagged(plain, 0x9100_0007),
                Packets.tagged(Packets.ethernet(1514, EXPERIMENTAL, 3), 0x8100_0005) };
        for (byte[] frame : frames) {
            transmit(a, frame);
        }

        assertThat(atB.take(frames.length)).containsExactly(frames);
        assertThat(b.statistics().get(Counter.TAG_RESTORED)).isEqualTo(6);
    }

    @Test
    void neitherOwnFramesNorTheHostsComeBack() throws Exception {
        Namespaces.ip(here, "addr add 10.9.0.1/24 dev a0");
        for (int i = 0; i < 100; i++) {
            transmit(a, Packets.ethernet(60, EXPERIMENTAL, i));
        }
        Namespaces.in(here, () -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setBroadcast(true);
                socket.send(new DatagramPacket(new byte[100], 100, InetAddress.getByName("10.9.0.255"), 9));
            }
            return true;
        });
        atB.take(101);
        byte[] marker = Packets.ethernet(60, EXPERIMENTAL, 77);
        transmit(b, marker);

        assertThat(atA.take()).isEqualTo(marker);
        assertThat(a.statistics().get(Counter.FRAMES_IN)).isEqualTo(1);
    }

    @Test
    void twoPortsOnOneInterfaceBothReceiveButSeeEachOtherOnlyOnDemand() throws Exception {
        try (FramePort second = open(here, "linux_eth:a0"); FramePort third = open(here, "linux_eth:a0:outgoing")) {
            Inbox atSecond = Inbox.start(second);
            Inbox atThird = Inbox.start(third);
            byte[] fromSecond = Packets.ethernet(60, EXPERIMENTAL, 1);
            byte[] fromB = Packets.ethernet(60, EXPERIMENTAL, 2);

            transmit(second, fromSecond);
            assertThat(atB.take()).isEqualTo(fromSecond);
            transmit(b, fromB);

            assertThat(atA.take()).isEqualTo(fromB);
            assertThat(atSecond.take()).isEqualTo(fromB);
            assertThat(atThird.take(2)).containsExactly(fromSecond, fromB);
        }
    }

    @Test
    void filterLetsOnlyMatchingFramesIn() throws Exception {
        try (FramePort filtered = open(there, "gen_eth:b0:vlan 5 and ether src 02:00:00:00:00:01")) {
            Inbox inbox = Inbox.start(filtered);
            byte[] plain = Packets.ethernet(100, EXPERIMENTAL, 1);
            byte[] wanted = Packets.tagged(plain, 0x8100_0005);
            transmit(a, plain);
            transmit(a, Packets.tagged(plain, 0x8100_0006));
            transmit(a, wanted);

            assertThat(inbox.take()).isEqualTo(wanted);
            assertThat(filtered.statistics().get(Counter.FRAMES_IN)).isEqualTo(1);
        }
    }

    @Test
    void interfaceThatGoesDownTakesTheLinkWithItAndComesBack() throws Exception {
        for (int i = 0; i < 2; i++) {
            Namespaces.ip(there, "link set b0 down");
            atB.until(() -> !b.linkUp(), "b down");
            atA.until(() -> !a.linkUp(), "a without carrier");
            Inbox.assertIdle(b);
            long before = b.statistics().get(Counter.SEND_ERRORS);
            transmit(b, new byte[60]);
            assertThat(b.statistics().get(Counter.SEND_ERRORS)).isEqualTo(before + 1);

            Namespaces.ip(there, "link set b0 up");
            atB.until(b::linkUp, "b up");
            atA.until(a::linkUp, "a up");
            byte[] frame = Packets.ethernet(60, EXPERIMENTAL, i);
            transmit(a, frame);
            transmit(b, frame);

            assertThat(atB.take()).isEqualTo(frame);
            assertThat(atA.take()).isEqualTo(frame);
        }
    }

    @Test
    void interfaceThatIsMadeAgainIsFoundAgain() throws Exception {
        Namespaces.ip(here, "link del a0");
        atA.until(() -> !a.linkUp(), "a gone");
        atB.until(() -> !b.linkUp(), "b gone");
        Inbox.assertIdle(a);

        Namespaces.connect(here, "a0", there, "b0");
        atA.until(a::linkUp, "a back");
        atB.until(b::linkUp, "b back");
        byte[] frame = Packets.ethernet(60, EXPERIMENTAL, 1);
        transmit(a, frame);
        transmit(b, frame);

        assertThat(atB.take()).isEqualTo(frame);
        assertThat(atA.take()).isEqualTo(frame);
    }

    @Test
    void frameBeyondTheMtuIsCountedAndTheRestPasses() throws Exception {
        transmit(a, Packets.ethernet(1600, EXPERIMENTAL, 1));
        transmit(a, new byte[10]);
        byte[] frame = Packets.ethernet(60, EXPERIMENTAL, 1);
        transmit(a, frame);

        assertThat(atB.take()).isEqualTo(frame);
        assertThat(a.statistics().get(Counter.SEND_ERRORS)).isEqualTo(2);
    }

    @Test
    void hundredThousandFramesPassEachWayWithoutLoss() throws Exception {
        int total = 100_000;
        int window = 400;
        byte[] frame = Packets.ethernet(128, EXPERIMENTAL, 0);
        int sent = 0;
        int gotA = 0;
        int gotB = 0;
        while (gotA < total || gotB < total) {
            while (sent < total && sent - Math.min(gotA, gotB) < window) {
                Checksums.putInt(frame, 20, sent++);
                transmit(a, frame);
                transmit(b, frame);
            }
            if (gotA < total) {
                assertThat(Checksums.getInt(atA.take(), 20)).isEqualTo(gotA++);
            }
            if (gotB < total) {
                assertThat(Checksums.getInt(atB.take(), 20)).isEqualTo(gotB++);
            }
        }

        assertThat(a.statistics().nonZero()).containsOnlyKeys(Counter.FRAMES_IN, Counter.BYTES_IN, Counter.FRAMES_OUT,
                Counter.BYTES_OUT);
        assertThat(b.statistics().get(Counter.FRAMES_IN)).isEqualTo(total);
    }

    @Test
    void framesThatNobodyFetchesAreCountedAsDropped() throws Exception {
        try (FramePort idle = open(there, "linux_eth:b0")) {
            byte[] frame = Packets.ethernet(1514, EXPERIMENTAL, 0);
            for (int i = 0; i < 20_000; i++) {
                transmit(a, frame);
            }
            atB.until(() -> idle.statistics().get(Counter.KERNEL_DROPPED) > 0, "drops");
        }
    }

    @Test
    void closeUnderFireReturnsAndEndsTheThread() throws Exception {
        for (int round = 0; round < 5; round++) {
            FramePort port = open(there, "linux_eth:b0");
            Inbox.start(port, 16);
            Thread machine = Thread.ofPlatform().start(() -> {
                byte[] frame = Packets.ethernet(60, EXPERIMENTAL, 1);
                for (int i = 0; i < 5000; i++) {
                    transmit(a, frame);
                    transmit(port, frame);
                }
            });
            port.close();
            machine.join();

            assertThat(port.linkUp()).isFalse();
        }
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("netio-linux_eth:b0"));
    }

    @Test
    void closeOfABlockedPortTakesLessThanASecond() throws Exception {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            FramePort port = open(there, "gen_eth:b0");
            Inbox.start(port);
            long start = System.nanoTime();
            port.close();
            best = Math.min(best, System.nanoTime() - start);
        }

        assertThat(best).isLessThan(1_000_000_000L);
    }

    @Test
    void missingCapabilityIsNamed() {
        assertThatThrownBy(() -> Namespaces.withoutCapabilities(here, () -> PortFactoriesTest.open("linux_eth:a0")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CAP_NET_RAW");
    }

    @Test
    void interfacesOfTheNamespaceAreListedWithTheirState() throws Exception {
        Namespaces.ip(here, "link set a0 mtu 1540 address 02:11:22:33:44:55");
        HostInterface found = Namespaces.in(here, HostInterfaces::list)
                .stream()
                .filter(i -> i.name().equals("a0"))
                .findFirst()
                .orElseThrow();

        assertThat(found.line()).startsWith("a0 : ").endsWith("[running, 02:11:22:33:44:55, MTU 1540]");
    }
}
