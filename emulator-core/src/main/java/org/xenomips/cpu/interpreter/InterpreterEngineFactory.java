package org.xenomips.cpu.interpreter;

import org.xenomips.cpu.Cpu;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;

/** Makes interpreters; the engine of choice only where there is no other. */
public final class InterpreterEngineFactory implements ExecutionEngineFactory {
    @Override
    public String name() {
        return "interpreter";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public ExecutionEngine create(Cpu cpu) {
        return new InterpreterEngine(cpu);
    }
}
