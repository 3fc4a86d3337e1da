package org.xenomips.jit.lockstep;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.TlbSuite;
import org.xenomips.jit.Eager;

/** Address translation, with each segment of translated code executed twice. */
class LockstepTlbTest extends TlbSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.LOCKSTEP;
    }
}
