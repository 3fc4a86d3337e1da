package org.xenomips.bench.net;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xenomips.devices.nic.NicEnvironment;
import org.xenomips.devices.nic.dec21140.Dec21140Device;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.net.Frame;
import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;
import org.xenomips.net.NetworkLink;
import org.xenomips.net.PortStatistics;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/**
 * What does a frame cost between the port's queue and guest memory, without guest and without host kernel? Rings of 64 descriptors;
 * the "driver" is this class and gives descriptors back in bulk.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = { "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC" })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private static final int RING = 64;
    private static final int OWN = 0x8000_0000;
    private static final int RX_RING = 0x1000;
    private static final int TX_RING = 0x2000;
    private static final int BUFFERS = 0x1_0000;
    private static final int CSR_BASE = 0x1000_0000;

    /** Frame length in bytes, without FCS. */
    @Param({ "60", "1514" })
    private int length = 60;

    private final GuestRam ram = new GuestRam("ram", 1 << 20);
    private final PhysicalMap memory = new PhysicalMap();
    private final CountingPort port = new CountingPort();
    private final Dec21140Device chip = new Dec21140Device(new NicEnvironment("bench", memory, asserted -> {},
            new TimerQueue(), new VirtualClock(350_000_000), () -> false, new byte[]{ 2, 1, 0, 0, 0, 1 }));
    private final NetworkLink link = new NetworkLink(port, chip, () -> {});

    /** A host port that counts what it is given and hands out frames of the wanted length. */
    private static final class CountingPort implements FramePort {
        private final PortStatistics statistics = new PortStatistics();
        private @Nullable FrameQueue queue;
        private long sent;

        void offer(int length) {
            FrameQueue inbound = queue;
            Frame frame = inbound == null ? null : inbound.claim();
            if (inbound == null || frame == null) {
                throw new IllegalStateException("no room");
            }
            java.util.Arrays.fill(frame.data(), 0, 6, (byte) 0xff);
            frame.setLength(length);
            inbound.publish();
        }

        @Override
        public String name() {
            return "bench";
        }

        @Override
        public void start(FrameQueue inbound, Runnable linkChanged) {
            queue = inbound;
        }

        @Override
        public void transmit(byte[] frame, int offset, int length) {
            sent++;
        }

        @Override
        public boolean linkUp() {
            return true;
        }

        @Override
        public PortStatistics statistics() {
            return statistics;
        }

        @Override
        public void close() {}
    }

    @Setup
    public void startChip() {
        memory.mapRam("ram", 0, ram.size(), ram, 0);
        chip.connect(link);
        chip.configWrite(0x14, CSR_BASE);
        for (int i = 0; i < RING; i++) {
            int last = i == RING - 1 ? 1 << 25 : 0;
            descriptor(RX_RING, i, last | 2047, BUFFERS + i * 2048);
            descriptor(TX_RING, i, 0x6000_0000 | last | length, BUFFERS + i * 2048);
        }
        csr(3, RX_RING);
        csr(4, TX_RING);
        csr(6, 0x2042);
        receive();
        transmit();
        if (port.sent != RING || (ram.read(RX_RING, 4) & 0x300) != 0x300) {
            throw new IllegalStateException("the chip does not carry frames: sent " + port.sent);
        }
    }

    @TearDown
    public void free() {
        ram.close();
    }

    /** One frame from the queue into guest memory. */
    @Benchmark
    @OperationsPerInvocation(RING)
    public void receive() {
        for (int i = 0; i < RING; i++) {
            ram.write(RX_RING + 16L * i, 4, OWN);
        }
        for (int i = 0; i < RING; i++) {
            port.offer(length);
        }
        boolean more = true;
        while (more) {
            more = link.poll();
        }
        csr(5, -1);
    }

    /** One frame from guest memory to the port. */
    @Benchmark
    @OperationsPerInvocation(RING)
    public long transmit() {
        for (int i = 0; i < RING; i++) {
            ram.write(TX_RING + 16L * i, 4, OWN);
        }
        for (int i = 0; i < RING; i += 16) {
            csr(1, 1);
        }
        csr(5, -1);
        return port.sent;
    }

    private void descriptor(int ring, int index, int control, int buffer) {
        ram.write(ring + 16L * index + 4, 4, control);
        ram.write(ring + 16L * index + 8, 4, buffer);
    }

    private void csr(int number, int value) {
        memory.write(CSR_BASE + 8L * number, 4, value, false);
    }
}
