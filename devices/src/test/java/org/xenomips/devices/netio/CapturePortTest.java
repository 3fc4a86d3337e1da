package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.devices.netio.offload.Packets;
import org.xenomips.net.FramePort;
import org.xenomips.net.PortStatistics.Counter;

class CapturePortTest {
    @TempDir
    Path dir;

    /** The frames of a capture file whose header must say {@code linkType}. */
    static List<byte[]> read(Path file, int linkType) throws Exception {
        ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file));
        assertThat(b.getInt()).isEqualTo(0xa1b2c3d4);
        assertThat(b.getInt()).isEqualTo(0x0002_0004);
        assertThat(b.getLong()).isZero();
        assertThat(b.getInt()).isEqualTo(65535);
        assertThat(b.getInt()).isEqualTo(linkType);
        List<byte[]> frames = new ArrayList<>();
        while (b.hasRemaining()) {
            assertThat(Instant.ofEpochSecond(b.getInt())).isBetween(Instant.now().minusSeconds(3600),
                    Instant.now().plusSeconds(5));
            assertThat(b.getInt()).isBetween(0, 999_999);
            byte[] frame = new byte[b.getInt()];
            assertThat(b.getInt()).isEqualTo(frame.length);
            b.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    @Test
    void bothDirectionsAreInTheFileAndStillArrive() throws Exception {
        Path file = dir.resolve("a.pcap");
        InetAddress here = InetAddress.getLoopbackAddress();
        try (DatagramSocket peer = new DatagramSocket(0, here)) {
            UdpPort udp = UdpPort.open(0, here.getHostAddress(), peer.getLocalPort());
            FramePort port = CapturePort.wrap(udp, file);
            Inbox inbox = Inbox.start(port);
            byte[] in = Packets.ethernet(100, 1, 1);
            byte[] out = Packets.ethernet(200, 1, 2);

            peer.send(new DatagramPacket(in, in.length, here, udp.localPort()));
            assertThat(inbox.take()).isEqualTo(in);
            port.transmit(out, 0, out.length);
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            peer.receive(packet);
            assertThat(packet.getLength()).isEqualTo(200);
            port.close();

            assertThat(read(file, 1)).containsExactly(in, out);
            assertThat(port.statistics().get(Counter.FRAMES_IN)).isEqualTo(1);
        }
    }

    @Test
    void recordsAreInTheFileBeforeItIsClosed() throws Exception {
        Path file = dir.resolve("b.pcap");
        try (FramePort port = CapturePort.wrap(new NullPort(), file, PcapWriter.linkType("c_hdlc"))) {
            Inbox inbox = Inbox.start(port);
            port.transmit(new byte[44], 0, 44);
            inbox.until(() -> file.toFile().length() == 24 + 16 + 44, "the record is written");

            assertThat(read(file, 104)).containsExactly(new byte[44]);
        }
    }

    @Test
    void floodIsBoundedAndWhatIsMissingIsCounted() throws Exception {
        Path file = dir.resolve("c.pcap");
        FramePort port = CapturePort.wrap(new NullPort(), file);
        byte[] frame = new byte[1514];
        for (int i = 0; i < 20_000; i++) {
            port.transmit(frame, 0, frame.length);
        }
        port.close();

        assertThat(read(file, 1).size() + port.statistics().get(Counter.CAPTURE_DROPPED)).isEqualTo(20_000);
    }

    @Test
    void framesAfterCloseAreNotWritten() throws Exception {
        Path file = dir.resolve("d.pcap");
        FramePort port = CapturePort.wrap(new NullPort(), file);
        port.close();
        port.close();
        port.transmit(new byte[60], 0, 60);

        assertThat(read(file, 1)).isEmpty();
    }

    @Test
    void unknownLinkTypeNameMeansEthernet() {
        assertThat(PcapWriter.linkType("nonsense")).isEqualTo(1);
        assertThat(PcapWriter.linkType("ATM_RFC1483")).isEqualTo(100);
    }

    @Test
    void fileThatCannotBeWrittenIsExplained() throws Exception {
        try (FramePort port = new NullPort()) {
            assertThatThrownBy(() -> CapturePort.wrap(port, dir.resolve("no/such.pcap")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the directory does not exist");
            assertThatThrownBy(() -> CapturePort.wrap(port, dir)).isInstanceOf(IOException.class)
                    .hasMessageStartingWith("capture file");
        }
    }

    @Test
    void fullInboundQueueDropsTheFrameButNotItsRecord() throws Exception {
        Path file = dir.resolve("e.pcap");
        InetAddress here = InetAddress.getLoopbackAddress();
        try (DatagramSocket peer = new DatagramSocket(0, here)) {
            UdpPort udp = UdpPort.open(0, here.getHostAddress(), peer.getLocalPort());
            FramePort port = CapturePort.wrap(udp, file);
            Inbox inbox = Inbox.start(port, 2);
            for (int i = 0; i < 6; i++) {
                byte[] frame = Packets.ethernet(60, 1, i);
                peer.send(new DatagramPacket(frame, frame.length, here, udp.localPort()));
            }
            inbox.until(() -> port.statistics().get(Counter.QUEUE_FULL) == 4, "four frames too many");
            port.close();

            assertThat(inbox.waiting()).isEqualTo(2);
            assertThat(read(file, 1)).hasSize(6);
        }
    }
}
