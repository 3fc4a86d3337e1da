package org.xenomips.jit;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.cpu.CpuMemory.CodePage;
import org.xenomips.cpu.PageTables;
import org.xenomips.cpu.interpreter.InterpreterEngine;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.jit.TranslatedUnit.State;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.region.RegionFinder;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.unit.Support;

/**
 * Decides what is translated, and translated again: counts visits, asks for units, installs them, and learns from how they are left.
 *
 * <p>Thread: machine thread. cold: nothing here is called by code that is settled.
 */
final class Policy implements UnitCache.Owner {
    /** Retired units that the collector is asked to unload together. */
    private static final int UNITS_PER_COLLECTION = 512;

    private final Cpu cpu;
    private final CpuMemory memory;
    private final InterpreterEngine interpreter;
    private final JitOptions options;
    private final boolean system;
    private final Links links;
    private final HotSpots hotSpots;
    private final UnitCache units;
    private final Translator translator;
    private final UnitObserver observer;
    private final Runnable unwind;
    private final Map<Long, Entry> entries = new HashMap<>();
    private int retiredSinceCollection;

    /**
     * The policy of one engine.
     *
     * @param system units execute system instructions by themselves
     * @param unwind makes all units return
     */
    Policy(Cpu cpu, InterpreterEngine interpreter, JitOptions options, boolean system, Links links,
            Translator translator, UnitObserver observer, Runnable unwind) {
        this.cpu = cpu;
        this.memory = cpu.memory();
        this.interpreter = interpreter;
        this.options = options;
        this.system = system;
        this.links = links;
        this.translator = translator;
        this.observer = observer;
        this.unwind = unwind;
        this.hotSpots = new HotSpots(options.threshold());
        this.units = new UnitCache(memory, this, options.capacityBytes());
        memory.addCodeListener(units);
        memory.addTranslationListener(units);
        interpreter.onForget(this::forget);
        interpreter.onIdleHead(pc -> units.retireAt(pc, "idle loop"));
    }

    UnitCache units() {
        return units;
    }

    GuestCode guestCode() {
        return new GuestCode(cpu, interpreter, hotSpots, system);
    }

    /** Drops everything: the state of the machine was saved or replaced. */
    private void forget() {
        units.clear("snapshot");
        entries.clear();
    }

    @Override
    public void unwind() {
        unwind.run();
    }

    @Override
    public void allChanged() {
        // given as a word, which is sign-extended where it is an address
        cpu.idlePc().ifPresent(pc -> units.retireAt(pc << 32 >> 32, "idle loop"));
    }

    // What the engine reports

    /** The guest has come to {@code pc}, where there is no unit. */
    void visited(long pc) {
        visited(pc, 1);
    }

    private void visited(long pc, int times) {
        if (hotSpots.isHot(pc, times)) {
            translateHere(pc);
        }
    }

    /** See {@link org.xenomips.cpu.interpreter.Tier#interval}. */
    int reportInterval() {
        return hotSpots.interval();
    }

    /** A transfer was interpreted; see {@link org.xenomips.cpu.interpreter.Tier#transferred}. */
    boolean transferred(long from, long target, boolean taken, boolean indirect) {
        Op op = opOf(from, indirect);
        if (op == null) {
            return false;
        }
        boolean more = hotSpots.note(from, target, taken, indirect, op);
        if (taken && HotSpots.isEntry(op, from, target, indirect)) {
            int context = cpu.cp0().contextKey();
            if (links.find(target, context).isResolved()) {
                interpreter.marks().mark(target);
                return indirect && more;
            }
            if (units.reactivate(target, context)) {
                interpreter.marks().mark(target);
                return false;
            }
            visited(target, hotSpots.weight(op));
        }
        return more;
    }

    /** What the transfer at {@code pc} is; null if it is a return, from which nothing is learnt, or not to be seen. */
    private @Nullable Op opOf(long pc, boolean indirect) {
        HotSpots.Site site = hotSpots.site(pc);
        Op known = site == null ? null : site.op();
        if (known != null) {
            return known;
        }
        GuestCode code = guestCode();
        if (code.page(pc) == null) {
            return null;
        }
        GuestInstruction transfer = code.instruction(pc);
        return indirect && transfer.isReturn() ? null : transfer.op();
    }

    /** The interpreter stands before the marked instruction at {@code pc}: true if a unit can go on there. */
    boolean reached(long pc) {
        int context = cpu.cp0().contextKey();
        if (links.find(pc, context).isResolved() || units.reactivate(pc, context)) {
            return true;
        }
        if (hotSpots.isHot(pc, 1)) {
            translateHere(pc);
            if (entry(pc).isSettled()) {
                unmark(pc);
            }
        }
        return false;
    }

    /** Nothing more will come of the entry at {@code pc}. */
    private void unmark(long pc) {
        CodePage where = memory.peekCode(pc);
        if (where != null) {
            interpreter.marks().unmark(where.ram(), where.offset() + (pc & 0xffc));
        }
    }

    /** The register jump at {@code pc} went to {@code target}. */
    void jumped(long pc, long target) {
        hotSpots.observe(pc, target);
    }

    // Translating

    private Entry entry(long pc) {
        return entries.computeIfAbsent(pc, key -> new Entry());
    }

    /** Asks for a unit at {@code pc}, where the guest is now. */
    private void translateHere(long pc) {
        Entry entry = entry(pc);
        if (entry.isNew()) {
            // what holds a 64-bit address now will hold one the next time
            entry.learnWide(Support.wideRegisters(cpu.registers()));
        }
        translate(pc);
    }

    /** Asks for a unit at {@code pc} for the current mode. */
    private void translate(long pc) {
        Entry entry = entry(pc);
        if (entry.pending != null || entry.isSettled()) {
            return;
        }
        if (!entry.isWorthIt()) {
            hotSpots.restart(pc);
            return;
        }
        if (links.isFull()) {
            startAnew();
            hotSpots.restart(pc);
            return;
        }
        int context = cpu.cp0().contextKey();
        Region region = RegionFinder.find(guestCode(), pc, context, entry.limit(options.regionLimit()), entry.hints());
        if (region == null) {
            return;
        }
        TranslatedUnit unit = new TranslatedUnit(region, links.get(pc, context));
        entry.ask(unit);
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

    /** Installs what the translator has finished; where a slice begins. */
    void installFinished() {
        for (TranslatedUnit unit = translator.poll(); unit != null; unit = translator.poll()) {
            observer.translated(unit);
            Entry entry = entry(unit.region.entry());
            entry.came(unit);
            if (unit.state == State.RETIRED) {
                continue;
            }
            if (unit.failure != null) {
                units.retire(unit, "not translatable: " + unit.failure.getClass().getSimpleName());
                entry.settle();
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
            interpreter.marks().mark(unit.region.entry());
            unit.region.blocks()
                    .stream()
                    .filter(block -> block.endsWithCall())
                    .forEach(b -> interpreter.marks().mark(b.next().pc()));
        }
    }

    /** The code of {@code unit} is too long: it is translated again with fewer instructions. */
    private void cutDown(TranslatedUnit unit, Entry entry) {
        units.retire(unit, "too large");
        observer.tooLarge(unit);
        if (entry.cutDown(unit.region.instructions(), Objects.requireNonNull(unit.code).bytecodes())) {
            translate(unit.region.entry());
        }
    }

    /** Exit {@code index} of {@code exits} was taken often: learns from that. */
    void hotExit(Exits exits, int index, long target) {
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
                entry.learnWide(Support.wideRegisters(cpu.registers()));
                translate(pc);
            }
            case COLD, JUMP -> {
                boolean included = unit.region.blocks().stream().anyMatch(block -> block.pc() == target);
                if (included || unit.region.cut() || !RegionFinder.isNear(pc, target)) {
                    translateUnlessThere(target);
                } else {
                    translate(pc);
                }
            }
            case EDGE -> translateUnlessThere(target);
            default -> {
                // nothing to be done about it
            }
        }
    }

    private void translateUnlessThere(long pc) {
        if (!links.find(pc, cpu.cp0().contextKey()).isResolved()) {
            translateHere(pc);
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
            return entry.learnInterpreted(pc);
        }
        long place = memory.inTables(address);
        if (!CpuMemory.isPlain(place, 1)) {
            return false;
        }
        PageTables tables = memory.tables();
        int page = PageTables.index(place);
        if ((store ? tables.write() : tables.read())[page] != 0) {
            return entry.learnApart(pc);
        }
        // a store to a page that holds code
        return store && tables.read()[page] != 0 && entry.learnInterpreted(pc);
    }

    @Override
    public void retired(TranslatedUnit unit, String reason) {
        observer.retired(unit, reason);
        long pc = unit.region.entry();
        // so that visits are counted again, although the transfers that lead here are settled
        interpreter.marks().mark(pc);
        hotSpots.restart(pc);
        Entry entry = entry(pc);
        entry.came(unit);
        if (reason.equals(UnitCache.CODE_CHANGED)) {
            entry.forgetCode();
        }
        if (++retiredSinceCollection == UNITS_PER_COLLECTION) {
            retiredSinceCollection = 0;
            translator.collect();
        }
    }
}
