package org.xenomips.exec;

import org.xenomips.cpu.Cpu;

/** Creates engines; found with {@link java.util.ServiceLoader}. The highest priority wins unless the user chose one. */
public interface ExecutionEngineFactory {
    /** Name used on the command line and in messages, such as {@code interpreter}. */
    String name();

    /** Higher is preferred; the interpreter is 0. */
    int priority();

    ExecutionEngine create(Cpu cpu);

    /** The same with what the user asked for; an engine that has nothing of it ignores it. */
    default ExecutionEngine create(Cpu cpu, EngineOptions options) {
        return create(cpu);
    }

    /** True when the engine has something to compare with the interpreter, see {@link EngineOptions#lockstep}. */
    default boolean supportsLockstep() {
        return false;
    }
}
