package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.devices.linux.InterfaceControl;
import org.xenomips.devices.netio.offload.Checksums;
import org.xenomips.devices.netio.offload.Packets;
import org.xenomips.net.FramePort;
import org.xenomips.net.Namespaces;
import org.xenomips.net.Namespaces.Need;
import org.xenomips.net.PortStatistics.Counter;

/** TAP devices in a network namespace of the test's own. */
class TapPortTest {
    private static final int EXPERIMENTAL = 0x88b5;

    private Namespaces namespaces;
    private String here;

    @BeforeEach
    void make() throws IOException {
        namespaces = Namespaces.orSkip(Need.CABLES, Need.TAP_DEVICES);
        here = namespaces.add();
    }

    @AfterEach
    void remove() {
        HostPort.closeQuietly(namespaces);
    }

    private FramePort open(String binding) throws Exception {
        return Namespaces.in(here, () -> PortFactoriesTest.open(binding));
    }

    @Test
    void deviceIsMadeAndBroughtUpAndVanishesWithThePort() throws Exception {
        try (FramePort port = open("tap:t0")) {
            Inbox inbox = Inbox.start(port);
            inbox.until(port::linkUp, "up");
            assertThat(Namespaces.in(here, InterfaceControl::names)).contains("t0");
        }
        assertThat(Namespaces.in(here, InterfaceControl::names)).doesNotContain("t0");
    }

    @Test
    void kernelChoosesANameIfNoneIsGiven() throws Exception {
        try (FramePort port = open("tap")) {
            assertThat(port.name()).matches("tap:tap\\d+");
        }
    }

    @Test
    void datagramsOfTheHostArriveFinishedAndPaddedAndFramesReachTheHost() throws Exception {
        try (FramePort port = open("tap:t0")) {
            Inbox inbox = Inbox.start(port);
            Namespaces.ip(here, "link set t0 address 02:00:00:00:00:02 addrgenmode none");
            Namespaces.ip(here, "addr add 10.0.0.2/24 dev t0");
            Namespaces.ip(here, "neigh add 10.0.0.1 lladdr 02:00:00:00:00:01 dev t0");
            DatagramSocket socket = Namespaces.in(here, () -> new DatagramSocket(2000));
            try (socket) {
                socket.setSoTimeout(20_000);
                socket.send(new DatagramPacket(new byte[]{ 1 }, 1, InetAddress.getByName("10.0.0.1"), 1000));
                byte[] frame = inbox.take();
                while (Packets.protocol(frame) != Packets.UDP || Packets.u16(frame, 36) != 1000) {
                    frame = inbox.take();
                }
                assertThat(frame).hasSize(60);
                assertThat(Packets.checksumsRight(frame)).isTrue();

                byte[] reply = Packets.ipv4(Packets.UDP, 100);
                Packets.leaveChecksumUnfinished(reply);
                Checksums.finish(reply, reply.length, 34, 6);
                port.transmit(reply, 0, reply.length);
                DatagramPacket packet = new DatagramPacket(new byte[200], 200);
                socket.receive(packet);
                assertThat(packet.getLength()).isEqualTo(100);
            }
        }
    }

    @Test
    void tagsPassInLineBothWays() throws Exception {
        try (FramePort port = open("tap:t0"); FramePort host = open("linux_eth:t0")) {
            Namespaces.ip(here, "link set t0 addrgenmode none");
            Inbox atGuest = Inbox.start(port);
            Inbox atHost = Inbox.start(host);
            byte[] tagged = Packets.tagged(Packets.ethernet(1514, EXPERIMENTAL, 1), 0x8100_0005);
            byte[] stacked = Packets.tagged(Packets.tagged(Packets.ethernet(100, EXPERIMENTAL, 1), 0x8100_0005),
                    0x88a8_0064);
            for (byte[] frame : new byte[][]{ tagged, stacked }) {
                host.transmit(frame, 0, frame.length);
                port.transmit(frame, 0, frame.length);
                assertThat(next(atGuest)).isEqualTo(frame);
                assertThat(next(atHost)).isEqualTo(frame);
            }
        }
    }

    /** The next frame that is not the host's own chatter on a new interface. */
    private static byte[] next(Inbox inbox) throws InterruptedException {
        byte[] frame = inbox.take();
        while (Packets.u16(frame, 12) == 0x86dd) {
            frame = inbox.take();
        }
        return frame;
    }

    @Test
    void deviceInUseIsExplained() throws Exception {
        try (FramePort port = open("tap:t0")) {
            assertThatThrownBy(() -> open("tap:t0")).isInstanceOf(IOException.class).hasMessageContaining("in use");
            assertThat(port.linkUp()).isTrue();
        }
    }

    @Test
    void interfaceThatIsNoTapIsExplained() throws Exception {
        Namespaces.ip(here, "link add v0 type veth peer name v1");
        assertThatThrownBy(() -> open("tap:v0")).isInstanceOf(IOException.class).hasMessageContaining("no TAP device");
    }

    @Test
    void existingDeviceIsLeftDownUntilItsOwnerBringsItUp() throws Exception {
        Namespaces.ip(here, "tuntap add dev t0 mode tap");
        try (FramePort port = open("tap:t0")) {
            Inbox inbox = Inbox.start(port);
            assertThat(port.linkUp()).isFalse();
            Inbox.assertIdle(port);
            port.transmit(new byte[60], 0, 60);
            assertThat(port.statistics().get(Counter.SEND_ERRORS)).isEqualTo(1);

            Namespaces.ip(here, "link set t0 up");
            inbox.until(port::linkUp, "up");
            port.transmit(Packets.ethernet(60, EXPERIMENTAL, 1), 0, 60);
            assertThat(port.statistics().get(Counter.FRAMES_OUT)).isEqualTo(1);
            Namespaces.ip(here, "link set t0 down");
            inbox.until(() -> !port.linkUp(), "down");
        }
        assertThat(Namespaces.in(here, InterfaceControl::names)).contains("t0");
    }

    @Test
    void deletedDeviceTakesTheLinkDownAndThePortStillCloses() throws Exception {
        try (FramePort port = open("tap:t0")) {
            Inbox inbox = Inbox.start(port);
            inbox.until(port::linkUp, "up");
            Namespaces.ip(here, "link del t0");
            inbox.until(() -> !port.linkUp(), "down");
            port.transmit(new byte[60], 0, 60);

            assertThat(port.statistics().get(Counter.SEND_ERRORS)).isEqualTo(1);
            Inbox.assertIdle(port);
        }
    }

    @Test
    void missingCapabilityIsNamed() {
        assertThatThrownBy(() -> Namespaces.withoutCapabilities(here, () -> PortFactoriesTest.open("tap:t0")))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("tap: .*(CAP_NET_ADMIN|/dev/net/tun).*");
    }
}
