package org.xenomips.jit;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.WatchSuite;

/** Watchpoints, translated as soon as they are executed a second time. */
class JitWatchTest extends WatchSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
