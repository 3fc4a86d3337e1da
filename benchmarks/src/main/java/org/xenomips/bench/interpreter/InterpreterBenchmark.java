package org.xenomips.bench.interpreter;

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
 * How many guest instructions per microsecond (that is: million instructions per second) does the interpreter execute, by kind of
 * program?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = { "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC" })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class InterpreterBenchmark {
    private static final int SLICE = 1_000_000;

    /** The kind of program; see {@link Programs}. */
    @Param({ "integer", "memory", "calls", "sieve" })
    private String program = "integer";

    private BenchMachine machine = new BenchMachine(Programs.source("integer"));

    @Setup(Level.Trial)
    public void load() {
        machine.close();
        machine = new BenchMachine(Programs.source(program));
        machine.run(SLICE);
        Programs.check(program, machine);
    }

    @TearDown
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
