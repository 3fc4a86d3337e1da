package org.xenomips.jit;

import org.xenomips.cpu.Cpu;
import org.xenomips.exec.EngineOptions;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.jit.emit.UnitEmitter;

/** Makes engines that translate; preferred wherever they are present. */
public final class JitEngineFactory implements ExecutionEngineFactory {
    private static final int PRIORITY = 10;

    private final JitOptions options;

    /** Engines with the usual settings. */
    public JitEngineFactory() {
        this(JitOptions.standard());
    }

    /** Engines with the given settings. */
    public JitEngineFactory(JitOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "jit";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public ExecutionEngine create(Cpu cpu) {
        return create(cpu, EngineOptions.NONE);
    }

    @Override
    public boolean supportsLockstep() {
        return true;
    }

    @Override
    public ExecutionEngine create(Cpu cpu, EngineOptions wishes) {
        return new JitEngine(cpu, options, wishes, UnitEmitter::emit);
    }
}
