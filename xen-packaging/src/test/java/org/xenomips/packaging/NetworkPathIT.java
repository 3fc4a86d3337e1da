package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.net.Namespaces;

/** Two hosts and a router between them, over every kind of connection to the host's network. */
@ParameterizedClass
@ValueSource(strings = { "linux_eth", "gen_eth", "tap" })
class NetworkPathIT {
    private static final String CAPTURE = "port0.pcap";
    /** A MAC address nobody else has. */
    private static final long OUR_SOURCE = 0x0200_5e00_5301L;

    @TempDir
    static Path directory;
    private static @Nullable NetworkLab booted;

    @Parameter
    private String type = "";

    @BeforeParameterizedClassInvocation
    static void boot(String type) throws Exception {
        Path files = Files.createDirectories(directory.resolve(type));
        booted = new NetworkLab(files, type, "--capture", "0:0:" + files.resolve(CAPTURE));
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        NetworkLab lab = booted;
        booted = null;
        if (lab != null) {
            lab.close();
        }
    }

    private static NetworkLab lab() {
        return Objects.requireNonNull(booted);
    }

    @Test
    void guestAnswersPing() throws Exception {
        NetworkLab.ping(lab().hosts.get(0), NetworkLab.gateway(0));
        NetworkLab.ping(lab().hosts.get(1), NetworkLab.gateway(1));
    }

    @Test
    void guestPingsAHost() throws Exception {
        assertThat(lab().command("ping " + NetworkLab.address(0))).contains("(5/5)");
    }

    @Test
    void pingPassesTheGuest() throws Exception {
        String report = NetworkLab.ping(lab().hosts.get(0), NetworkLab.address(1));
        assertThat(report).contains("ttl=63");
        System.out.println(type + ", round trip through the guest: " + report.strip().lines().toList().getLast());
    }

    @Test
    void fragmentsOfFullSizePassTheGuest() throws Exception {
        String report = Namespaces.exec(lab().hosts.getFirst(), "ping", "-n", "-c", "3", "-i", "0.2", "-W", "5", "-s",
                "8000", NetworkLab.address(1));
        assertThat(report).contains(" 3 received");
    }

    @Test
    void tcpTransfersPassTheGuestWholeWithOffloadsOn() throws Exception {
        for (String host : lab().hosts) {
            assertOffloadsOn(host);
        }
        transfer(0, 1, 5001);
        transfer(1, 0, 5002);
    }

    /** The trap: a sender that leaves checksums and segmentation to hardware that is not there. */
    private static void assertOffloadsOn(String host) throws IOException {
        if (Files.isExecutable(Path.of("/usr/sbin/ethtool"))) {
            assertThat(Namespaces.exec(host, "ethtool", "-k", "e0")).contains("tx-checksumming: on",
                    "tcp-segmentation-offload: on");
        }
    }

    private static void transfer(int from, int to, int port) throws Exception {
        TcpTransfer.run(lab().hosts.get(from), lab().hosts.get(to), NetworkLab.address(to), port);
    }

    @Test
    void taggedFramesReachTheGuestUnchanged() throws Exception {
        String host = lab().hosts.getFirst();
        int index = Namespaces.in(host, () -> NetworkInterface.getByName("e0").getIndex());
        List<byte[]> frames = List.of(tagged(64, 0x8100_0005), tagged(1518, 0x8100_effe), tagged(200, 0x8100_0000),
                tagged(300, 0x8100_0064, 0x8100_00c8), tagged(300, 0x88a8_0007, 0x8100_0005));
        long before = taggedFramesSeen();

        Namespaces.sendFrames(host, index, frames);

        List<byte[]> captured = List.of();
        for (int attempt = 0; attempt < 100 && captured.size() < frames.size(); attempt++) {
            Thread.sleep(100);
            captured = framesFromUs();
        }
        assertThat(captured).containsExactlyElementsOf(frames);
        assertThat(taggedFramesSeen() - before).as("frames the guest took for 802.1Q").isEqualTo(4);
    }

    private static long taggedFramesSeen() throws Exception {
        String text = lab().command("show counters");
        String after = text.substring(text.indexOf("tagged ") + "tagged ".length());
        return Long.parseLong(after.substring(0, after.indexOf(',')));
    }

    /** A broadcast of {@code length} bytes from a source nobody else has, with tags. */
    private static byte[] tagged(int length, int... tags) {
        byte[] frame = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        buffer.putLong(0xffff_ffff_ffff_0000L | OUR_SOURCE >>> 32).putInt((int) OUR_SOURCE);
        for (int tag : tags) {
            buffer.putInt(tag);
        }
        buffer.putShort((short) 0x88b5);
        for (int i = buffer.position(); i < length; i++) {
            frame[i] = (byte) (i * 31);
        }
        return frame;
    }

    /** Our frames in the router's capture file, as the guest was given them. */
    private List<byte[]> framesFromUs() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(directory.resolve(type).resolve(CAPTURE)));
        file.order(file.getInt(0) == 0xa1b2_c3d4 || file.getInt(0) == 0xa1b2_3c4d
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN);
        List<byte[]> frames = new ArrayList<>();
        file.position(24);
        while (file.remaining() >= 16) {
            int length = file.getInt(file.position() + 8);
            file.position(file.position() + 16);
            if (file.remaining() < length) {
                break;
            }
            byte[] frame = new byte[length];
            file.get(frame);
            if (ByteBuffer.wrap(frame).getLong(6) >>> 16 == OUR_SOURCE) {
                frames.add(frame);
            }
        }
        return frames;
    }
}
