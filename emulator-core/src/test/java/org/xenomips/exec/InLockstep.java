package org.xenomips.exec;

import org.xenomips.cpu.Cpu;

/** Engines of {@code factory}, compared with the interpreter. */
public record InLockstep(ExecutionEngineFactory factory) implements ExecutionEngineFactory {
    @Override
    public String name() {
        return "lockstep";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public ExecutionEngine create(Cpu cpu) {
        return factory.create(cpu, EngineOptions.NONE.withLockstep());
    }
}
