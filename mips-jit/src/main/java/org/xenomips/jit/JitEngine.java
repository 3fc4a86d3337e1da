package org.xenomips.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.cpu.GuestException;
import org.xenomips.cpu.interpreter.InterpreterEngine;
import org.xenomips.cpu.interpreter.Tier;
import org.xenomips.exec.EngineOptions;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.Exit;
import org.xenomips.exec.Slice;
import org.xenomips.exec.Slices;
import org.xenomips.jit.lockstep.Lockstep;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.unit.Link;
import org.xenomips.jit.unit.Support;
import org.xenomips.jit.unit.Unit;
import org.xenomips.jit.unit.UnitRuntime;

/**
 * Runs units where there are any and the interpreter everywhere else. {@link Policy} decides what is translated. See the package
 * description.
 *
 * <p>Thread: machine thread.
 */
public final class JitEngine implements ExecutionEngine, UnitRuntime, Tier, Translator.Tables {
    private static final long SLICE_LENGTH = 200_000;
    /** Expected by the outermost dispatcher: no instruction is there. */
    private static final long NOWHERE = 1;
    /** Bits 28..26 of LW and SW; all other accesses need at most 8 bytes' alignment. */
    private static final int WORD = 3;

    private final Cpu cpu;
    private final CpuMemory memory;
    private final InterpreterEngine interpreter;
    private final Slice slice;
    private final Links links;
    private final Policy policy;
    private final Translator translator;
    private final JitStatistics statistics = new JitStatistics();
    private final @Nullable Lockstep lockstep;
    /** The load or store, a word, because of which the last unit was left; 0 if it was something else. */
    private int accessLeftAt;
    private Slices slices = exit -> 0;
    private final WakingRule waking;
    /** What the processor had executed when the slice began. */
    private long retiredBefore;
    /** All units are to return to the outermost dispatcher. */
    private boolean unwinding;
    /** While unwinding: the processor's pc is exact already, what units return is only passed on. */
    private boolean settled;
    /** The engine is to return. */
    private boolean leaving;
    /** Where the innermost unit that waits for a dispatcher can go on, and in which mode. */
    private long awaited = NOWHERE;
    private int awaitedContext;

    JitEngine(Cpu cpu, JitOptions options, EngineOptions wishes, Translator.Emitter emitter) {
        this.cpu = cpu;
        this.memory = cpu.memory();
        this.interpreter = new InterpreterEngine(cpu, this);
        this.slice = interpreter.slice();
        this.waking = new WakingRule(wishes.lockstep() ? 0 : options.wakingInstructions());
        this.links = new Links(options.mostLinks());
        this.lockstep = wishes.lockstep() ? new Lockstep(cpu, interpreter, () -> guestCode()) : null;
        this.translator = new Translator(this, slice, this, links, emitter, options.synchronous(), lockstep != null);
        this.policy = new Policy(cpu, interpreter, options, lockstep == null, links, translator,
                UnitObserver.all(observers(wishes)), this::unwind);
    }

    private GuestCode guestCode() {
        return policy.guestCode();
    }

    private List<UnitObserver> observers(EngineOptions wishes) {
        List<UnitObserver> all = new ArrayList<>();
        all.add(statistics);
        all.add(new FlightRecording());
        Consumer<String> trace = wishes.trace();
        if (trace != null) {
            all.add(new UnitTrace(trace, wishes.traceCode(), slice::retired));
        }
        return all;
    }

    // Running

    @Override
    public long sliceLength() {
        return SLICE_LENGTH;
    }

    @Override
    public Exit run(long budget) {
        var once = new Slices() {
            private Exit last = Exit.BUDGET;
            private boolean given;

            @Override
            public long next(Exit exit) {
                last = exit;
                if (given) {
                    return 0;
                }
                given = true;
                return budget;
            }
        };
        run(once);
        return once.last;
    }

    @Override
    public void run(Slices source) {
        slices = source;
        leaving = false;
        unwinding = false;
        settled = false;
        long budget = source.next(Exit.BUDGET);
        if (budget > 0) {
            if (!begin(budget)) {
                nextSlice(Exit.IDLE);
            }
            if (!leaving) {
                long _ = loop(NOWHERE, 0, 0);
            }
        }
    }

    /** Starts a slice; false if the processor waits. */
    private boolean begin(long budget) {
        retiredBefore = cpu.retired();
        interpreter.setAlone(waking.isWaking());
        interpreter.begin(waking.limit(budget));
        slice.wide = Support.wideRegisters(cpu.registers());
        policy.installFinished();
        return !cpu.isWaiting();
    }

    /** The slice has ended: gets the next one, or makes all units return. */
    private void nextSlice(Exit exit) {
        Exit why = exit;
        for (;;) {
            interpreter.finish();
            long executed = cpu.retired() - retiredBefore;
            statistics.executed += executed;
            retiredBefore = cpu.retired();
            waking.executed(executed);
            long budget = why == Exit.IDLE ? afterSleep() : slices.next(why);
            if (budget <= 0) {
                leaving = true;
                unwinding = true;
                return;
            }
            if (begin(budget)) {
                return;
            }
            why = Exit.IDLE;
        }
    }

    /** Goes on at the processor's pc until the guest comes to {@code expected}, or until all units are to return. */
    private long loop(long expected, int context, int depth) {
        long outerAwaited = awaited;
        int outerContext = awaitedContext;
        awaited = expected;
        awaitedContext = context;
        for (;;) {
            if (unwinding) {
                if (depth > 0 || leaving) {
                    break;
                }
                unwinding = false;
                settled = false;
            }
            long pc = cpu.pc();
            int mode = cpu.cp0().contextKey();
            if ((cpu.events() & ~Cpu.EVENT_CONTEXT) == 0 && !interpreter.isLookDue()) {
                if (memory.isAnyCodeWatched()) {
                    unwinding |= depth > 0;
                } else if (depth > 0 && pc == expected && mode == context) {
                    awaited = outerAwaited;
                    awaitedContext = outerContext;
                    return pc;
                } else if (!waking.isWaking()) {
                    Link link = links.find(pc, mode);
                    if (link.isResolved()) {
                        statistics.dispatches++;
                        follow(run(link, depth));
                        continue;
                    }
                    if (link != Links.NOWHERE) {
                        policy.visited(pc);
                    }
                }
            }
            Exit exit = resumeInterpreter();
            if (exit != null) {
                nextSlice(exit);
            }
        }
        awaited = outerAwaited;
        awaitedContext = outerContext;
        settled = true;
        return Unit.LEAVE;
    }

    /** The next budget, of a guest that waits for it. */
    private long afterSleep() {
        long before = cpu.nowNs();
        long budget = slices.next(Exit.IDLE);
        unwinding |= waking.slept(cpu.nowNs() - before);
        return budget;
    }

    private @Nullable Exit resumeInterpreter() {
        long before = slice.retired();
        Exit exit = interpreter.resume();
        slice.wide = Support.wideRegisters(cpu.registers());
        statistics.interpretations++;
        statistics.interpreted += slice.retired() - before;
        return exit;
    }

    private void step() {
        long before = slice.retired();
        interpreter.step();
        slice.wide = Support.wideRegisters(cpu.registers());
        statistics.singleSteps++;
        statistics.interpreted += slice.retired() - before;
    }

    private long run(Link link, int depth) {
        resumed(link.pc());
        long returned = link.unit.run(depth + 1);
        left(returned);
        return returned;
    }

    /** Translated code goes on, or is told by {@code returned} that it must not. */
    private long resumed(long returned) {
        if (lockstep != null && !settled) {
            lockstep.begin(returned & ~Unit.FLAGS);
        }
        return returned;
    }

    /** Translated code has come to where {@code returned} says. */
    private void left(long returned) {
        if (lockstep != null && !settled) {
            lockstep.end(returned, unwinding);
        }
    }

    /** Does what a returned address asks for, apart from going on there. */
    private void follow(long returned) {
        int access = accessLeftAt;
        accessLeftAt = 0;
        if (!settled) {
            cpu.setPc(returned & ~Unit.FLAGS);
        }
        if (unwinding) {
            settled = true;
            return;
        }
        switch ((int) (returned & Unit.FLAGS)) {
            case (int) Unit.LOOK -> {
                if (slice.remaining <= 0) {
                    nextSlice(Exit.BUDGET);
                }
            }
            case (int) Unit.INTERPRET -> {
                if (access != 0 && overcomeMiss(access)) {
                    return;
                }
                long pc = cpu.pc();
                step();
                if (cpu.pc() != pc + 4) {
                    noteEntry(cpu.pc());
                }
                if (interpreter.isSliceOver()) {
                    nextSlice(Exit.BUDGET);
                }
            }
            default -> {
                // nothing but going on
            }
        }
    }

    /**
     * Does what the load or store {@code word} at the processor's pc lacks: raises the exception that it meets in the TLB, or enters
     * its page into the tables. False if the interpreter must look. Both are frequent where a guest's working set is larger than its
     * TLB; throwing an exception costs more than the handler.
     */
    private boolean overcomeMiss(int word) {
        long address = cpu.gpr(word >>> 21 & 31) + (short) word;
        boolean store = (word >>> 29 & 1) != 0;
        int alignment = (word >>> 26 & 7) == WORD ? 4 : 8;
        if ((address & alignment - 1) != 0) {
            return false;
        }
        GuestException miss = memory.tlbMiss(address, store);
        if (miss == null) {
            return memory.enterPage(address, store);
        }
        cpu.setRetired(slice.retired());
        cpu.enterException(miss, cpu.pc(), false);
        shortenSlice();
        noteEntry(cpu.pc());
        return true;
    }

    /** An exception shortens the slice, as in the interpreter, and may end it. */
    private void shortenSlice() {
        slice.remaining--;
        slice.end--;
        if (slice.remaining <= 0) {
            nextSlice(Exit.BUDGET);
        }
    }

    @Override
    public void leftAtAccess(int word) {
        accessLeftAt = word;
    }

    @Override
    public long dispatch(long returned, long expected, int context, int depth) {
        left(returned);
        follow(returned);
        return resumed(loop(expected, context, depth));
    }

    @Override
    public long interpret(long pc) {
        left(pc);
        cpu.setPc(pc);
        step();
        unwinding |= memory.isAnyCodeWatched();
        settled = unwinding;
        long next = resumed(cpu.pc());
        if (interpreter.isSliceOver()) {
            return next | Unit.LOOK;
        }
        return unwinding || cpu.events() != 0 ? next | Unit.LEAVE : next;
    }

    @Override
    public long goOnAtOddAddress(long pc) {
        cpu.setPc(pc);
        unwinding = true;
        settled = true;
        return Unit.LEAVE;
    }

    @Override
    public boolean isDisturbed(int context) {
        return (cpu.events() & ~Cpu.EVENT_CONTEXT) != 0 || unwinding || cpu.cp0().contextKey() != context
                || memory.isAnyCodeWatched();
    }

    /** The guest came to {@code pc} by an exception or by the return from one. */
    private void noteEntry(long pc) {
        if (!links.find(pc, cpu.cp0().contextKey()).isResolved()) {
            policy.visited(pc);
        }
    }

    @Override
    public Link link(long pc, int context) {
        return links.getOrLone(pc, context);
    }

    @Override
    public void unwind() {
        unwinding = true;
    }

    @Override
    public void entered(long entry) {
        if (lockstep != null) {
            lockstep.entered(entry);
        }
    }

    @Override
    public void storing(long host, int size) {
        if (lockstep != null) {
            lockstep.storing(host, size);
        }
    }

    @Override
    public void stopSoon() {
        cpu.requestStop();
    }

    // What the interpreter reports

    @Override
    public boolean transferred(long from, long target, boolean taken, boolean indirect) {
        return policy.transferred(from, target, taken, indirect);
    }

    @Override
    public int interval() {
        return policy.reportInterval();
    }

    @Override
    public boolean reached(long pc) {
        return pc == awaited && cpu.cp0().contextKey() == awaitedContext || policy.reached(pc);
    }

    @Override
    public void exitIsHot(Exits exits, int index, long target) {
        if (lockstep == null || !lockstep.postpone(() -> policy.hotExit(exits, index, target))) {
            policy.hotExit(exits, index, target);
        }
    }

    @Override
    public void jumped(long pc, long target) {
        policy.jumped(pc, target);
    }

    // What generated code is given

    @Override
    public Cpu cpu() {
        return cpu;
    }

    @Override
    public long[] registers() {
        return cpu.registers();
    }

    @Override
    public long[] read(int context) {
        return memory.tables(context).read();
    }

    @Override
    public long[] write(int context) {
        return memory.tables(context).write();
    }

    @Override
    public String describe() {
        GuestCode code = guestCode();
        return interpreter.describe()
                + StatisticsReport.of(statistics, policy.units(), links.count(), translator.cpuTimeNs(),
                        pc -> code.page(pc) == null ? null : code.instruction(pc))
                + (lockstep == null ? "" : lockstep.describe());
    }

    @Override
    public void close() {
        translator.close();
        interpreter.close();
    }
}
