package org.xenomips.jit;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.SystemCallSuite;

/** System calls, translated as soon as they are executed a second time. */
class JitSystemCallTest extends SystemCallSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
