package org.xenomips.cpu.interpreter;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.RandomProgramSuite;

/** Random programs on the interpreter. */
class InterpreterRandomProgramTest extends RandomProgramSuite {
    @Override
    protected ExecutionEngineFactory factory() {
        return new InterpreterEngineFactory();
    }
}
