package org.xenomips.jit;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.ProgramSuite;

/** Programs, translated as soon as they are executed a second time. */
class JitProgramTest extends ProgramSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
