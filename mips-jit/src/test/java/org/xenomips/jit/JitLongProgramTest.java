package org.xenomips.jit;

import org.junit.jupiter.api.Nested;
import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.exec.random.EngineComparison;
import org.xenomips.exec.random.EngineComparison.Side;
import org.xenomips.exec.random.LongProgramSuite;
import org.xenomips.exec.random.RegressionSuite;

/** Long random programs do what they do on the interpreter. */
class JitLongProgramTest {
    private static final Side INTERPRETER = new Side(new InterpreterEngineFactory(), 100_000);

    @Nested
    class TranslatedAtOnce extends LongProgramSuite {
        @Override
        protected EngineComparison comparison() {
            return new EngineComparison(INTERPRETER, new Side(Eager.FACTORY, 100_000));
        }
    }

    @Nested
    class TranslatedWhenHot extends LongProgramSuite {
        @Override
        protected EngineComparison comparison() {
            return new EngineComparison(INTERPRETER, new Side(Eager.PATIENT, 400_000));
        }
    }

    @Nested
    class Regressions extends RegressionSuite {
        @Override
        protected EngineComparison comparison() {
            return new EngineComparison(INTERPRETER, new Side(Eager.PATIENT, 400_000));
        }
    }
}
