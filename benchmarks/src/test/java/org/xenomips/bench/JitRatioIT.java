package org.xenomips.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The translator is worth its code: it needs less CPU time than the interpreter. Taken are times of this thread on a CPU, in
 * alternation, so that other load changes both alike; and there are several attempts, because one measurement on a busy machine
 * proves nothing.
 */
class JitRatioIT {
    /**
     * How many times faster the translator must be. Far below what it reaches on a quiet machine, so that only a defect that undoes
     * translation fails here; how fast it is, {@code benchmarks/compare} says.
     */
    private static final double LEAST_RATIO = 1.5;
    private static final int ATTEMPTS = 3;
    private static final int ROUNDS = 5;
    /** CPU time in ns that the translator and the host's compilers get before each attempt. */
    private static final long WARM_UP_NS = 2_000_000_000L;

    @ParameterizedTest
    @EnumSource(names = { "MIX", "FIB" })
    void translatorIsFasterThanTheInterpreter(GuestProgram program) {
        assumeTrue(Engines.jit().isPresent(), "there is no translating engine in this build");
        try (BenchMachine interpreted = new BenchMachine(program, 1, Engines.interpreter());
                BenchMachine translated = new BenchMachine(program, 1, Engines.named("jit"))) {
            interpreted.runToNextLine();
            translated.runToNextLine();
            double best = 0;
            for (int attempt = 1; attempt <= ATTEMPTS && best < LEAST_RATIO; attempt++) {
                warmUp(program, interpreted, WARM_UP_NS / 4);
                warmUp(program, translated, WARM_UP_NS);
                best = Math.max(best, ratio(program, interpreted, translated));
            }
            assertThat(best).as("CPU time of the interpreter divided by that of the translator, %s", program)
                    .isGreaterThanOrEqualTo(LEAST_RATIO);
        }
    }

    private static void warmUp(GuestProgram program, BenchMachine machine, long ns) {
        for (long spent = 0; spent < ns;) {
            spent += repetitionNs(program, machine);
        }
    }

    private static double ratio(GuestProgram program, BenchMachine interpreted, BenchMachine translated) {
        long[] slow = new long[ROUNDS];
        long[] fast = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            slow[round] = repetitionNs(program, interpreted);
            fast[round] = repetitionNs(program, translated);
        }
        Arrays.sort(slow);
        Arrays.sort(fast);
        return (double) slow[ROUNDS / 2] / Math.max(1, fast[ROUNDS / 2]);
    }

    /** CPU time of this thread for one repetition, whose result must be right. */
    private static long repetitionNs(GuestProgram program, BenchMachine machine) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        String line = machine.runToNextLine();
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(line).endsWith(" result %08x".formatted(program.result()));
        return end - start;
    }
}
