package org.xenomips.bench.jit;

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
import org.xenomips.bench.Engines;
import org.xenomips.bench.GuestProgram;

/**
 * How many guest instructions per microsecond (that is: million instructions per second) does each engine execute, by program? This
 * is the engine alone; {@code benchmarks/compare} measures the whole emulator beside others.
 *
 * <p>Last result, interpreter, one shared core of an x86-64 server, JDK 25: 230-245 for the programs that compute, 80-140 for the
 * pointer chase, 100 for system calls, 150 for polling a device, 180 for the TLB walk.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = { "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC" })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProgramBenchmark {
    private static final int SLICE = 1_000_000;

    /** What is executed. */
    @Param({ "mix", "records", "copy1", "copy16", "chase", "fib", "bytecode", "sha256", "ipv4", "tlb", "syscall",
            "mmio", "nbody" })
    private String program = "mix";

    /** What executes it. */
    @Param({ "interpreter", "jit" })
    private String engine = "interpreter";

    private BenchMachine machine = new BenchMachine(GuestProgram.MIX, 1, Engines.interpreter());

    @Setup(Level.Trial)
    public void load() {
        machine.close();
        machine = new BenchMachine(GuestProgram.named(program), 1, Engines.named(engine));
        machine.runToNextLine();
        machine.runToNextLine();
        check();
    }

    /** Fails if the latest repetition has computed something wrong. */
    @TearDown(Level.Iteration)
    public void check() {
        String expected = " result %08x".formatted(GuestProgram.named(program).result());
        if (!machine.lastLine().endsWith(expected)) {
            throw new IllegalStateException(program + " printed '" + machine.lastLine() + "' instead of" + expected);
        }
    }

    @TearDown(Level.Trial)
    public void free() {
        machine.close();
    }

    /** Executes one million instructions. */
    @Benchmark
    @OperationsPerInvocation(SLICE)
    public long instructions() {
        return machine.run(SLICE);
    }
}
