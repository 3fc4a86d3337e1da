package org.xenomips.cpu.interpreter;

import org.xenomips.exec.EngineSuite;
import org.xenomips.exec.ExecutionEngineFactory;

/** The interpreter passes the suite of all engines. */
class InterpreterEngineTest extends EngineSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return new InterpreterEngineFactory();
    }
}
