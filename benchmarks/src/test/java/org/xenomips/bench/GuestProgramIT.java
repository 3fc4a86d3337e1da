package org.xenomips.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.exec.ExecutionEngineFactory;

/** A full repetition computes what QEMU computed when the expected result was taken. */
class GuestProgramIT {
    @ParameterizedTest
    @EnumSource
    void interpreterComputesTheExpectedResult(GuestProgram program) {
        check(program, Engines.interpreter());
    }

    @ParameterizedTest
    @EnumSource
    void translatorComputesTheExpectedResult(GuestProgram program) {
        assumeTrue(Engines.jit().isPresent(), "there is no translating engine in this build");
        check(program, Engines.named("jit"));
    }

    private static void check(GuestProgram program, ExecutionEngineFactory factory) {
        try (BenchMachine machine = new BenchMachine(program, 1, factory)) {
            assertThat(machine.runToNextLine()).isEqualTo("program " + program);
            assertThat(machine.runToNextLine()).isEqualTo("rep 1 result %08x".formatted(program.result()));
        }
    }
}
