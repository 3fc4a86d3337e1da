package org.xenomips.jit.lockstep;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.SystemCallSuite;
import org.xenomips.jit.Eager;

/** System calls, with each segment of translated code executed twice. */
class LockstepSystemCallTest extends SystemCallSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.LOCKSTEP;
    }
}
