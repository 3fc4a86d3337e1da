package org.xenomips.jit.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.xenomips.cpu.Cpu;
import org.xenomips.isa.Op;
import org.xenomips.jit.region.GuestInstruction;

/** Code for the instructions that work on registers only: each is its meaning in {@code cpu.Semantics*} once more, as bytecode. */
final class ArithmeticEmitter {
    private static final MethodTypeDesc COUNT = MethodTypeDesc.of(CD_int, CD_int);
    private static final MethodTypeDesc LONG_COUNT = MethodTypeDesc.of(CD_int, CD_long);
    private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(CD_int, CD_long, CD_long);

    private final CodeBuilder code;
    private final Locals locals;

    ArithmeticEmitter(CodeBuilder code, Locals locals) {
        this.code = code;
        this.locals = locals;
    }

    /**
     * Emits {@code i}.
     *
     * @param trap where to go, with all registers unchanged, when the instruction raises an exception
     * @return false if this class does not know the instruction
     */
    boolean emit(GuestInstruction i, Label trap) {
        switch (i.op()) {
            case ADDU -> words(i, i.rd(), Opcode.IADD);
            case SUBU -> words(i, i.rd(), Opcode.ISUB);
            case ADDIU -> addImmediate(i);
            case ADD -> overflowing(i, i.rd(), false, () -> locals.pushInt(i.rt()), trap);
            case ADDI -> overflowing(i, i.rt(), false, () -> code.loadConstant(i.simm()), trap);
            case SUB -> overflowing(i, i.rd(), true, () -> locals.pushInt(i.rt()), trap);
            case DADDU -> doublewords(i, Opcode.LADD);
            case DSUBU -> doublewords(i, Opcode.LSUB);
            case DADDIU -> addLongImmediate(i);
            case AND -> logic(i, Opcode.IAND, Opcode.LAND);
            case OR -> logic(i, Opcode.IOR, Opcode.LOR);
            case XOR -> logic(i, Opcode.IXOR, Opcode.LXOR);
            case NOR -> nor(i);
            case ANDI -> {
                locals.pushInt(i.rs());
                code.loadConstant(i.uimm()).iand();
                locals.popInt(i.rt());
            }
            case ORI -> logicImmediate(i, Opcode.IOR, Opcode.LOR);
            case XORI -> logicImmediate(i, Opcode.IXOR, Opcode.LXOR);
            case LUI -> {
                code.loadConstant(i.uimm() << 16);
                locals.popInt(i.rt());
            }
            case SLT, SLTU -> setOnLess(i, i.rd(), i.op() == Op.SLTU, isInt(i.rt()), () -> locals.pushInt(i.rt()),
                    () -> locals.pushLong(i.rt()));
            case SLTI, SLTIU -> setOnLess(i, i.rt(), i.op() == Op.SLTIU, true, () -> code.loadConstant(i.simm()),
                    () -> code.loadConstant((long) i.simm()));
            case SLL -> shift(i, Opcode.ISHL);
            case SRL -> shift(i, Opcode.IUSHR);
            case SRA -> shift(i, Opcode.ISHR);
            case SLLV -> shiftByRegister(i, Opcode.ISHL);
            case SRLV -> shiftByRegister(i, Opcode.IUSHR);
            case SRAV -> shiftByRegister(i, Opcode.ISHR);
            case DSLL -> longShift(i, Opcode.LSHL, i.sa());
            case DSRL -> longShift(i, Opcode.LUSHR, i.sa());
            case DSRA -> longShift(i, Opcode.LSHR, i.sa());
            case DSLL32 -> longShift(i, Opcode.LSHL, i.sa() + 32);
            case DSRL32 -> longShift(i, Opcode.LUSHR, i.sa() + 32);
            case DSRA32 -> longShift(i, Opcode.LSHR, i.sa() + 32);
            case DSLLV -> longShiftByRegister(i, Opcode.LSHL);
            case DSRLV -> longShiftByRegister(i, Opcode.LUSHR);
            case DSRAV -> longShiftByRegister(i, Opcode.LSHR);
            case MOVZ -> moveIf(i, Opcode.IFNE);
            case MOVN -> moveIf(i, Opcode.IFEQ);
            case CLZ -> {
                locals.pushInt(i.rs());
                count(i, COUNT, "java.lang.Integer");
            }
            case CLO -> {
                locals.pushInt(i.rs());
                code.iconst_m1().ixor();
                count(i, COUNT, "java.lang.Integer");
            }
            case DCLZ -> {
                locals.pushLong(i.rs());
                count(i, LONG_COUNT, "java.lang.Long");
            }
            case DCLO -> {
                locals.pushLong(i.rs());
                code.loadConstant(-1L).lxor();
                count(i, LONG_COUNT, "java.lang.Long");
            }
            case MFHI -> move(Cpu.HI, i.rd());
            case MFLO -> move(Cpu.LO, i.rd());
            case MTHI -> move(i.rs(), Cpu.HI);
            case MTLO -> move(i.rs(), Cpu.LO);
            case SYNC, PREF -> {
                // orders nothing that could be seen here
            }
            case TEQ, TNE, TGE, TGEU, TLT, TLTU -> trapIf(i, isInt(i.rt()), () -> locals.pushInt(i.rt()),
                    () -> locals.pushLong(i.rt()), trap);
            case TEQI, TNEI, TGEI, TGEIU, TLTI, TLTIU -> trapIf(i, true, () -> code.loadConstant(i.simm()),
                    () -> code.loadConstant((long) i.simm()), trap);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isInt(int register) {
        return !locals.isWide(register);
    }

    private void move(int from, int to) {
        if (isInt(from)) {
            locals.pushInt(from);
            locals.popInt(to);
        } else {
            locals.pushLong(from);
            locals.popLong(to);
        }
    }

    private void words(GuestInstruction i, int to, Opcode operation) {
        locals.pushInt(i.rs());
        if (i.rt() != 0) {
            locals.pushInt(i.rt());
            code.with(OperatorInstruction.of(operation));
        }
        locals.popInt(to);
    }

    private void addImmediate(GuestInstruction i) {
        if (i.rs() == 0) {
            code.loadConstant(i.simm());
        } else {
            locals.pushInt(i.rs());
            if (i.simm() != 0) {
                code.loadConstant(i.simm()).iadd();
            }
        }
        locals.popInt(i.rt());
    }

    /** Addition or subtraction of words that traps on overflow. */
    private void overflowing(GuestInstruction i, int to, boolean subtract, Runnable pushRight, Label trap) {
        int result = locals.temporary(2);
        locals.pushInt(i.rs());
        code.i2l();
        pushRight.run();
        code.i2l();
        if (subtract) {
            code.lsub();
        } else {
            code.ladd();
        }
        code.dup2().lstore(result).dup2().l2i().i2l().lcmp().ifne(trap);
        code.lload(result).l2i();
        locals.popInt(to);
    }

    private void doublewords(GuestInstruction i, Opcode operation) {
        if (i.rt() == 0) {
            move(i.rs(), i.rd());
        } else if (i.rs() == 0 && operation == Opcode.LADD) {
            move(i.rt(), i.rd());
        } else {
            locals.pushLong(i.rs());
            locals.pushLong(i.rt());
            code.with(OperatorInstruction.of(operation));
            locals.popLong(i.rd());
        }
    }

    private void addLongImmediate(GuestInstruction i) {
        if (i.simm() == 0) {
            move(i.rs(), i.rt());
        } else if (i.rs() == 0) {
            code.loadConstant(i.simm());
            locals.popInt(i.rt());
        } else {
            locals.pushLong(i.rs());
            code.loadConstant((long) i.simm()).ladd();
            locals.popLong(i.rt());
        }
    }

    private void logic(GuestInstruction i, Opcode ofInts, Opcode ofLongs) {
        boolean zeroKeeps = ofInts != Opcode.IAND;
        if (zeroKeeps && i.rt() == 0) {
            move(i.rs(), i.rd());
        } else if (zeroKeeps && i.rs() == 0) {
            move(i.rt(), i.rd());
        } else if (isInt(i.rs()) && isInt(i.rt())) {
            locals.pushInt(i.rs());
            locals.pushInt(i.rt());
            code.with(OperatorInstruction.of(ofInts));
            locals.popInt(i.rd());
        } else {
            locals.pushLong(i.rs());
            locals.pushLong(i.rt());
            code.with(OperatorInstruction.of(ofLongs));
            locals.popLong(i.rd());
        }
    }

    private void nor(GuestInstruction i) {
        if (isInt(i.rs()) && isInt(i.rt())) {
            locals.pushInt(i.rs());
            locals.pushInt(i.rt());
            code.ior().iconst_m1().ixor();
            locals.popInt(i.rd());
        } else {
            locals.pushLong(i.rs());
            locals.pushLong(i.rt());
            code.lor().loadConstant(-1L).lxor();
            locals.popLong(i.rd());
        }
    }

    private void logicImmediate(GuestInstruction i, Opcode ofInts, Opcode ofLongs) {
        if (isInt(i.rs())) {
            locals.pushInt(i.rs());
            code.loadConstant(i.uimm()).with(OperatorInstruction.of(ofInts));
            locals.popInt(i.rt());
        } else {
            locals.pushLong(i.rs());
            code.loadConstant((long) i.uimm()).with(OperatorInstruction.of(ofLongs));
            locals.popLong(i.rt());
        }
    }

    private void setOnLess(GuestInstruction i, int to, boolean unsigned, boolean rightIsInt, Runnable pushRightInt,
            Runnable pushRightLong) {
        Label less = code.newLabel();
        Label done = code.newLabel();
        if (i.op() == Op.SLTIU && i.simm() == 1 && isInt(i.rs())) {
            locals.pushInt(i.rs());
            code.ifeq(less);
        } else if (i.op() == Op.SLTU && i.rs() == 0 && rightIsInt) {
            pushRightInt.run();
            code.ifne(less);
        } else {
            compare(i.rs(), rightIsInt, unsigned, pushRightInt, pushRightLong, Opcode.IFLT, less);
        }
        code.iconst_0().goto_(done).labelBinding(less).iconst_1().labelBinding(done);
        locals.popInt(to);
    }

    /** Goes to {@code target} when {@code left} and the other value compare as {@code condition} says. */
    private void compare(int left, boolean rightIsInt, boolean unsigned, Runnable pushRightInt, Runnable pushRightLong,
            Opcode condition, Label target) {
        if (isInt(left) && rightIsInt) {
            locals.pushInt(left);
            pushRightInt.run();
            if (unsigned) {
                code.invokestatic(Names.desc(Integer.class), "compareUnsigned", Names.INT_OF_INTS);
                code.branch(condition, target);
            } else {
                code.branch(switch (condition) {
                    case IFLT -> Opcode.IF_ICMPLT;
                    case IFGE -> Opcode.IF_ICMPGE;
                    case IFEQ -> Opcode.IF_ICMPEQ;
                    default -> Opcode.IF_ICMPNE;
                }, target);
            }
        } else {
            locals.pushLong(left);
            pushRightLong.run();
            if (unsigned) {
                code.invokestatic(Names.desc(Long.class), "compareUnsigned", COMPARE);
            } else {
                code.lcmp();
            }
            code.branch(condition, target);
        }
    }

    private void trapIf(GuestInstruction i, boolean rightIsInt, Runnable pushRightInt, Runnable pushRightLong,
            Label trap) {
        Opcode condition = switch (i.op()) {
            case TEQ, TEQI -> Opcode.IFEQ;
            case TNE, TNEI -> Opcode.IFNE;
            case TLT, TLTU, TLTI, TLTIU -> Opcode.IFLT;
            default -> Opcode.IFGE;
        };
        boolean unsigned = switch (i.op()) {
            case TGEU, TLTU, TGEIU, TLTIU -> true;
            default -> false;
        };
        compare(i.rs(), rightIsInt, unsigned, pushRightInt, pushRightLong, condition, trap);
    }

    private void shift(GuestInstruction i, Opcode operation) {
        if (i.rd() == 0) {
            return;
        }
        locals.pushInt(i.rt());
        if (i.sa() != 0) {
            code.loadConstant(i.sa()).with(OperatorInstruction.of(operation));
        }
        locals.popInt(i.rd());
    }

    private void shiftByRegister(GuestInstruction i, Opcode operation) {
        locals.pushInt(i.rt());
        locals.pushInt(i.rs());
        code.with(OperatorInstruction.of(operation));
        locals.popInt(i.rd());
    }

    private void longShift(GuestInstruction i, Opcode operation, int amount) {
        locals.pushLong(i.rt());
        code.loadConstant(amount).with(OperatorInstruction.of(operation));
        locals.popLong(i.rd());
    }

    private void longShiftByRegister(GuestInstruction i, Opcode operation) {
        locals.pushLong(i.rt());
        locals.pushInt(i.rs());
        code.with(OperatorInstruction.of(operation));
        locals.popLong(i.rd());
    }

    /** {@code skip} is the condition on rt under which nothing is moved. */
    private void moveIf(GuestInstruction i, Opcode skip) {
        Label skipped = code.newLabel();
        if (isInt(i.rt())) {
            locals.pushInt(i.rt());
        } else {
            locals.pushLong(i.rt());
            code.lconst_0().lcmp();
        }
        code.branch(skip, skipped);
        move(i.rs(), i.rd());
        code.labelBinding(skipped);
    }

    private void count(GuestInstruction i, MethodTypeDesc type, String owner) {
        code.invokestatic(ClassDesc.of(owner), "numberOfLeadingZeros", type);
        locals.popInt(i.rd());
    }
}
