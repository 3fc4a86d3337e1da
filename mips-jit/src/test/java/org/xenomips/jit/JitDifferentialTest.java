package org.xenomips.jit;

import org.xenomips.differential.QemuDifferentialSuite;
import org.xenomips.exec.ExecutionEngineFactory;

/** Translated code agrees with QEMU. */
class JitDifferentialTest extends QemuDifferentialSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }
}
