package org.xenomips.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.EngineOptions;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;

/** The guest programs kept as resources are what their sources build, and compute the same every time. */
class GuestProgramTest {
    private static final String COMPILER = "mips64-linux-gnuabi64-gcc";
    private static final Path BUILD_SCRIPT = Path.of("src/main/mips/build");
    private static final Path RESOURCES = Path.of("src/main/resources/org/xenomips/bench/programs");
    /** Makes repetitions so short that a test can afford them. */
    private static final int DIVISOR = 200;

    @Test
    void keptImagesAreWhatTheSourcesBuild(@TempDir Path fresh) throws IOException, InterruptedException {
        assumeTrue(isOnPath(COMPILER), COMPILER + " is not installed: the images cannot be rebuilt here");
        Process build = new ProcessBuilder("sh", BUILD_SCRIPT.toString(), fresh.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as("build script says: %s", output).isZero();
        List<Path> built = filesIn(fresh);
        assertThat(built).hasSize(GuestProgram.values().length * GuestProgram.Board.values().length);
        for (Path image : built) {
            assertThat(RESOURCES.resolve(image.getFileName()))
                    .as("run %s and commit what it writes", BUILD_SCRIPT)
                    .hasSameBinaryContentAs(image);
        }
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

    /** Engines of {@code factory}, compared with the interpreter. */
    private record InLockstep(ExecutionEngineFactory factory) implements ExecutionEngineFactory {
        @Override
        public String name() {
            return "lockstep";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            return factory.create(cpu, EngineOptions.NONE.withLockstep());
        }
    }

    private static List<String> run(GuestProgram program, ExecutionEngineFactory factory) {
        try (BenchMachine machine = new BenchMachine(program, DIVISOR, factory)) {
            return Stream.generate(machine::runToNextLine).limit(3).toList();
        }
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null && Stream.of(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
