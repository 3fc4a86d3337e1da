package org.xenomips.cpu.interpreter;

import org.xenomips.cpu.Cpu;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.random.EngineComparison;
import org.xenomips.exec.random.EngineComparison.Side;
import org.xenomips.exec.random.LongProgramSuite;

/** Transfers that are reported, some of them, do the same as those that are not. */
class InterpreterTierLongProgramTest extends LongProgramSuite {
    /** Wants to be told about all transfers for ever, and does nothing about it. */
    private static final Tier LISTENER = new Tier() {
        @Override
        public boolean transferred(long from, long target, boolean taken, boolean indirect) {
            return true;
        }

        @Override
        public int interval() {
            return 3;
        }

        @Override
        public boolean reached(long pc) {
            return false;
        }
    };

    private record Listening() implements ExecutionEngineFactory {
        @Override
        public String name() {
            return "listening";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            return new InterpreterEngine(cpu, LISTENER);
        }
    }

    @Override
    protected EngineComparison comparison() {
        return new EngineComparison(new Side(new InterpreterEngineFactory(), 100_000),
                new Side(new Listening(), 100_000));
    }
}
