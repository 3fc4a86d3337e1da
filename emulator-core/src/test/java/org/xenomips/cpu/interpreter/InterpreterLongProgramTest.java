package org.xenomips.cpu.interpreter;

import org.xenomips.exec.random.EngineComparison;
import org.xenomips.exec.random.EngineComparison.Side;
import org.xenomips.exec.random.LongProgramSuite;

/** What the interpreter does depends on nothing but the program, not on how its time is cut into slices. */
class InterpreterLongProgramTest extends LongProgramSuite {
    @Override
    protected EngineComparison comparison() {
        return new EngineComparison(new Side(new InterpreterEngineFactory(), 100_000),
                new Side(new InterpreterEngineFactory(), 1_000));
    }
}
