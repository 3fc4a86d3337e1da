package org.xenomips.jit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.cpu.CpuMemory.CodePage;
import org.xenomips.cpu.ExceptionCode;
import org.xenomips.cpu.GuestException;
import org.xenomips.cpu.PageTables;
import org.xenomips.cpu.interpreter.InterpreterEngine;
import org.xenomips.cpu.interpreter.Tier;
import org.xenomips.exec.EngineOptions;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.Exit;
import org.xenomips.exec.Slice;
import org.xenomips.exec.Slices;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.jit.TranslatedUnit.State;
import org.xenomips.jit.lockstep.Lockstep;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.region.Region.Hints;
import org.xenomips.jit.region.RegionFinder;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.unit.Link;
import org.xenomips.jit.unit.Support;
import org.xenomips.jit.unit.Unit;
import org.xenomips.jit.unit.UnitRuntime;

/**
 * Runs units where there are any and the interpreter everywhere else; decides what is translated. See the package description.
 *
 * <p>Thread: machine thread.
 */
public final class JitEngine implements ExecutionEngine, UnitRuntime, Tier, UnitCache.Owner, Translator.Tables {
    private static final long SLICE_LENGTH = 200_000;
    /** Expected by the outermost dispatcher: no instruction is there. */
    private static final long NOWHERE = 1;
    /** Translations of one entry after which it stays as it is. */
    private static final int MOST_VERSIONS = 8;
    private static final int SMALLEST_REGION = 8;
    /** Links after which everything is forgotten; each takes about 100 bytes, and what is known of its entry about as much. */
    private static final int MOST_LINKS = 1 << 16;
    /** Bits 28..26 of LW and SW; all other accesses need at most 8 bytes' alignment. */
    private static final int WORD = 3;
    /** How often an entry's code was overwritten, at most: the wait for the next translation doubles each time. */
    private static final int MOST_REWRITES = 8;
    /** Retired units that the collector is asked to unload together. */
    private static final int UNITS_PER_COLLECTION = 512;

    private final Cpu cpu;
    private final CpuMemory memory;
    private final InterpreterEngine interpreter;
    private final Slice slice;
    private final JitOptions options;
    private final Links links = new Links();
    private final HotSpots hotSpots;
    private final UnitCache units;
    private final Translator translator;
    private final JitStatistics statistics = new JitStatistics();
    private final UnitObserver observer;
    private final @Nullable Lockstep lockstep;
    private int retiredSinceCollection;
    /** The load or store, a word, because of which the last unit was left; 0 if it was something else. */
    private int accessLeftAt;
    /** What was learnt about entries, by address. */
    private final Map<Long, Entry> entries = new HashMap<>();
    private Slices slices = exit -> 0;
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

    /** What is known about one entry. */
    private static final class Entry {
        private int versions;
        private int limit;
        private long wide;
        private final Set<Long> apart = new HashSet<>();
        private final Set<Long> interpreted = new HashSet<>();
        private @Nullable TranslatedUnit pending;
        private int rewrites;
        private int visits;

        /** The code of the entry was overwritten: what was learnt means nothing any more. */
        void forgetCode() {
            versions = 0;
            limit = 0;
            wide = 0;
            apart.clear();
            interpreted.clear();
            rewrites = Math.min(rewrites + 1, MOST_REWRITES);
        }

        /** True when code that is overwritten again and again has been hot often enough since to be translated once more. */
        boolean isWorthIt() {
            return (++visits & (1 << rewrites) - 1) == 0;
        }

        Hints hints() {
            return new Hints(wide, Set.copyOf(apart), Set.copyOf(interpreted));
        }
    }

    JitEngine(Cpu cpu, JitOptions options, EngineOptions wishes) {
        this.cpu = cpu;
        this.memory = cpu.memory();
        this.options = options;
        this.hotSpots = new HotSpots(options.threshold());
        this.interpreter = new InterpreterEngine(cpu, this);
        this.slice = interpreter.slice();
        this.lockstep = wishes.lockstep() ? new Lockstep(cpu, interpreter, this::guestCode) : null;
        this.units = new UnitCache(memory, this, options.capacityBytes());
        this.translator = new Translator(this, slice, this, links, options.synchronous(), lockstep != null);
        this.observer = UnitObserver.all(observers(wishes));
        memory.addCodeListener(units);
        memory.addTranslationListener(units);
        interpreter.onForget(this::forget);
        interpreter.onIdleHead(pc -> units.retireAt(pc, "idle loop"));
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

    /** Drops everything: the state of the machine was saved or replaced. */
    private void forget() {
        units.clear("snapshot");
        entries.clear();
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
        interpreter.begin(budget);
        slice.wide = Support.wideRegisters(cpu.registers());
        installFinished();
        return !cpu.isWaiting();
    }

    /** The slice has ended: gets the next one, or makes all units return. */
    private void nextSlice(Exit exit) {
        Exit why = exit;
        for (;;) {
            interpreter.finish();
            statistics.executed += cpu.retired() - retiredBefore;
            retiredBefore = cpu.retired();
            long budget = slices.next(why);
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
                } else {
                    Link link = links.find(pc, mode);
                    if (link.isResolved()) {
                        statistics.dispatches++;
                        follow(run(link, depth));
                        continue;
                    }
                    if (link != Links.NOWHERE && hotSpots.isHot(pc)) {
                        translate(pc);
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
                if (access != 0 && raiseMiss(access)) {
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
     * Raises the exception that the load or store {@code word} at the processor's pc meets in the TLB; false if there is none. Misses
     * are frequent where a guest's working set is larger than its TLB, and throwing an exception costs more than the handler.
     */
    private boolean raiseMiss(int word) {
        long address = cpu.gpr(word >>> 21 & 31) + (short) word;
        boolean store = (word >>> 29 & 1) != 0;
        int alignment = (word >>> 26 & 7) == WORD ? 4 : 8;
        GuestException miss = (address & alignment - 1) == 0 ? memory.tlbMiss(address, store) : null;
        if (miss == null) {
            return false;
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
    public long systemCall(long pc, int context, int depth) {
        cpu.setRetired(slice.retired());
        cpu.enterException(cpu.raise(ExceptionCode.SYS), pc, false);
        shortenSlice();
        noteEntry(cpu.pc());
        return loop(pc + 4, context, depth);
    }

    @Override
    public long exceptionReturn() {
        cpu.setRetired(slice.retired());
        long next = cpu.returnFromException();
        if ((next & Unit.FLAGS) != 0) {
            cpu.setPc(next);
            unwinding = true;
            settled = true;
            return Unit.LEAVE;
        }
        if (slice.remaining <= 0) {
            return next | Unit.LOOK;
        }
        // a unit that waits for just this address must not go on in another mode, or before an interrupt that can be taken now
        return cpu.events() != 0 ? next | Unit.LEAVE : next;
    }

    @Override
    public boolean isDisturbed(int context) {
        return (cpu.events() & ~Cpu.EVENT_CONTEXT) != 0 || unwinding || cpu.cp0().contextKey() != context
                || memory.isAnyCodeWatched();
    }

    /** The guest came to {@code pc} by an exception or by the return from one. */
    private void noteEntry(long pc) {
        if (!links.find(pc, cpu.cp0().contextKey()).isResolved() && hotSpots.isHot(pc)) {
            translate(pc);
        }
    }

    @Override
    public Link link(long pc, int context) {
        Link known = links.find(pc, context);
        if (known != Links.NOWHERE) {
            return known;
        }
        // a guest can call any number of addresses
        return links.count() < MOST_LINKS ? links.get(pc, context) : new Link(pc, context);
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
        GuestCode code = guestCode();
        Op op = code.page(from) == null ? null : code.instruction(from).op();
        if (op == null || indirect && code.instruction(from).isReturn()) {
            return false;
        }
        hotSpots.note(from, target, taken, indirect, op);
        if (taken && hotSpots.isEntry(from, target, indirect)) {
            if (links.find(target, cpu.cp0().contextKey()).isResolved()) {
                interpreter.mark(target);
                return indirect && !hotSpots.isSettled(from, true);
            }
            if (units.reactivate(target, cpu.cp0().contextKey())) {
                interpreter.mark(target);
                return false;
            }
            if (hotSpots.isHot(target)) {
                translate(target);
            }
        }
        return !hotSpots.isSettled(from, indirect);
    }

    @Override
    public boolean reached(long pc) {
        int context = cpu.cp0().contextKey();
        if (pc == awaited && context == awaitedContext || links.find(pc, context).isResolved()
                || units.reactivate(pc, context)) {
            return true;
        }
        if (hotSpots.isHot(pc)) {
            translate(pc);
            if (entry(pc).versions >= MOST_VERSIONS) {
                unmark(pc);
            }
        }
        return false;
    }

    /** Nothing more will come of the entry at {@code pc}. */
    private void unmark(long pc) {
        CodePage where = memory.peekCode(pc);
        if (where != null) {
            interpreter.unmark(where.ram(), where.offset() + (pc & 0xffc));
        }
    }

    // Translating

    private GuestCode guestCode() {
        return new GuestCode(cpu, interpreter, hotSpots, lockstep == null);
    }

    private Entry entry(long pc) {
        return entries.computeIfAbsent(pc, key -> new Entry());
    }

    /** Asks for a unit at {@code pc} for the current mode. */
    private void translate(long pc) {
        Entry entry = entry(pc);
        if (entry.pending != null || entry.versions >= MOST_VERSIONS) {
            return;
        }
        if (!entry.isWorthIt()) {
            hotSpots.restart(pc);
            return;
        }
        if (links.count() >= MOST_LINKS) {
            startAnew();
            return;
        }
        int context = cpu.cp0().contextKey();
        int limit = entry.limit == 0 ? options.regionLimit() : entry.limit;
        Region region = RegionFinder.find(guestCode(), pc, context, limit, entry.hints());
        if (region == null) {
            return;
        }
        entry.versions++;
        TranslatedUnit unit = new TranslatedUnit(region, links.get(pc, context));
        entry.pending = unit;
        units.track(unit);
        observer.asked(unit);
        translator.submit(unit);
        if (options.synchronous()) {
            installFinished();
        }
    }

    /** So much was translated that what is remembered about it must not grow on: hot code will be found again. */
    private void startAnew() {
        units.clear("started anew");
        links.clear();
        entries.clear();
    }

    private void installFinished() {
        for (TranslatedUnit unit = translator.poll(); unit != null; unit = translator.poll()) {
            observer.translated(unit);
            Entry entry = entry(unit.region.entry());
            if (entry.pending == unit) {
                entry.pending = null;
            }
            if (unit.state == State.RETIRED) {
                continue;
            }
            if (unit.failure != null) {
                units.retire(unit, "not translatable: " + unit.failure.getClass().getSimpleName());
                entry.versions = MOST_VERSIONS;
            } else if (unit.unit == null || unit.code == null) {
                cutDown(unit, entry);
            } else {
                install(unit);
            }
        }
    }

    private void install(TranslatedUnit unit) {
        if (unit.link.isResolved()) {
            for (TranslatedUnit other : units.units()) {
                if (other.link == unit.link && other.state == State.ACTIVE) {
                    units.retire(other, "replaced");
                }
            }
        }
        units.install(unit, Objects.requireNonNull(unit.code).bytes().length);
        observer.installed(unit);
        if (unit.state == State.ACTIVE) {
            interpreter.mark(unit.region.entry());
            unit.region.blocks()
                    .stream()
                    .filter(block -> block.endsWithCall())
                    .forEach(b -> interpreter.mark(b.next().pc()));
        }
    }

    /** The code of {@code unit} is too long: it is translated again with fewer instructions. */
    private void cutDown(TranslatedUnit unit, Entry entry) {
        units.retire(unit, "too large");
        observer.tooLarge(unit);
        int length = Objects.requireNonNull(unit.code).bytecodes();
        entry.limit = (int) Math.min(unit.region.instructions() - 1L,
                unit.region.instructions() * (long) Translator.LONGEST_CODE / length);
        if (entry.limit >= SMALLEST_REGION) {
            entry.versions--;
            translate(unit.region.entry());
        }
    }

    @Override
    public void exitIsHot(Exits exits, int index, long target) {
        if (lockstep == null || !lockstep.postpone(() -> hotExit(exits, index, target))) {
            hotExit(exits, index, target);
        }
    }

    private void hotExit(Exits exits, int index, long target) {
        TranslatedUnit unit = units.withExits(exits);
        if (unit == null) {
            return;
        }
        observer.hotExit(unit, index, target);
        long pc = unit.region.entry();
        Entry entry = entry(pc);
        switch (exits.kind(index)) {
            case MEMORY -> {
                if (isAccessSpecial(target, entry)) {
                    translate(pc);
                }
            }
            case GUARD -> {
                entry.wide |= Support.wideRegisters(cpu.registers());
                translate(pc);
            }
            case COLD, JUMP -> {
                boolean included = unit.region.blocks().stream().anyMatch(block -> block.pc() == target);
                if (included || unit.region.cut() || !RegionFinder.isNear(pc, target)) {
                    translate(target);
                } else {
                    translate(pc);
                }
            }
            case EDGE -> translate(target);
            default -> {
                // nothing to be done about it
            }
        }
    }

    /**
     * Finds out why the access at {@code pc} leaves its unit so often; true if another translation can do better. A miss in the TLB
     * is no reason: it is handled, and the next time the access is plain.
     */
    private boolean isAccessSpecial(long pc, Entry entry) {
        GuestInstruction access = guestCode().page(pc) == null ? null : guestCode().instruction(pc);
        if (access == null || !access.op().has(Trait.LOAD) && !access.op().has(Trait.STORE)) {
            return false;
        }
        boolean store = access.op().has(Trait.STORE);
        long address = cpu.gpr(access.rs()) + access.simm();
        if (memory.isDevice(address, store)) {
            return entry.interpreted.add(pc);
        }
        if (!CpuMemory.isPlain(address, 1)) {
            return false;
        }
        PageTables tables = memory.tables();
        int page = PageTables.index(address);
        if ((store ? tables.write() : tables.read())[page] != 0) {
            return entry.apart.add(pc);
        }
        // a store to a page that holds code
        return store && tables.read()[page] != 0 && entry.interpreted.add(pc);
    }

    @Override
    public void jumped(long pc, long target) {
        hotSpots.observe(pc, target);
    }

    @Override
    public void retired(TranslatedUnit unit, String reason) {
        observer.retired(unit, reason);
        long pc = unit.region.entry();
        // so that visits are counted again, although the transfers that lead here are settled
        interpreter.mark(pc);
        hotSpots.restart(pc);
        Entry entry = entry(pc);
        if (entry.pending == unit) {
            entry.pending = null;
        }
        if (reason.equals(UnitCache.CODE_CHANGED)) {
            entry.forgetCode();
        }
        if (++retiredSinceCollection == UNITS_PER_COLLECTION) {
            retiredSinceCollection = 0;
            translator.collect();
        }
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
        return interpreter.describe() + StatisticsReport.of(statistics, units, links.count(), translator.cpuTimeNs(),
                pc -> code.page(pc) == null ? null : code.instruction(pc))
                + (lockstep == null ? "" : lockstep.describe());
    }

    @Override
    public void close() {
        translator.close();
        interpreter.close();
    }
}
