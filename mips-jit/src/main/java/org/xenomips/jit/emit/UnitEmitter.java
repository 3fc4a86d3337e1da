package org.xenomips.jit.emit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.jit.analysis.RegisterTypes;
import org.xenomips.jit.analysis.RegisterUse;
import org.xenomips.jit.analysis.Zones;
import org.xenomips.jit.region.Block.Ending;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.region.RegionFinder;
import org.xenomips.jit.region.Translatable;
import org.xenomips.jit.unit.Exits.Kind;

/**
 * Emits the class of one region: a method with a label per block, guest registers in locals, and all cold paths as jumps to side
 * exits. See the package description of {@code org.xenomips.jit} for the rules it follows.
 */
public final class UnitEmitter {
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
    private final CallEmitter calls;
    private final UnitScope scope;

    private UnitEmitter(Region region, boolean logged, Zones zones, RegisterTypes types, ClassDesc self,
            CodeBuilder code) {
        this.region = region;
        this.logged = logged;
        this.zones = zones;
        this.code = code;
        constants = new Constants(self, code);
        locals = new Locals(code, constants, types);
        exits = new ExitTable(self, code, constants, locals, zones);
        scope = new UnitScope(region, zones, code, constants, locals, exits);
        calls = new CallEmitter(scope, this::emitSlot);
        arithmetic = new ArithmeticEmitter(code, locals);
        multiply = new MultiplyEmitter(code, locals);
        memory = new MemoryEmitter(code, constants, locals, logged, region.context(), scope::later);
        system = new SystemEmitter(code, constants, locals, region.context());
        fpu = new FpuEmitter(code, constants, locals, memory, scope::later);
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

    private void emit() {
        code.lineNumber(GuestLines.ENTRY);
        if (logged) {
            constants.pushRuntime();
            code.loadConstant(region.entry()).invokeinterface(Names.RUNTIME, "entered", Names.VOID_OF_LONG);
        }
        scope.loadBudget();
        scope.enterZone(0, region.entry());
        code.goto_(scope.labels.getFirst());
        for (int i = 0; i < scope.labels.size(); i++) {
            emitBlock(i);
        }
        scope.emitLater();
        code.lineNumber(GuestLines.EXITS);
        exits.emit();
    }

    // Blocks

    private void emitBlock(int index) {
        scope.begin(index);
        memory.begin(scope.facts);
        for (GuestInstruction instruction : scope.block.body()) {
            emitBody(instruction);
        }
        emitEnding();
    }

    private void emitBody(GuestInstruction instruction) {
        scope.at(instruction.pc());
        if (Translatable.isInline(instruction) && !region.hints().interpreted().contains(instruction.pc())) {
            emitInline(instruction, instruction.pc());
        } else {
            emitInterpreted(instruction);
        }
        scope.unexecuted--;
    }

    /** Emits {@code instruction}; if it cannot be done here, the interpreter goes on at {@code restart}. */
    private void emitInline(GuestInstruction instruction, long restart) {
        if (Translatable.isSystem(instruction)) {
            // behind the instruction: it is executed, and its result is in its local
            scope.dirty |= RegisterUse.writes(instruction);
            system.emit(instruction, scope.unexecuted,
                    exits.label(scope.zone, Kind.EVENT, restart + 4, scope.unexecuted - 1));
            scope.facts.forget(-1L);
            return;
        }
        // an access of the FPU may leave because the FPU is not usable, which comes before what its address meets
        boolean isAccess = (instruction.op().has(Trait.LOAD) || instruction.op().has(Trait.STORE))
                && !instruction.op().has(Trait.COP1);
        int access = isAccess && restart == instruction.pc() ? instruction.word() : 0;
        Label exit = canLeave(instruction)
                ? exits.label(scope.zone, Kind.MEMORY, restart, scope.unexecuted, access)
                : code.newLabel();
        if (Translatable.isFpu(instruction)) {
            fpu.emit(instruction, exit);
        } else if (!arithmetic.emit(instruction, exit) && !multiply.emit(instruction, exit)
                && !memory.emit(instruction, exit)) {
            throw new IllegalStateException("no code for " + instruction.op());
        }
        scope.changed(RegisterUse.writes(instruction));
    }

    /** False for instructions that are always executed here. */
    private static boolean canLeave(GuestInstruction instruction) {
        Op op = instruction.op();
        return op.has(Trait.MAY_TRAP) || op.has(Trait.COP1) || switch (op) {
            case DIV, DIVU, DDIV, DDIVU -> true;
            default -> false;
        };
    }

    /** Lets the interpreter execute one instruction in the middle of the block. */
    private void emitInterpreted(GuestInstruction instruction) {
        locals.store(scope.dirty);
        scope.storeBudget(scope.unexecuted);
        constants.pushRuntime();
        code.loadConstant(instruction.pc()).invokeinterface(Names.RUNTIME, "interpret", Names.LONG_OF_LONG);
        code.dup2().lstore(Locals.TARGET).loadConstant(instruction.pc() + 4).lcmp();
        Label leave = code.newLabel();
        code.ifne(leave);
        scope.later(() -> code.labelBinding(leave).lload(Locals.TARGET).lreturn());
        // the budget in the local counts the whole block already
        scope.load(zones.used(scope.zone), instruction.pc() + 4, scope.unexecuted - 1);
        scope.dirty = 0;
        scope.facts.forget(-1L);
    }

    // Endings

    private void emitEnding() {
        GuestInstruction transfer = scope.block.transfer();
        GuestInstruction slot = scope.block.slot();
        if (scope.block.ending() == Ending.SYSTEM_CALL) {
            calls.emitSystemCall();
            return;
        }
        if (scope.block.ending() == Ending.EXCEPTION_RETURN) {
            locals.store(scope.dirty);
            scope.storeBudget(0);
            constants.pushExceptions();
            code.loadConstant(region.context())
                    .invokevirtual(Names.EXCEPTIONS, "exceptionReturn", Names.EXCEPTION_RETURN)
                    .lreturn();
            return;
        }
        if (transfer == null || slot == null) {
            Kind kind = scope.block.ending() == Ending.INTERPRET ? Kind.INTERPRET : scope.edgeKind();
            scope.goOn(scope.block.next(), kind);
            return;
        }
        scope.at(transfer.pc());
        switch (scope.block.ending()) {
            case BRANCH -> emitBranch(transfer, slot);
            case LIKELY -> emitLikely(transfer, slot);
            case JUMP -> {
                emitSlot(slot, transfer);
                if (RegionFinder.isNear(region.entry(), transfer.target())) {
                    scope.goBackOrOn(transfer, scope.block.target());
                } else {
                    calls.call(transfer, transfer.target());
                    code.lreturn();
                }
            }
            case INLINED_CALL -> {
                calls.link(transfer);
                emitSlot(slot, transfer);
                scope.goBackOrOn(transfer, scope.block.target());
            }
            case INLINED_RETURN -> calls.emitInlinedReturn(transfer, slot);
            case CALL -> calls.emitCall(transfer, slot);
            case CALL_REGISTER -> calls.emitCallRegister(transfer, slot);
            default -> calls.emitJumpRegister(transfer, slot);
        }
    }

    private void emitSlot(GuestInstruction slot, GuestInstruction transfer) {
        scope.at(slot.pc());
        emitInline(slot, transfer.pc());
        scope.unexecuted = 0;
        scope.at(transfer.pc());
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
        scope.goOn(scope.block.next(), scope.edgeKind());
        code.labelBinding(taken);
        scope.goBackOrOn(branch, scope.block.target());
    }

    private void requireFpuFor(GuestInstruction branch) {
        if (branch.op().has(Trait.COP1)) {
            fpu.requireUsable(exits.label(scope.zone, Kind.INTERPRET, branch.pc(), scope.unexecuted));
        }
    }

    private void emitLikely(GuestInstruction branch, GuestInstruction slot) {
        Label taken = code.newLabel();
        requireFpuFor(branch);
        branchIf(branch, taken);
        scope.goOn(scope.block.next(), scope.edgeKind());
        code.labelBinding(taken);
        scope.subtract(1);
        scope.unexecuted = 2;
        emitSlot(slot, branch);
        scope.goBackOrOn(branch, scope.block.target());
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

}
