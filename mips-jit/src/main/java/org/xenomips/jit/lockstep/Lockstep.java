package org.xenomips.jit.lockstep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.interpreter.InterpreterEngine;
import org.xenomips.exec.EngineDifferenceException;
import org.xenomips.exec.Slice;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.jit.region.CodeView;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.unit.Unit;

/**
 * Compares what translated code does with what the interpreter does, segment by segment; see the package description.
 *
 * <p>Thread: machine thread.
 */
public final class Lockstep {
    /** How many of the units entered last are remembered. */
    private static final int MOST_UNITS = 16;

    private final Cpu cpu;
    private final InterpreterEngine interpreter;
    private final Slice slice;
    private final Supplier<CodeView> code;
    private final StoreLog stores = new StoreLog();
    private final Replay replay;
    private final List<Runnable> postponed = new ArrayList<>();
    private final Deque<Long> units = new ArrayDeque<>();
    /** The processor where the segment began, as translated code left it, and as the interpreter did. */
    private final State before = new State();
    private final State translated = new State();
    private final State interpreted = new State();
    private boolean open;
    private long segments;
    private long instructions;

    /** What translated code can change, apart from memory. */
    static final class State {
        final long[] registers = new long[Cpu.REGISTER_COUNT];
        long pc;
        int remaining;
    }

    /**
     * For one engine.
     *
     * @param code gives the guest's instructions as they are at the time
     */
    public Lockstep(Cpu cpu, InterpreterEngine interpreter, Supplier<CodeView> code) {
        this.cpu = cpu;
        this.interpreter = interpreter;
        this.slice = interpreter.slice();
        this.code = code;
        this.replay = new Replay(cpu, interpreter, stores);
    }

    private void note(State state, long pc) {
        System.arraycopy(cpu.registers(), 0, state.registers, 0, state.registers.length);
        state.pc = pc;
        state.remaining = slice.remaining;
    }

    // What the engine and units report

    /** A segment begins: translated code goes on at {@code pc}, or passes on that it must not. */
    public void begin(long pc) {
        note(before, pc);
        stores.clear();
        units.clear();
        open = true;
    }

    /** The unit with this entry begins. */
    public void entered(long entry) {
        if (units.size() == MOST_UNITS) {
            units.removeFirst();
        }
        units.addLast(entry);
    }

    /** A unit is about to store {@code size} bytes at the host address {@code host}. */
    public void storing(long host, int size) {
        stores.add(host, size);
    }

    /** Runs {@code action} when the segment has ended, because it looks at memory; false if there is no segment. */
    public boolean postpone(Runnable action) {
        return open && postponed.add(action);
    }

    /**
     * The segment has ended; the processor is in the state in which the interpreter leaves it.
     *
     * @param returned where translated code wants to go on, with flags
     * @param unwinding its wish to end the slice does not count
     * @throws EngineDifferenceException if the interpreter comes to another state
     */
    public void end(long returned, boolean unwinding) {
        open = false;
        stores.complete();
        note(translated, returned & ~Unit.FLAGS);
        stores.undo();
        System.arraycopy(before.registers, 0, cpu.registers(), 0, before.registers.length);
        slice.remaining = before.remaining;
        cpu.setPc(before.pc);
        String difference = replay.run(translated.remaining);
        note(interpreted, cpu.pc());
        if (difference == null) {
            difference = compare(returned, unwinding);
        }
        if (difference != null) {
            throw new EngineDifferenceException(
                    new Report(code.get(), before, translated, interpreted, replay.trail(), units, slice.retired())
                            .text(difference));
        }
        segments++;
        instructions += before.remaining - translated.remaining;
        List<Runnable> actions = List.copyOf(postponed);
        postponed.clear();
        actions.forEach(Runnable::run);
    }

    /** How much was compared, in one line. */
    public String describe() {
        return String.format(Locale.ROOT, "lockstep: %,d segments with %,d instructions compared%n", segments,
                instructions);
    }

    // Comparing

    private @Nullable String compare(long returned, boolean unwinding) {
        if (interpreted.remaining != translated.remaining) {
            return "translated code executed half of a branch and its delay slot, or there was an exception";
        }
        if (interpreted.pc != translated.pc) {
            return "they go on at different places";
        }
        boolean over = (returned & Unit.FLAGS) == Unit.LOOK && translated.remaining <= 0;
        if (!unwinding && translated.remaining != before.remaining && over != interpreter.isSliceOver()) {
            return over
                    ? "translated code ends the slice where it does not end"
                    : "the slice ends here, and translated code does not know";
        }
        for (int i = 0; i < Cpu.REGISTER_COUNT; i++) {
            if (translated.registers[i] != interpreted.registers[i] && i != Cpu.SINK && !isLinked(i, returned)) {
                return "registers are different";
            }
        }
        return null;
    }

    /** True if {@code register} is that of a call whose delay slot made the unit leave: the interpreter executes both again. */
    private boolean isLinked(int register, long returned) {
        long pc = translated.pc;
        CodeView now = code.get();
        if ((returned & Unit.FLAGS) != Unit.INTERPRET || now.page(pc) == null) {
            return false;
        }
        GuestInstruction call = now.instruction(pc);
        return call.op().has(Trait.LINK) && register == (call.op() == Op.JALR ? call.rd() : 31)
                && translated.registers[register] == (int) (pc + 8);
    }
}
