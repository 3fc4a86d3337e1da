package org.xenomips.exec.random;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xenomips.exec.random.EngineComparison.Difference;

/**
 * Long random programs do the same on two engines. {@code -Dxenomips.random.programs=N} runs that many,
 * {@code -Dxenomips.random.seed=S} begins with another seed. A program that differs is minimised and saved below
 * {@code target/failures}; put into the test resources' {@code regressions} it is run by {@link RegressionSuite}. A subclass names the
 * engines.
 */
public abstract class LongProgramSuite {
    private static final int PROGRAMS = Integer.getInteger("xenomips.random.programs", 16);
    private static final long SEED = Long.getLong("xenomips.random.seed", 1);

    /** The engines to compare. */
    protected abstract EngineComparison comparison();

    /** How many programs each test runs. */
    protected int programs() {
        return PROGRAMS;
    }

    @Test
    void programsDoTheSame() throws IOException {
        run(false);
    }

    @Test
    void programsWithTimerInterruptsDoTheSame() throws IOException {
        run(true);
    }

    private void run(boolean timer) throws IOException {
        for (long seed = SEED; seed < SEED + programs(); seed++) {
            LongProgram program = ProgramGenerator.make(seed, timer);
            Optional<Difference> difference = comparison().compare(program.program());
            if (difference.isPresent()) {
                report(program, timer, difference.get());
            }
        }
    }

    private void report(LongProgram program, boolean timer, Difference difference) throws IOException {
        GuestProgram least = new Minimiser(candidate -> comparison().differs(candidate, difference)).minimise(program);
        String what = comparison().compare(least).map(Difference::what).orElse("only by the original's checkpoints");
        Path directory = Files.createDirectories(Path.of("target", "failures"));
        Path file = directory.resolve(program.seed() + (timer ? "-timer.s" : ".s"));
        Files.writeString(file, least.save("seed " + program.seed() + (timer ? ", timer" : "") + "\n" + what));
        fail("seed %d%s: differs after %d instructions, minimised in %s%n%s%noriginally%n%s".formatted(program.seed(),
                timer ? ", timer" : "", difference.after(), file.toAbsolutePath(), what, difference.what()));
    }
}
