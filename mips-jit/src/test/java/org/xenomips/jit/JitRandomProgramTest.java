package org.xenomips.jit;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.RandomProgramSuite;

/** Random programs, translated as soon as they are executed a second time. */
class JitRandomProgramTest extends RandomProgramSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
