package org.xenomips.jit.lockstep;

import org.xenomips.exec.CodeSuite;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.jit.Eager;

/** Code that changes, with each segment of translated code executed twice. */
class LockstepCodeTest extends CodeSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.LOCKSTEP;
    }
}
