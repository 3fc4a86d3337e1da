package org.xenomips.jit;

import org.xenomips.exec.ExceptionSuite;
import org.xenomips.exec.ExecutionEngineFactory;

/** Exceptions, translated as soon as they are executed a second time. */
class JitExceptionTest extends ExceptionSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
