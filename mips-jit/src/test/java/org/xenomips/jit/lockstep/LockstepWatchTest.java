package org.xenomips.jit.lockstep;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.WatchSuite;
import org.xenomips.jit.Eager;

/** Watchpoints, with each segment of translated code executed twice. */
class LockstepWatchTest extends WatchSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.LOCKSTEP;
    }
}
