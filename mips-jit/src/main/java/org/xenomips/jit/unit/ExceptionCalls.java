package org.xenomips.jit.unit;

import org.xenomips.cpu.Cpu;
import org.xenomips.exec.Slice;

/**
 * System calls as calls of their handler's unit, and ERET as the return from it. Machine thread.
 *
 * <p>hot: HotSpot inlines {@link #systemCall} and {@link #exceptionReturn} into units; what is rare is the engine's.
 */
public final class ExceptionCalls {
    private final Cpu cpu;
    private final Slice slice;
    private final UnitRuntime runtime;
    /** The handler that was called last; there is another one only while Status.BEV or KX is not yet what it will be. */
    private Link handler = new Link(Unit.FLAGS, 0);
    private final Link dispatcher = new Link(Unit.FLAGS, 0);

    /** For the units of one engine. */
    public ExceptionCalls(Cpu cpu, Slice slice, UnitRuntime runtime) {
        this.cpu = cpu;
        this.slice = slice;
        this.runtime = runtime;
        dispatcher.unit = new ToDispatcher(cpu);
    }

    /**
     * Raises the exception of the system call at {@code pc}. The slice is shorter by one instruction then, as in the interpreter, and
     * may be over.
     *
     * @return what is to be called: the handler's unit, or something that returns to where the dispatcher goes on
     */
    public Link systemCall(long pc) {
        cpu.enterSystemCall(pc);
        int remaining = slice.remaining - 1;
        slice.remaining = remaining;
        slice.end--;
        Link link = handler;
        return remaining > 0 && link.pc() == cpu.pc() && link.context() == cpu.cp0().contextKey() && link.isResolved()
                ? link
                : findHandler();
    }

    private Link findHandler() {
        if (slice.remaining <= 0) {
            return dispatcher;
        }
        handler = runtime.link(cpu.pc(), cpu.cp0().contextKey());
        return handler;
    }

    /** Executes ERET in a unit for {@code context}; the result is what the unit must return. */
    public long exceptionReturn(int context) {
        long next = cpu.returnFromException();
        if ((next & Unit.FLAGS) != 0) {
            return runtime.goOnAtOddAddress(next);
        }
        if (slice.remaining <= 0) {
            return next | Unit.LOOK;
        }
        // a unit that waits for just this address must not go on in another mode, or before an interrupt that can be taken now
        return (cpu.events() & ~Cpu.EVENT_CONTEXT) != 0 || cpu.cp0().contextKey() != context ? next | Unit.LEAVE : next;
    }

    /** Stands where there is no handler to be called, or no time. */
    private static final class ToDispatcher extends Unit {
        private final Cpu cpu;

        ToDispatcher(Cpu cpu) {
            this.cpu = cpu;
        }

        @Override
        public long run(int depth) {
            return cpu.pc() | LOOK;
        }
    }
}
