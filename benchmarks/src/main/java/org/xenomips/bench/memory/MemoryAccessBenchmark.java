package org.xenomips.bench.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.HostMemory;
import org.xenomips.memory.PhysicalMap;

/**
 * How do the ways to reach a word of guest RAM compare: raw host address (the engines' fast path), memory segment, checked block,
 * physical map (the slow path)?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = { "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED" })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MemoryAccessBenchmark {
    private static final int WORDS = 1024;
    private static final ValueLayout.OfInt BIG_ENDIAN = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final GuestRam ram = new GuestRam("ram", 1 << 20);
    private final MemorySegment segment = ram.segment();
    private final PhysicalMap map = new PhysicalMap();

    @Setup
    public void fill() {
        map.mapRam("ram", 0, ram.size(), ram, 0);
        for (int i = 0; i < WORDS; i++) {
            ram.write(4L * i, 4, i);
        }
        int expected = WORDS * (WORDS - 1) / 2;
        if (hostAddress() != expected || memorySegment() != expected || checkedBlock() != expected
                || physicalMap() != expected) {
            throw new IllegalStateException("the sums differ");
        }
    }

    @TearDown
    public void free() {
        ram.close();
    }

    @Benchmark
    @OperationsPerInvocation(WORDS)
    public int hostAddress() {
        long base = ram.hostBase();
        int sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += HostMemory.getInt(base + 4L * i);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(WORDS)
    public int memorySegment() {
        int sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += segment.get(BIG_ENDIAN, 4L * i);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(WORDS)
    public int checkedBlock() {
        int sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (int) ram.read(4L * i, 4);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(WORDS)
    public int physicalMap() {
        int sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += (int) map.read(4L * i, 4, true);
        }
        return sum;
    }
}
