package org.xenomips.jit;

import org.xenomips.exec.CodeSuite;
import org.xenomips.exec.ExecutionEngineFactory;

/** Modified code, translated as soon as they are executed a second time. */
class JitCodeTest extends CodeSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
