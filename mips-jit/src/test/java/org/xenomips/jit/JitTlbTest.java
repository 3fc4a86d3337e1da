package org.xenomips.jit;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.TlbSuite;

/** Address translation, translated as soon as they are executed a second time. */
class JitTlbTest extends TlbSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
