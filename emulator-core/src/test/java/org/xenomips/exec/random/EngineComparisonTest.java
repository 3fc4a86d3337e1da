package org.xenomips.exec.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.xenomips.bits.Bits;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.Exit;
import org.xenomips.exec.random.EngineComparison.Difference;
import org.xenomips.exec.random.EngineComparison.Side;

/** The comparison finds an engine that is wrong, and the minimiser leaves out what does not matter. */
class EngineComparisonTest {
    private static final int SUSPECT = 11;

    /** The interpreter, but now and then a register loses its upper half. */
    private static final class Forgetful implements ExecutionEngineFactory {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            ExecutionEngine engine = new InterpreterEngineFactory().create(cpu);
            return new ExecutionEngine() {
                @Override
                public Exit run(long budget) {
                    cpu.setGpr(SUSPECT, Bits.signExtend(cpu.gpr(SUSPECT), 32));
                    return engine.run(budget);
                }

                @Override
                public void stopSoon() {
                    engine.stopSoon();
                }

                @Override
                public void close() {
                    engine.close();
                }
            };
        }
    }

    private final EngineComparison comparison = new EngineComparison(new Side(new InterpreterEngineFactory(), 100_000),
            new Side(new Forgetful(), 100));

    @Test
    void registerThatLosesItsUpperHalfIsFound() {
        // not every program uses the register for doublewords
        Optional<Difference> difference = LongStream.rangeClosed(1, 10)
                .mapToObj(seed -> comparison.compare(ProgramGenerator.make(seed, false).program()))
                .flatMap(Optional::stream)
                .findFirst();
        assertThat(difference).isPresent();
        assertThat(difference.get().what()).contains("forgetful in slices of 100\n");
        assertThat(difference.get().after()).isLessThan(EngineComparison.LIMIT);
    }

    @Test
    void minimiserLeavesWhatIsWanted() {
        LongProgram program = ProgramGenerator.make(1, false);
        Predicate<GuestProgram> wanted = candidate -> candidate.source().contains("tlbwi")
                && candidate.source().lines().filter(line -> line.contains("s3")).count() >= 2;
        assertThat(wanted).accepts(program.program());
        GuestProgram least = new Minimiser(wanted).minimise(program);
        assertThat(wanted).accepts(least);
        assertThat(least.source().lines()).hasSize(3);
    }

    @Test
    void savedProgramIsReadBackAsItWas() {
        GuestProgram program = ProgramGenerator.make(2, true).program();
        assertThat(GuestProgram.parse(program.save("two\nlines")).source()).endsWith(program.source());
        assertThat(GuestProgram.parse(program.save("two\nlines")).assemble().words())
                .isEqualTo(program.assemble().words());
    }

    @Test
    void sameSeedMakesTheSameProgram() {
        assertThat(ProgramGenerator.make(3, true).program()).isEqualTo(ProgramGenerator.make(3, true).program());
    }
}
