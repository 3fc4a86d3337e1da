package org.xenomips.jit.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import org.xenomips.jit.analysis.Zones;
import org.xenomips.jit.region.Block;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Place;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.unit.Exits.Kind;

/** The unit that is being emitted: what its emitters share, how far they have come, and how its blocks are reached. */
final class UnitScope {
    final Region region;
    final Zones zones;
    final CodeBuilder code;
    final Constants constants;
    final Locals locals;
    final ExitTable exits;
    /** Of the blocks, by index. */
    final List<Label> labels;
    /** The block that is being emitted. */
    Block block;
    int zone;
    /** Instructions of the block that were subtracted from the budget and are not executed yet. */
    int unexecuted;
    /** Registers whose locals may differ from the array. */
    long dirty;
    AddressFacts facts;
    /** What is emitted belongs to this line, see {@link GuestLines}. */
    private int line = GuestLines.ENTRY;
    /** Code that is emitted behind the blocks, where HotSpot's interpreter and readers expect what is rare. */
    private final List<Runnable> later = new ArrayList<>();

    UnitScope(Region region, Zones zones, CodeBuilder code, Constants constants, Locals locals, ExitTable exits) {
        this.region = region;
        this.zones = zones;
        this.code = code;
        this.constants = constants;
        this.locals = locals;
        this.exits = exits;
        this.labels = region.blocks().stream().map(each -> code.newLabel()).toList();
        this.block = region.blocks().getFirst();
        this.facts = new AddressFacts(region.hints());
    }

    /** Block {@code index} is emitted next. */
    void begin(int index) {
        block = region.blocks().get(index);
        zone = zones.zone(index);
        dirty = zones.dirtyAtStart(index);
        locals.freeTemporaries();
        code.labelBinding(labels.get(index));
        line = GuestLines.BLOCK;
        code.lineNumber(line);
        facts = new AddressFacts(region.hints());
        block.body().forEach(facts::plan);
        if (block.slot() != null) {
            facts.plan(block.slot());
        }
        unexecuted = block.count();
        subtract(unexecuted);
    }

    /** Emits what was to come behind the blocks. */
    void emitLater() {
        while (!later.isEmpty()) {
            List<Runnable> now = List.copyOf(later);
            later.clear();
            now.forEach(Runnable::run);
        }
    }

    /** What is emitted next belongs to the guest instruction at {@code pc}. */
    void at(long pc) {
        line = GuestLines.of(region.entry(), pc);
        code.lineNumber(line);
    }

    /** Emits {@code rest} behind the blocks; it belongs to the instruction that is being emitted now. */
    void later(Runnable rest) {
        int lineOfRest = line;
        later.add(() -> {
            code.lineNumber(lineOfRest);
            rest.run();
        });
    }

    void loadBudget() {
        constants.pushSlice();
        code.getfield(Names.SLICE, "remaining", ConstantDescs.CD_int).istore(Locals.BUDGET);
    }

    void storeBudget(int unexecutedInstructions) {
        constants.pushSlice();
        code.iload(Locals.BUDGET);
        if (unexecutedInstructions != 0) {
            code.loadConstant(unexecutedInstructions).iadd();
        }
        code.putfield(Names.SLICE, "remaining", ConstantDescs.CD_int);
    }

    /** Reads the registers of the zone of block {@code index}, which begins at {@code pc}; leaves if one is not as expected. */
    void enterZone(int index, long pc) {
        load(zones.used(zones.zone(index)), pc, 0);
    }

    /** Reads the registers in {@code set}; leaves, to go on at {@code pc}, if one that is kept as {@code int} holds no word. */
    void load(long set, long pc, int unexecutedInstructions) {
        long words = locals.words(set);
        if (words != 0) {
            constants.pushSlice();
            code.getfield(Names.SLICE, "wide", ConstantDescs.CD_long).loadConstant(words).land();
            code.lconst_0().lcmp().ifne(exits.label(ExitTable.CLEAN, Kind.GUARD, pc, unexecutedInstructions));
        }
        locals.load(set);
    }

    void subtract(int instructions) {
        if (instructions != 0) {
            code.iinc(Locals.BUDGET, -instructions);
        }
    }

    void changed(long registers) {
        dirty |= registers;
        facts.forget(registers);
    }

    Kind edgeKind() {
        return region.cut() ? Kind.EDGE : Kind.COLD;
    }

    /** Goes to the block at {@code place}, or leaves. */
    void goOn(Place place, Kind kind) {
        int index = kind == Kind.INTERPRET ? -1 : zones.block(place);
        if (index >= 0) {
            code.goto_(labels.get(index));
        } else {
            code.goto_(exits.label(zone, kind, place.pc(), 0));
        }
    }

    /** Goes to the target of {@code transfer}; backwards only if the slice is not over. */
    void goBackOrOn(GuestInstruction transfer, Place target) {
        if (target.pc() <= transfer.pc()) {
            code.iload(Locals.BUDGET).ifle(exits.label(zone, Kind.STOP, target.pc(), 0));
        }
        goOn(target, edgeKind());
    }

    /** Leaves through exit {@code number} to the address in {@link Locals#TARGET}. */
    void leave(int number, int zoneOfExit) {
        locals.store(zones.written(zoneOfExit));
        constants.pushExits();
        code.loadConstant(number)
                .iload(Locals.BUDGET)
                .lload(Locals.TARGET)
                .invokevirtual(Names.EXITS, "leave", Names.LEAVE)
                .lreturn();
    }
}
