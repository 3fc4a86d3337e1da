package org.xenomips.bench.mmio;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import org.xenomips.bench.BenchMachine;

/**
 * What does one turn of a loop with four accesses cost, when they go to RAM or to a device that does nothing? The difference of the
 * two, divided by four, is the price of leaving the processor.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = { "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC" })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MmioBenchmark {
    private static final int TURNS = 100_000;
    private static final int INSTRUCTIONS_PER_TURN = 7;
    private static final String LOOP = """
            lui $s0, %s
            loop:
            lw $t0, 0($s0)
            lw $t1, 8($s0)
            sw $t2, 0($s0)
            sw $t2, 8($s0)
            addiu $s7, $s7, 1
            beq $zero, $zero, loop
            nop
            """;

    /** What is accessed. */
    @Param({ "ram", "device" })
    private String target = "ram";

    private BenchMachine machine = new BenchMachine(LOOP.formatted("0xa010"));

    @Setup(Level.Trial)
    public void load() {
        machine.close();
        machine = new BenchMachine(LOOP.formatted(target.equals("ram") ? "0xa010" : "0xbe00"));
    }

    @TearDown
    public void free() {
        machine.close();
    }

    /** One turn of the loop. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long turn() {
        return machine.run((long) TURNS * INSTRUCTIONS_PER_TURN);
    }
}
