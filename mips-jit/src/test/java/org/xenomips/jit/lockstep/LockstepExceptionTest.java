package org.xenomips.jit.lockstep;

import org.xenomips.exec.ExceptionSuite;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.jit.Eager;

/** Exceptions, with each segment of translated code executed twice. */
class LockstepExceptionTest extends ExceptionSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.LOCKSTEP;
    }
}
