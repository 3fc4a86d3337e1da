package org.xenomips.jit.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.util.ArrayList;
import java.util.List;
import org.xenomips.cpu.Cp0;
import org.xenomips.isa.Op;
import org.xenomips.jit.analysis.Zones;
import org.xenomips.jit.region.Block.Ending;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Place;
import org.xenomips.jit.unit.Exits.Kind;
import org.xenomips.jit.unit.Unit;

/** Code for the ends of blocks that lead to other units or through registers: calls, returns, jumps. */
final class CallEmitter {
    /** Units nested in each other after which all return to the dispatcher. */
    private static final int DEEPEST = 200;

    /** Emits the delay slot of a transfer. */
    @FunctionalInterface
    interface Slots {
        void emit(GuestInstruction slot, GuestInstruction transfer);
    }

    private final UnitScope scope;
    private final Slots slots;
    private final CodeBuilder code;
    private final Constants constants;
    private final Locals locals;
    private final ExitTable exits;
    private final Zones zones;

    CallEmitter(UnitScope scope, Slots slots) {
        this.scope = scope;
        this.slots = slots;
        code = scope.code;
        constants = scope.constants;
        locals = scope.locals;
        exits = scope.exits;
        zones = scope.zones;
    }

    void link(GuestInstruction transfer) {
        int register = transfer.op() == Op.JALR ? transfer.rd() : 31;
        code.loadConstant((int) (transfer.pc() + 8));
        locals.popInt(register);
        scope.changed(1L << register);
    }

    void emitCall(GuestInstruction transfer, GuestInstruction slot) {
        link(transfer);
        slots.emit(slot, transfer);
        call(transfer, transfer.target());
        returned();
    }

    /** Calls the unit at {@code target}; leaves what that returns on the stack. */
    void call(GuestInstruction transfer, long target) {
        if (target <= transfer.pc()) {
            code.iload(Locals.BUDGET).ifle(exits.label(scope.zone, Kind.STOP, target, 0));
        }
        code.iload(Locals.DEPTH).loadConstant(DEEPEST).if_icmpge(exits.label(scope.zone, Kind.DEPTH, target, 0));
        locals.store(scope.dirty);
        scope.storeBudget(0);
        constants.pushLink(target);
        code.getfield(Names.LINK, "unit", Names.UNIT);
        invokeUnit();
    }

    void emitSystemCall() {
        long pc = scope.block.next().pc() - 4;
        code.iload(Locals.DEPTH).loadConstant(DEEPEST).if_icmpge(exits.label(scope.zone, Kind.INTERPRET, pc, 0));
        locals.store(scope.dirty);
        scope.storeBudget(0);
        constants.pushExceptions();
        code.loadConstant(pc)
                .invokevirtual(Names.EXCEPTIONS, "systemCall", Names.SYSTEM_CALL)
                .getfield(Names.LINK, "unit", Names.UNIT);
        invokeUnit();
        if (Cp0.isKernel(scope.region.context())) {
            returned();
        } else {
            returnedToUser();
        }
    }

    private void invokeUnit() {
        code.iload(Locals.DEPTH).iconst_1().iadd().invokevirtual(Names.UNIT, "run", Names.RUN);
    }

    /** Goes on behind a call; what the callee returned is on the stack. */
    private void returned() {
        int index = zones.block(scope.block.next());
        if (index < 0) {
            code.lreturn();
            return;
        }
        Label elsewhere = code.newLabel();
        code.dup2().lstore(Locals.TARGET).loadConstant(scope.block.next().pc()).lcmp().ifne(elsewhere);
        goOnBehind(index, elsewhere);
    }

    /** The same behind a system call outside of kernel mode: ERET has changed the mode, so the handler wants to leave. */
    private void returnedToUser() {
        int index = zones.block(scope.block.next());
        if (index < 0) {
            code.lreturn();
            return;
        }
        Label elsewhere = code.newLabel();
        code.dup2().lstore(Locals.TARGET).loadConstant(scope.block.next().pc() | Unit.LEAVE).lcmp().ifne(elsewhere);
        constants.pushRuntime();
        code.loadConstant(scope.region.context())
                .invokeinterface(Names.RUNTIME, "isDisturbed", Names.IS_DISTURBED)
                .ifne(elsewhere);
        goOnBehind(index, elsewhere);
    }

    /** Goes on with block {@code index}, the one behind a call; at {@code elsewhere} the guest has not come back yet. */
    private void goOnBehind(int index, Label elsewhere) {
        long expected = scope.block.next().pc();
        Label back = code.newLabel();
        code.labelBinding(back);
        scope.loadBudget();
        scope.enterZone(index, expected);
        code.goto_(scope.labels.get(index));
        scope.later(() -> {
            code.labelBinding(elsewhere);
            constants.pushRuntime();
            code.lload(Locals.TARGET)
                    .loadConstant(expected)
                    .loadConstant(scope.region.context())
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
        code.ifne(exits.label(scope.zone, Kind.INTERPRET, transfer.pc(), scope.unexecuted));
        if (links) {
            link(transfer);
        }
        slots.emit(slot, transfer);
    }

    void emitCallRegister(GuestInstruction transfer, GuestInstruction slot) {
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
        long atCall = scope.dirty;
        int zoneOfCall = scope.zone;
        int stop = exits.number(scope.zone, Kind.STOP, transfer.pc());
        int depth = exits.number(scope.zone, Kind.DEPTH, transfer.pc());
        scope.later(() -> {
            code.labelBinding(spent).lload(Locals.TARGET).loadConstant(transfer.pc()).lcmp().ifgt(ready);
            scope.leave(stop, zoneOfCall);
            code.labelBinding(deep);
            scope.leave(depth, zoneOfCall);
        });
        locals.store(atCall);
        scope.storeBudget(0);
        int site = constants.newCallSite();
        constants.pushCallSite(site);
        code.lload(Locals.TARGET)
                .invokevirtual(Names.CALL_SITE, "find", Names.FIND)
                .getfield(Names.LINK, "unit", Names.UNIT);
        invokeUnit();
    }

    void emitJumpRegister(GuestInstruction transfer, GuestInstruction slot) {
        targetThenSlot(transfer, slot, false);
        if (!transfer.isReturn()) {
            if (scope.block.ending() == Ending.FAR_JUMP) {
                callTarget(transfer);
                code.lreturn();
            } else {
                emitSwitch(transfer);
            }
            return;
        }
        locals.store(scope.dirty);
        scope.storeBudget(0);
        Label spent = code.newLabel();
        code.iload(Locals.BUDGET).ifle(spent).lload(Locals.TARGET).lreturn();
        scope.later(() -> code.labelBinding(spent)
                .lload(Locals.TARGET)
                .loadConstant(transfer.pc())
                .invokestatic(Names.EXITS, "lookIfBackward", Names.LONG_OF_LONGS)
                .lreturn());
    }

    void emitInlinedReturn(GuestInstruction transfer, GuestInstruction slot) {
        Label elsewhere = exits.label(scope.zone, Kind.INTERPRET, transfer.pc(), scope.unexecuted);
        if (locals.isWide(transfer.rs())) {
            locals.pushLong(transfer.rs());
            code.loadConstant(scope.block.target().pc()).lcmp().ifne(elsewhere);
        } else {
            locals.pushInt(transfer.rs());
            code.loadConstant((int) scope.block.target().pc()).if_icmpne(elsewhere);
        }
        slots.emit(slot, transfer);
        scope.goBackOrOn(transfer, scope.block.target());
    }

    /** Goes to those targets of a jump or call that belong to the region; goes on here for all others. */
    private void emitCases(GuestInstruction transfer) {
        if (scope.block.targets().isEmpty()) {
            return;
        }
        Label unknown = code.newLabel();
        List<SwitchCase> cases = new ArrayList<>();
        List<Runnable> hops = new ArrayList<>();
        for (Place target : scope.block.targets()) {
            Label hop = code.newLabel();
            cases.add(SwitchCase.of((int) target.pc(), hop));
            hops.add(() -> {
                code.labelBinding(hop);
                scope.goBackOrOn(transfer, target);
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
        int zoneOfJump = scope.zone;
        int jump = exits.number(scope.zone, Kind.JUMP, transfer.pc());
        int stop = exits.number(scope.zone, Kind.STOP, transfer.pc());
        Label spent = code.newLabel();
        Label leave = code.newLabel();
        code.iload(Locals.BUDGET).ifle(spent).labelBinding(leave);
        scope.leave(jump, zoneOfJump);
        scope.later(() -> {
            code.labelBinding(spent).lload(Locals.TARGET).loadConstant(transfer.pc()).lcmp().ifgt(leave);
            scope.leave(stop, zoneOfJump);
        });
    }
}
