package org.xenomips.exec;

import org.xenomips.cpu.Cpu;

/** Creates engines; found with {@link java.util.ServiceLoader}. The highest priority wins unless the user chose one. */
public interface ExecutionEngineFactory {
    /** Name used on the command line and in messages, such as {@code interpreter}. */
    String name();

    /** Higher is preferred; the interpreter is 0. */
    int priority();

    ExecutionEngine create(Cpu cpu);
}
