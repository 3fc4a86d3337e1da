package org.xenomips.jit.lockstep;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.RandomProgramSuite;
import org.xenomips.jit.Eager;

/** Random programs, with each segment of translated code executed twice. */
class LockstepRandomProgramTest extends RandomProgramSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.LOCKSTEP;
    }
}
