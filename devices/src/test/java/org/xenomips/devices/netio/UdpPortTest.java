package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.devices.netio.offload.Packets;
import org.xenomips.net.Frame;
import org.xenomips.net.PortStatistics.Counter;

class UdpPortTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private DatagramSocket peer;
    private UdpPort port;

    @BeforeEach
    void open() throws IOException {
        peer = new DatagramSocket(0, HERE);
        peer.setSoTimeout(20_000);
        port = UdpPort.open(0, HERE.getHostAddress(), peer.getLocalPort());
    }

    @AfterEach
    void close() {
        port.close();
        peer.close();
    }

    private void sendFromPeer(byte[] payload) throws IOException {
        peer.send(new DatagramPacket(payload, payload.length, HERE, port.localPort()));
    }

    @Test
    void frameIsThePayloadInBothDirections() throws Exception {
        Inbox inbox = Inbox.start(port);
        byte[] in = Packets.ethernet(1514, 0x0800, 1);
        byte[] out = Packets.ethernet(53, 0x0800, 2);

        sendFromPeer(in);
        byte[] shifted = new byte[60];
        System.arraycopy(out, 0, shifted, 7, 53);
        port.transmit(shifted, 7, 53);

        assertThat(inbox.take()).isEqualTo(in);
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        peer.receive(packet);
        assertThat(Arrays.copyOf(packet.getData(), packet.getLength())).isEqualTo(out);
        assertThat(port.statistics().get(Counter.BYTES_IN)).isEqualTo(1514);
        assertThat(port.statistics().get(Counter.BYTES_OUT)).isEqualTo(53);
    }

    @Test
    void datagramsOfStrangersAreNotFrames() throws Exception {
        Inbox inbox = Inbox.start(port);
        try (DatagramSocket stranger = new DatagramSocket(0, HERE)) {
            stranger.send(new DatagramPacket(new byte[60], 60, HERE, port.localPort()));
        }
        byte[] real = Packets.ethernet(60, 1, 1);
        sendFromPeer(real);

        assertThat(inbox.take()).isEqualTo(real);
        assertThat(port.statistics().get(Counter.FRAMES_IN)).isEqualTo(1);
        assertThat(port.statistics().get(Counter.RECEIVE_ERRORS)).isEqualTo(1);
    }

    @Test
    void secondPortOnTheSameLocalPortIsRefused() throws IOException {
        int taken = port.localPort();

        assertThatThrownBy(() -> UdpPort.open(taken, HERE.getHostAddress(), 9)).isInstanceOf(IOException.class)
                .hasMessageContaining("local port " + taken + " cannot be used");
    }

    @Test
    void absentPeerCostsFramesOnly() throws Exception {
        Inbox inbox = Inbox.start(port);
        int number = peer.getLocalPort();
        peer.close();
        for (int i = 0; i < 20; i++) {
            port.transmit(new byte[60], 0, 60);
        }
        peer = new DatagramSocket(number, HERE);
        byte[] frame = Packets.ethernet(60, 1, 1);
        sendFromPeer(frame);

        assertThat(inbox.take()).isEqualTo(frame);
        assertThat(port.linkUp()).isTrue();
    }

    @Test
    void overlongAndEmptyDatagramsAreDropped() throws Exception {
        Inbox inbox = Inbox.start(port);
        sendFromPeer(new byte[Frame.CAPACITY + 1]);
        sendFromPeer(new byte[40_000]);
        sendFromPeer(new byte[0]);
        byte[] longest = Packets.ethernet(Frame.CAPACITY, 1, 1);
        sendFromPeer(longest);

        assertThat(inbox.take()).isEqualTo(longest);
        assertThat(port.statistics().get(Counter.OVERSIZED)).isEqualTo(2);
    }

    @Test
    void fullQueueDropsAndCounts() throws Exception {
        Inbox inbox = Inbox.start(port, 4);
        for (int i = 0; i < 10; i++) {
            sendFromPeer(Packets.ethernet(60, 1, i));
        }
        inbox.until(() -> port.statistics().get(Counter.QUEUE_FULL) == 6, "six frames too many");

        assertThat(inbox.take(4)).extracting(f -> f[14]).containsExactly((byte) 14, (byte) 15, (byte) 16, (byte) 17);
        byte[] next = Packets.ethernet(60, 1, 99);
        sendFromPeer(next);
        assertThat(inbox.take()).isEqualTo(next);
    }

    @Test
    void hostileLengthsAreRefusedWithoutAnException() {
        byte[] frame = new byte[100];
        int[][] ranges = { { 0, 0 }, { 0, -1 }, { -1, 10 }, { 0, 101 }, { 50, 51 }, { Integer.MAX_VALUE, 10 },
                { 1, Integer.MAX_VALUE },
                { Integer.MIN_VALUE, 1 } };
        for (int[] r : ranges) {
            port.transmit(frame, r[0], r[1]);
        }

        assertThat(port.statistics().get(Counter.SEND_ERRORS)).isEqualTo(ranges.length);
        assertThat(port.statistics().get(Counter.FRAMES_OUT)).isZero();
    }

    @Test
    void closeEndsTheBlockedThreadAndLaterFramesAreDropped() {
        Inbox.start(port);
        port.close();
        port.close();
        port.transmit(new byte[60], 0, 60);

        assertThat(port.linkUp()).isFalse();
        assertThat(port.statistics().get(Counter.SEND_ERRORS)).isEqualTo(1);
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("netio-" + port.name()));
    }

    @Test
    void closeByTwoThreadsAtOnceReturnsToBoth() throws Exception {
        Inbox.start(port);
        Thread other = Thread.ofPlatform().start(port::close);
        port.close();
        other.join();

        assertThat(port.linkUp()).isFalse();
    }
}
