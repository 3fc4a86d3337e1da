package org.xenomips.differential;

import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.exec.ExecutionEngineFactory;

/** The interpreter agrees with QEMU. */
class QemuDifferentialTest extends QemuDifferentialSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return new InterpreterEngineFactory();
    }
}
