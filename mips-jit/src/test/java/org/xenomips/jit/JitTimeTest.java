package org.xenomips.jit;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.TimeSuite;

/** Time, translated as soon as they are executed a second time. */
class JitTimeTest extends TimeSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
