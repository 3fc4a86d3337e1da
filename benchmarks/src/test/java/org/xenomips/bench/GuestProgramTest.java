package org.xenomips.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.KeptImages;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.InLockstep;

/** The guest programs kept as resources are what their sources build, and compute the same every time. */
class GuestProgramTest {
    private static final Path RESOURCES = Path.of("src/main/resources/org/xenomips/bench/programs");
    /** Makes repetitions so short that a test can afford them. */
    private static final int DIVISOR = 200;

    @Test
    void keptImagesAreWhatTheSourcesBuild(@TempDir Path fresh) throws IOException, InterruptedException {
        assertThat(KeptImages.assertCurrent(RESOURCES, fresh))
                .as("those that are compared, and the one that measures latency")
                .isEqualTo(GuestProgram.values().length * GuestProgram.Board.values().length + 1);
    }

    /** Without the one that needs long to prepare; its code is that of {@code COPY1}. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COPY16")
    void everyRepetitionHasTheSameResult(GuestProgram program) {
        List<String> lines = run(program, Engines.interpreter());
        assertThat(lines.get(0)).isEqualTo("program " + program);
        assertThat(lines.get(1)).matches("rep 1 result [0-9a-f]{8}");
        assertThat(lines.get(2)).isEqualTo(lines.get(1).replace("rep 1", "rep 2"));
    }

    /** Compiled C, with the same calls, loops and switches as users' guests. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COPY16")
    void translatedCodeKeepsStepWithTheInterpreter(GuestProgram program) {
        assumeTrue(Engines.jit().isPresent(), "there is no translating engine in this build");
        List<String> lines = run(program, new InLockstep(Engines.named("jit")));
        assertThat(lines.get(2)).isEqualTo(lines.get(1).replace("rep 1", "rep 2"));
    }

    private static List<String> run(GuestProgram program, ExecutionEngineFactory factory) {
        try (BenchMachine machine = new BenchMachine(program, DIVISOR, factory)) {
            return Stream.generate(machine::runToNextLine).limit(3).toList();
        }
    }
}
