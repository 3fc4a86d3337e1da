package org.xenomips.machine;

import org.xenomips.cpu.Cpu;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.Exit;

/** Engines that never execute anything; the machine thread still handles events and requests. */
public final class NoGuest implements ExecutionEngineFactory {
    @Override
    public String name() {
        return "no guest";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public ExecutionEngine create(Cpu cpu) {
        return new ExecutionEngine() {
            @Override
            public Exit run(long budget) {
                return Exit.IDLE;
            }

            @Override
            public void stopSoon() {}

            @Override
            public void close() {}
        };
    }
}
