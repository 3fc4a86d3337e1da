package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.netio.offload.Packets;
import org.xenomips.net.Frame;
import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;
import org.xenomips.net.Namespaces;
import org.xenomips.net.Namespaces.Need;
import org.xenomips.net.PortStatistics.Counter;

/**
 * A host with all its offloads on talks over a virtual cable to a packet port; behind that, in place of a guest, a TAP port and
 * another TCP/IP stack. Every frame that reaches the "guest" is inspected.
 */
class OffloadTest {
    private static final int BYTES = 4 << 20;
    private static final int IPPROTO_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private final AtomicInteger wrongChecksums = new AtomicInteger();
    private final AtomicInteger longFrames = new AtomicInteger();
    private final AtomicInteger transportFrames = new AtomicInteger();
    private Namespaces namespaces;
    private String host;
    private String guest;
    private FramePort cable;
    private FramePort tap;
    private volatile boolean ended;
    private Thread relay;

    @BeforeEach
    void connect() throws Exception {
        namespaces = Namespaces.orSkip(Need.CABLES, Need.TAP_DEVICES);
        host = namespaces.add();
        String middle = namespaces.add();
        guest = namespaces.add();
        Namespaces.connect(host, "h0", middle, "m0");
        cable = Namespaces.in(middle, () -> PortFactoriesTest.open("gen_eth:m0"));
        tap = Namespaces.in(guest, () -> PortFactoriesTest.open("tap:g0"));
        Namespaces.ip(host, "addr add 10.9.0.1/24 dev h0");
        Namespaces.ip(host, "addr add fd09::1/64 dev h0 nodad");
        Namespaces.ip(guest, "addr add 10.9.0.2/24 dev g0");
        Namespaces.ip(guest, "addr add fd09::2/64 dev g0 nodad");
        relay = Thread.ofPlatform().daemon().start(this::relay);
    }

    @AfterEach
    void disconnect() throws Exception {
        ended = true;
        if (relay != null) {
            relay.join();
        }
        HostPort.closeQuietly(cable, tap, namespaces);
    }

    private void relay() {
        FrameQueue fromCable = new FrameQueue(4096, () -> {});
        FrameQueue fromTap = new FrameQueue(4096, () -> {});
        cable.start(fromCable, () -> {});
        tap.start(fromTap, () -> {});
        while (!ended) {
            boolean idle = true;
            for (Frame f = fromCable.peek(); f != null; f = fromCable.peek()) {
                inspect(Arrays.copyOf(f.data(), f.length()));
                tap.transmit(f.data(), 0, f.length());
                fromCable.release();
                idle = false;
            }
            for (Frame f = fromTap.peek(); f != null; f = fromTap.peek()) {
                cable.transmit(f.data(), 0, f.length());
                fromTap.release();
                idle = false;
            }
            if (idle) {
                LockSupport.parkNanos(200_000);
            }
        }
    }

    private void inspect(byte[] frame) {
        if (frame.length > 1514) {
            longFrames.incrementAndGet();
        }
        if (Packets.protocol(frame) > 0) {
            transportFrames.incrementAndGet();
            if (!Packets.checksumsRight(frame)) {
                wrongChecksums.incrementAndGet();
            }
        }
    }

    private static byte[] data() {
        byte[] data = new byte[BYTES];
        new Random(99).nextBytes(data);
        return data;
    }

    @ParameterizedTest
    @ValueSource(strings = { "10.9.0.", "fd09::" })
    void tcpFromAHostWithOffloadsOnReachesTheGuestWhole(String network) throws Exception {
        byte[] data = data();
        ServerSocket listener = Namespaces.in(guest,
                () -> new ServerSocket(5001, 1, InetAddress.getByName(network + "2")));
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
            try (listener; Socket s = listener.accept()) {
                InputStream in = s.getInputStream();
                byte[] all = in.readNBytes(BYTES);
                s.getOutputStream().write(all);
                return all;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        byte[] echoed = Namespaces.in(host, () -> {
            try (Socket s = new Socket()) {
                s.connect(new InetSocketAddress(network + "2", 5001), 20_000);
                s.setSoTimeout(20_000);
                OutputStream out = s.getOutputStream();
                out.write(data);
                return s.getInputStream().readNBytes(BYTES);
            }
        });

        assertThat(received.get()).isEqualTo(data);
        assertThat(echoed).isEqualTo(data);
        assertThat(wrongChecksums).hasValue(0);
        assertThat(longFrames).hasValue(0);
        assertThat(transportFrames.get()).isGreaterThan(BYTES / 1460);
        assertThat(cable.statistics().get(Counter.CHECKSUM_FINISHED)).isPositive();
        assertThat(cable.statistics().get(Counter.GSO_SPLIT)).isPositive();
        assertThat(cable.statistics().get(Counter.GSO_DROPPED)).isZero();
    }

    @Test
    void udpWithUnfinishedChecksumsReachesTheGuest() throws Exception {
        DatagramSocket receiver = Namespaces.in(guest,
                () -> new DatagramSocket(5002, InetAddress.getByName("10.9.0.2")));
        receiver.setSoTimeout(20_000);
        Namespaces.in(host, () -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                for (int length = 1; length <= 1400; length += 100) {
                    socket.send(new DatagramPacket(new byte[length], length, InetAddress.getByName("10.9.0.2"), 5002));
                }
            }
            return true;
        });
        try (receiver) {
            for (int length = 1; length <= 1400; length += 100) {
                DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                receiver.receive(packet);
                assertThat(packet.getLength()).isEqualTo(length);
            }
        }
        assertThat(wrongChecksums).hasValue(0);
        assertThat(cable.statistics().get(Counter.CHECKSUM_FINISHED)).isGreaterThanOrEqualTo(14);
    }

    @Test
    void udpSuperFrameArrivesAsSeparateDatagrams() throws Exception {
        DatagramSocket receiver = Namespaces.in(guest,
                () -> new DatagramSocket(5003, InetAddress.getByName("10.9.0.2")));
        receiver.setSoTimeout(20_000);
        byte[] data = Arrays.copyOf(data(), 4500);
        Namespaces.in(host, () -> {
            try (Arena arena = Arena.ofConfined();
                    Descriptor socket = Descriptor.socket(Descriptor.AF_INET, Descriptor.SOCK_DGRAM, 0)) {
                assertThat(socket.setOption(IPPROTO_UDP, UDP_SEGMENT, 1000)).isZero();
                MemorySegment to = arena.allocate(16, 4);
                to.set(ValueLayout.JAVA_SHORT, 0, (short) Descriptor.AF_INET);
                to.asByteBuffer().putShort(2, (short) 5003).putInt(4, 0x0a09_0002);
                MemorySegment payload = arena.allocateFrom(ValueLayout.JAVA_BYTE, data);
                assertThat(socket.sendTo(payload, data.length, to)).isEqualTo(data.length);
            }
            return true;
        });
        try (receiver) {
            for (int at = 0; at < data.length; at += 1000) {
                DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                receiver.receive(packet);
                assertThat(Arrays.copyOf(packet.getData(), packet.getLength()))
                        .isEqualTo(Arrays.copyOfRange(data, at, Math.min(at + 1000, data.length)));
            }
        }
        assertThat(wrongChecksums).hasValue(0);
        assertThat(cable.statistics().get(Counter.GSO_SPLIT)).isEqualTo(1);
    }
}
