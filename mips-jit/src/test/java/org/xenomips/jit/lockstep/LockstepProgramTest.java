package org.xenomips.jit.lockstep;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.ProgramSuite;
import org.xenomips.jit.Eager;

/** Programs, with each segment of translated code executed twice. */
class LockstepProgramTest extends ProgramSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.LOCKSTEP;
    }
}
