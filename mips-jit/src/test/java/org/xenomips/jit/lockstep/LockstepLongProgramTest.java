package org.xenomips.jit.lockstep;

import org.junit.jupiter.api.Nested;
import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.exec.random.EngineComparison;
import org.xenomips.exec.random.EngineComparison.Side;
import org.xenomips.exec.random.LongProgramSuite;
import org.xenomips.jit.Eager;

/** Long random programs: they do what they do on the interpreter, and so does each segment of translated code. */
class LockstepLongProgramTest {
    private static final Side INTERPRETER = new Side(new InterpreterEngineFactory(), 100_000);

    /** Fewer programs than elsewhere: this is slow. */
    abstract static class Fewer extends LongProgramSuite {
        @Override
        protected int programs() {
            return super.programs() / 8;
        }
    }

    @Nested
    class TranslatedAtOnce extends Fewer {
        @Override
        protected EngineComparison comparison() {
            return new EngineComparison(INTERPRETER, new Side(Eager.LOCKSTEP, 100_000));
        }
    }

    @Nested
    class TranslatedWhenHot extends Fewer {
        @Override
        protected EngineComparison comparison() {
            return new EngineComparison(INTERPRETER, new Side(Eager.PATIENT_LOCKSTEP, 400_000));
        }
    }
}
