package org.xenomips.jit.emit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.jit.analysis.RegisterTypes;
import org.xenomips.jit.analysis.RegisterUse;
import org.xenomips.jit.analysis.Zones;
import org.xenomips.jit.region.Block;
import org.xenomips.jit.region.Block.Ending;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Place;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.region.RegionFinder;
import org.xenomips.jit.region.Translatable;
import org.xenomips.jit.unit.Exits.Kind;

/**
 * Emits the class of one region: a method with a label per block, guest registers in locals, and all cold paths as jumps to side
 * exits. See the package description of {@code org.xenomips.jit} for the rules it follows.
 */
public final class UnitEmitter {
    /** Units nested in each other after which all return to the dispatcher. */
    private static final int DEEPEST = 200;

    private final Region region;
    private final boolean logged;
    private final Zones zones;
    private final CodeBuilder code;
    private final Constants constants;
    private final Locals locals;
    private final ExitTable exits;
    private final ArithmeticEmitter arithmetic;
    private final MultiplyEmitter multiply;
    private final MemoryEmitter memory;
    private final SystemEmitter system;
    private final FpuEmitter fpu;
    private final Label[] labels;
    /** Code that is emitted behind the blocks, where HotSpot's interpreter and readers expect what is rare. */
    private final List<Runnable> later = new ArrayList<>();
    /** The block that is being emitted. */
    private Block block;
    private int zone;
    /** Instructions of the block that were subtracted from the budget and are not executed yet. */
    private int unexecuted;
    /** Registers whose locals may differ from the array. */
    private long dirty;
    private AddressFacts facts;
    /** What is emitted belongs to this line, see {@link GuestLines}. */
    private int line = GuestLines.ENTRY;

    private UnitEmitter(Region region, boolean logged, Zones zones, RegisterTypes types, ClassDesc self,
            CodeBuilder code) {
        this.region = region;
        this.logged = logged;
        this.zones = zones;
        this.code = code;
        constants = new Constants(self, code);
        locals = new Locals(code, constants, types);
        exits = new ExitTable(self, code, constants, locals, zones);
        arithmetic = new ArithmeticEmitter(code, locals);
        multiply = new MultiplyEmitter(code, locals);
        memory = new MemoryEmitter(code, constants, locals, logged);
        system = new SystemEmitter(code, constants, locals, region.context());
        fpu = new FpuEmitter(code, constants, locals, memory, this::later);
        labels = new Label[region.blocks().size()];
        block = region.blocks().getFirst();
        facts = new AddressFacts(region.hints());
    }

    /** Translates {@code region}; {@code logged} = the unit reports that it begins, and each of its stores. */
    public static UnitCode emit(Region region, boolean logged) {
        Zones zones = new Zones(region);
        RegisterTypes types = RegisterTypes.of(region);
        ClassDesc self = ClassDesc.of("org.xenomips.jit.unit.U%08x".formatted((int) region.entry()));
        UnitEmitter[] emitter = new UnitEmitter[1];
        byte[] bytes = ClassFile.of().build(self, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withSuperclass(Names.UNIT);
            builder.with(SourceFileAttribute.of("guest"));
            builder.withMethodBody(ConstantDescs.INIT_NAME, Names.VOID, 0,
                    init -> init.aload(0).invokespecial(Names.UNIT, ConstantDescs.INIT_NAME, Names.VOID).return_());
            builder.withMethodBody("run", Names.RUN, ClassFile.ACC_PUBLIC, code -> {
                emitter[0] = new UnitEmitter(region, logged, zones, types, self, code);
                emitter[0].emit();
            });
            emitter[0].exits.declare(builder);
            emitter[0].constants.declare(builder);
        });
        return emitter[0].result(bytes);
    }

    private UnitCode result(byte[] bytes) {
        return new UnitCode(region, bytes, UnitCode.lengthOfRun(bytes), constants.links(), constants.callSites(),
                exits.kinds(), exits.targets(), exits.unexecuted(), exits.accesses(), locals.names());
    }

    /** What is emitted next belongs to the guest instruction at {@code pc}. */
    private void at(long pc) {
        line = GuestLines.of(region.entry(), pc);
        code.lineNumber(line);
    }

    /** Emits {@code rest} behind the blocks; it belongs to the instruction that is being emitted now. */
    private void later(Runnable rest) {
        int lineOfRest = line;
        later.add(() -> {
            code.lineNumber(lineOfRest);
            rest.run();
        });
    }

    private void emit() {
        for (int i = 0; i < labels.length; i++) {
            labels[i] = code.newLabel();
        }
        code.lineNumber(GuestLines.ENTRY);
        if (logged) {
            constants.pushRuntime();
            code.loadConstant(region.entry()).invokeinterface(Names.RUNTIME, "entered", Names.VOID_OF_LONG);
        }
        loadBudget();
        enterZone(0, region.entry());
        code.goto_(labels[0]);
        for (int i = 0; i < labels.length; i++) {
            emitBlock(i);
        }
        while (!later.isEmpty()) {
            List<Runnable> now = List.copyOf(later);
            later.clear();
            now.forEach(Runnable::run);
        }
        code.lineNumber(GuestLines.EXITS);
        exits.emit();
    }

    private void loadBudget() {
        constants.pushSlice();
        code.getfield(Names.SLICE, "remaining", ConstantDescs.CD_int).istore(Locals.BUDGET);
    }

    private void storeBudget(int unexecutedInstructions) {
        constants.pushSlice();
        code.iload(Locals.BUDGET);
        if (unexecutedInstructions != 0) {
            code.loadConstant(unexecutedInstructions).iadd();
        }
        code.putfield(Names.SLICE, "remaining", ConstantDescs.CD_int);
    }

    /** Reads the registers of the zone of block {@code index}, which begins at {@code pc}; leaves if one is not as expected. */
    private void enterZone(int index, long pc) {
        load(zones.used(zones.zone(index)), pc, 0);
    }

    /** Reads the registers in {@code set}; leaves, to go on at {@code pc}, if one that is kept as {@code int} holds no word. */
    private void load(long set, long pc, int unexecutedInstructions) {
        long words = locals.words(set);
        if (words != 0) {
            constants.pushSlice();
            code.getfield(Names.SLICE, "wide", ConstantDescs.CD_long).loadConstant(words).land();
            code.lconst_0().lcmp().ifne(exits.label(ExitTable.CLEAN, Kind.GUARD, pc, unexecutedInstructions));
        }
        locals.load(set);
    }

    // Blocks

    private void emitBlock(int index) {
        block = region.blocks().get(index);
        zone = zones.zone(index);
        dirty = zones.dirtyAtStart(index);
        locals.freeTemporaries();
        code.labelBinding(labels[index]);
        line = GuestLines.BLOCK;
        code.lineNumber(line);
        facts = new AddressFacts(region.hints());
        block.body().forEach(facts::plan);
        if (block.slot() != null) {
            facts.plan(block.slot());
        }
        memory.begin(facts);
        unexecuted = block.count();
        subtract(unexecuted);
        for (GuestInstruction instruction : block.body()) {
            emitBody(instruction);
        }
        emitEnding();
    }

    private void subtract(int instructions) {
        if (instructions != 0) {
            code.iinc(Locals.BUDGET, -instructions);
        }
    }

    private void emitBody(GuestInstruction instruction) {
        at(instruction.pc());
        if (Translatable.isInline(instruction) && !region.hints().interpreted().contains(instruction.pc())) {
            emitInline(instruction, instruction.pc());
        } else {
            emitInterpreted(instruction);
        }
        unexecuted--;
    }

    /** Emits {@code instruction}; if it cannot be done here, the interpreter goes on at {@code restart}. */
    private void emitInline(GuestInstruction instruction, long restart) {
        if (Translatable.isSystem(instruction)) {
            // behind the instruction: it is executed, and its result is in its local
            dirty |= RegisterUse.writes(instruction);
            system.emit(instruction, unexecuted, exits.label(zone, Kind.EVENT, restart + 4, unexecuted - 1));
            facts.forget(-1L);
            return;
        }
        boolean isAccess = instruction.op().has(Trait.LOAD) || instruction.op().has(Trait.STORE);
        int access = isAccess && restart == instruction.pc() ? instruction.word() : 0;
        Label exit = canLeave(instruction)
                ? exits.label(zone, Kind.MEMORY, restart, unexecuted, access)
                : code.newLabel();
        if (Translatable.isFpu(instruction)) {
            fpu.emit(instruction, exit);
        } else if (!arithmetic.emit(instruction, exit) && !multiply.emit(instruction, exit)
                && !memory.emit(instruction, exit)) {
            throw new IllegalStateException("no code for " + instruction.op());
        }
        changed(RegisterUse.writes(instruction));
    }

    /** False for instructions that are always executed here. */
    private static boolean canLeave(GuestInstruction instruction) {
        Op op = instruction.op();
        return op.has(Trait.MAY_TRAP) || op.has(Trait.COP1) || switch (op) {
            case DIV, DIVU, DDIV, DDIVU -> true;
            default -> false;
        };
    }

    private void changed(long registers) {
        dirty |= registers;
        facts.forget(registers);
    }

    /** Lets the interpreter execute one instruction in the middle of the block. */
    private void emitInterpreted(GuestInstruction instruction) {
        locals.store(dirty);
        storeBudget(unexecuted);
        constants.pushRuntime();
        code.loadConstant(instruction.pc()).invokeinterface(Names.RUNTIME, "interpret", Names.LONG_OF_LONG);
        code.dup2().lstore(Locals.TARGET).loadConstant(instruction.pc() + 4).lcmp();
        Label leave = code.newLabel();
        code.ifne(leave);
        later(() -> code.labelBinding(leave).lload(Locals.TARGET).lreturn());
        // the budget in the local counts the whole block already
        load(zones.used(zone), instruction.pc() + 4, unexecuted - 1);
        dirty = 0;
        facts.forget(-1L);
    }

    // Endings

    private void emitEnding() {
        GuestInstruction transfer = block.transfer();
        GuestInstruction slot = block.slot();
        if (block.ending() == Ending.SYSTEM_CALL) {
            emitSystemCall();
            return;
        }
        if (block.ending() == Ending.EXCEPTION_RETURN) {
            locals.store(dirty);
            storeBudget(0);
            constants.pushRuntime();
            code.invokeinterface(Names.RUNTIME, "exceptionReturn", Names.EXCEPTION_RETURN).lreturn();
            return;
        }
        if (transfer == null || slot == null) {
            Kind kind = block.ending() == Ending.INTERPRET ? Kind.INTERPRET : edgeKind();
            goOn(block.next(), kind);
            return;
        }
        at(transfer.pc());
        switch (block.ending()) {
            case BRANCH -> emitBranch(transfer, slot);
            case LIKELY -> emitLikely(transfer, slot);
            case JUMP -> {
                emitSlot(slot, transfer);
                if (RegionFinder.isNear(region.entry(), transfer.target())) {
                    goBackOrOn(transfer, block.target());
                } else {
                    call(transfer, transfer.target());
                    code.lreturn();
                }
            }
            case INLINED_CALL -> {
                link(transfer);
                emitSlot(slot, transfer);
                goBackOrOn(transfer, block.target());
            }
            case INLINED_RETURN -> emitInlinedReturn(transfer, slot);
            case CALL -> emitCall(transfer, slot);
            case CALL_REGISTER -> emitCallRegister(transfer, slot);
            default -> emitJumpRegister(transfer, slot);
        }
    }

    private Kind edgeKind() {
        return region.cut() ? Kind.EDGE : Kind.COLD;
    }

    private void emitSlot(GuestInstruction slot, GuestInstruction transfer) {
        at(slot.pc());
        emitInline(slot, transfer.pc());
        unexecuted = 0;
        at(transfer.pc());
    }

    /** Goes to the block at {@code place}, or leaves. */
    private void goOn(Place place, Kind kind) {
        int index = kind == Kind.INTERPRET ? -1 : zones.block(place);
        if (index >= 0) {
            code.goto_(labels[index]);
        } else {
            code.goto_(exits.label(zone, kind, place.pc(), 0));
        }
    }

    /** Goes to the target of {@code transfer}; backwards only if the slice is not over. */
    private void goBackOrOn(GuestInstruction transfer, Place target) {
        if (target.pc() <= transfer.pc()) {
            code.iload(Locals.BUDGET).ifle(exits.label(zone, Kind.STOP, target.pc(), 0));
        }
        goOn(target, edgeKind());
    }

    private void emitBranch(GuestInstruction branch, GuestInstruction slot) {
        Label taken = code.newLabel();
        requireFpuFor(branch);
        if (Translatable.isFpu(slot) && branch.op().has(Trait.COP1)
                || (RegisterUse.writes(slot) & RegisterUse.reads(branch)) != 0) {
            int condition = locals.temporary(1);
            Label isTrue = code.newLabel();
            Label done = code.newLabel();
            branchIf(branch, isTrue);
            code.iconst_0().goto_(done).labelBinding(isTrue).iconst_1().labelBinding(done).istore(condition);
            emitSlot(slot, branch);
            code.iload(condition).ifne(taken);
        } else {
            emitSlot(slot, branch);
            branchIf(branch, taken);
        }
        goOn(block.next(), edgeKind());
        code.labelBinding(taken);
        goBackOrOn(branch, block.target());
    }

    private void requireFpuFor(GuestInstruction branch) {
        if (branch.op().has(Trait.COP1)) {
            fpu.requireUsable(exits.label(zone, Kind.INTERPRET, branch.pc(), unexecuted));
        }
    }

    private void emitLikely(GuestInstruction branch, GuestInstruction slot) {
        Label taken = code.newLabel();
        requireFpuFor(branch);
        branchIf(branch, taken);
        goOn(block.next(), edgeKind());
        code.labelBinding(taken);
        subtract(1);
        unexecuted = 2;
        emitSlot(slot, branch);
        goBackOrOn(branch, block.target());
    }

    /** Jumps to {@code target} when {@code branch} is taken. */
    private void branchIf(GuestInstruction branch, Label target) {
        if (branch.op().has(Trait.COP1)) {
            fpu.pushCondition(branch);
            code.ifne(target);
            return;
        }
        Opcode condition = switch (branch.op()) {
            case BEQ, BEQL -> Opcode.IFEQ;
            case BNE, BNEL -> Opcode.IFNE;
            case BLEZ, BLEZL -> Opcode.IFLE;
            case BGTZ, BGTZL -> Opcode.IFGT;
            case BLTZ, BLTZL -> Opcode.IFLT;
            case BGEZ, BGEZL -> Opcode.IFGE;
            default -> throw new IllegalStateException("not a branch: " + branch.op());
        };
        boolean two = condition == Opcode.IFEQ || condition == Opcode.IFNE;
        int right = two ? branch.rt() : 0;
        if (!locals.isWide(branch.rs()) && !locals.isWide(right)) {
            if (right == 0) {
                locals.pushInt(branch.rs());
                code.branch(condition, target);
            } else {
                locals.pushInt(branch.rs());
                locals.pushInt(right);
                code.branch(condition == Opcode.IFEQ ? Opcode.IF_ICMPEQ : Opcode.IF_ICMPNE, target);
            }
        } else {
            locals.pushLong(branch.rs());
            locals.pushLong(right);
            code.lcmp().branch(condition, target);
        }
    }

    // Calls and jumps through registers

    private void link(GuestInstruction transfer) {
        int register = transfer.op() == Op.JALR ? transfer.rd() : 31;
        code.loadConstant((int) (transfer.pc() + 8));
        locals.popInt(register);
        changed(1L << register);
    }

    private void emitCall(GuestInstruction transfer, GuestInstruction slot) {
        link(transfer);
        emitSlot(slot, transfer);
        call(transfer, transfer.target());
        returned();
    }

    /** Calls the unit at {@code target}; leaves what that returns on the stack. */
    private void call(GuestInstruction transfer, long target) {
        if (target <= transfer.pc()) {
            code.iload(Locals.BUDGET).ifle(exits.label(zone, Kind.STOP, target, 0));
        }
        code.iload(Locals.DEPTH).loadConstant(DEEPEST).if_icmpge(exits.label(zone, Kind.DEPTH, target, 0));
        locals.store(dirty);
        storeBudget(0);
        constants.pushLink(target);
        code.getfield(Names.LINK, "unit", Names.UNIT);
        invokeUnit();
    }

    private void emitSystemCall() {
        long pc = block.next().pc() - 4;
        code.iload(Locals.DEPTH).loadConstant(DEEPEST).if_icmpge(exits.label(zone, Kind.INTERPRET, pc, 0));
        locals.store(dirty);
        storeBudget(0);
        constants.pushRuntime();
        code.loadConstant(pc)
                .loadConstant(region.context())
                .iload(Locals.DEPTH)
                .invokeinterface(Names.RUNTIME, "systemCall", Names.SYSTEM_CALL);
        returned();
    }

    private void invokeUnit() {
        code.iload(Locals.DEPTH).iconst_1().iadd().invokevirtual(Names.UNIT, "run", Names.RUN);
    }

    /** Goes on behind a call; what the callee returned is on the stack. */
    private void returned() {
        long expected = block.next().pc();
        int index = zones.block(block.next());
        if (index < 0) {
            code.lreturn();
            return;
        }
        Label elsewhere = code.newLabel();
        Label back = code.newLabel();
        code.dup2().lstore(Locals.TARGET).loadConstant(expected).lcmp().ifne(elsewhere).labelBinding(back);
        loadBudget();
        enterZone(index, expected);
        code.goto_(labels[index]);
        later(() -> {
            code.labelBinding(elsewhere);
            constants.pushRuntime();
            code.lload(Locals.TARGET)
                    .loadConstant(expected)
                    .loadConstant(region.context())
                    .iload(Locals.DEPTH)
                    .invokeinterface(Names.RUNTIME, "dispatch", Names.DISPATCH)
                    .dup2()
                    .lstore(Locals.TARGET)
                    .loadConstant(expected)
                    .lcmp()
                    .ifeq(back)
                    .lload(Locals.TARGET)
                    .lreturn();
        });
    }

    /** Leaves the address in rs of {@code transfer} in {@link Locals#TARGET} and executes the slot. */
    private void targetThenSlot(GuestInstruction transfer, GuestInstruction slot, boolean links) {
        locals.pushLong(transfer.rs());
        code.dup2().lstore(Locals.TARGET).l2i().iconst_3().iand();
        code.ifne(exits.label(zone, Kind.INTERPRET, transfer.pc(), unexecuted));
        if (links) {
            link(transfer);
        }
        emitSlot(slot, transfer);
    }

    private void emitCallRegister(GuestInstruction transfer, GuestInstruction slot) {
        targetThenSlot(transfer, slot, true);
        emitCases(transfer);
        callTarget(transfer);
        returned();
    }

    /** Calls the unit at the address in {@link Locals#TARGET}; leaves what that returns on the stack. */
    private void callTarget(GuestInstruction transfer) {
        Label spent = code.newLabel();
        Label ready = code.newLabel();
        code.iload(Locals.BUDGET).ifle(spent).labelBinding(ready);
        Label deep = code.newLabel();
        code.iload(Locals.DEPTH).loadConstant(DEEPEST).if_icmpge(deep);
        long atCall = dirty;
        int zoneOfCall = zone;
        int stop = exits.number(zone, Kind.STOP, transfer.pc());
        int depth = exits.number(zone, Kind.DEPTH, transfer.pc());
        later(() -> {
            code.labelBinding(spent).lload(Locals.TARGET).loadConstant(transfer.pc()).lcmp().ifgt(ready);
            leave(stop, zoneOfCall);
            code.labelBinding(deep);
            leave(depth, zoneOfCall);
        });
        locals.store(atCall);
        storeBudget(0);
        int site = constants.newCallSite();
        constants.pushCallSite(site);
        code.lload(Locals.TARGET)
                .invokevirtual(Names.CALL_SITE, "find", Names.FIND)
                .getfield(Names.LINK, "unit", Names.UNIT);
        invokeUnit();
    }

    /** Leaves through exit {@code number} to the address in {@link Locals#TARGET}. */
    private void leave(int number, int zoneOfExit) {
        locals.store(zones.written(zoneOfExit));
        constants.pushExits();
        code.loadConstant(number)
                .iload(Locals.BUDGET)
                .lload(Locals.TARGET)
                .invokevirtual(Names.EXITS, "leave", Names.LEAVE)
                .lreturn();
    }

    private void emitJumpRegister(GuestInstruction transfer, GuestInstruction slot) {
        targetThenSlot(transfer, slot, false);
        if (!transfer.isReturn()) {
            if (block.ending() == Ending.FAR_JUMP) {
                callTarget(transfer);
                code.lreturn();
            } else {
                emitSwitch(transfer);
            }
            return;
        }
        locals.store(dirty);
        storeBudget(0);
        Label spent = code.newLabel();
        code.iload(Locals.BUDGET).ifle(spent).lload(Locals.TARGET).lreturn();
        later(() -> code.labelBinding(spent)
                .lload(Locals.TARGET)
                .loadConstant(transfer.pc())
                .invokestatic(Names.EXITS, "lookIfBackward", Names.LONG_OF_LONGS)
                .lreturn());
    }

    private void emitInlinedReturn(GuestInstruction transfer, GuestInstruction slot) {
        Label elsewhere = exits.label(zone, Kind.INTERPRET, transfer.pc(), unexecuted);
        if (locals.isWide(transfer.rs())) {
            locals.pushLong(transfer.rs());
            code.loadConstant(block.target().pc()).lcmp().ifne(elsewhere);
        } else {
            locals.pushInt(transfer.rs());
            code.loadConstant((int) block.target().pc()).if_icmpne(elsewhere);
        }
        emitSlot(slot, transfer);
        goBackOrOn(transfer, block.target());
    }

    /** Goes to those targets of a jump or call that belong to the region; goes on here for all others. */
    private void emitCases(GuestInstruction transfer) {
        if (block.targets().isEmpty()) {
            return;
        }
        Label unknown = code.newLabel();
        List<SwitchCase> cases = new ArrayList<>();
        List<Runnable> hops = new ArrayList<>();
        for (Place target : block.targets()) {
            Label hop = code.newLabel();
            cases.add(SwitchCase.of((int) target.pc(), hop));
            hops.add(() -> {
                code.labelBinding(hop);
                goBackOrOn(transfer, target);
            });
        }
        if (locals.isWide(transfer.rs())) {
            code.lload(Locals.TARGET).dup2().l2i().i2l().lcmp().ifne(unknown);
        }
        code.lload(Locals.TARGET).l2i().lookupswitch(unknown, cases);
        hops.forEach(Runnable::run);
        code.labelBinding(unknown);
    }

    /** Goes to the observed targets of a jump; all others leave. */
    private void emitSwitch(GuestInstruction transfer) {
        emitCases(transfer);
        int zoneOfJump = zone;
        int jump = exits.number(zone, Kind.JUMP, transfer.pc());
        int stop = exits.number(zone, Kind.STOP, transfer.pc());
        Label spent = code.newLabel();
        Label leave = code.newLabel();
        code.iload(Locals.BUDGET).ifle(spent).labelBinding(leave);
        leave(jump, zoneOfJump);
        later(() -> {
            code.labelBinding(spent).lload(Locals.TARGET).loadConstant(transfer.pc()).lcmp().ifgt(leave);
            leave(stop, zoneOfJump);
        });
    }
}
