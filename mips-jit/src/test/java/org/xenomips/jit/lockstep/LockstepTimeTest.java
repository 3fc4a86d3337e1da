package org.xenomips.jit.lockstep;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.TimeSuite;
import org.xenomips.jit.Eager;

/** Time and interrupts, with each segment of translated code executed twice. */
class LockstepTimeTest extends TimeSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.LOCKSTEP;
    }
}
