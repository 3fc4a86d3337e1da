package org.xenomips.jit.emit;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.xenomips.cpu.Cpu;
import org.xenomips.jit.region.GuestInstruction;

/** Code for multiplication and division. Division by zero is left to the interpreter. */
final class MultiplyEmitter {
    private static final ClassDesc INTEGER = Names.desc(Integer.class);
    private static final ClassDesc LONG = Names.desc(Long.class);
    private static final ClassDesc MATH = Names.desc(Math.class);
    private static final MethodTypeDesc LONGS = MethodTypeDesc.of(CD_long, CD_long, CD_long);
    private static final long WORD = 0xffff_ffffL;

    private final CodeBuilder code;
    private final Locals locals;

    MultiplyEmitter(CodeBuilder code, Locals locals) {
        this.code = code;
        this.locals = locals;
    }

    /** Emits {@code i}, see {@link ArithmeticEmitter#emit}. */
    boolean emit(GuestInstruction i, Label trap) {
        switch (i.op()) {
            case MUL -> {
                locals.pushInt(i.rs());
                locals.pushInt(i.rt());
                code.imul();
                locals.popInt(i.rd());
            }
            case MULT -> {
                product(i);
                setWords();
            }
            case MULTU -> {
                unsignedProduct(i);
                setWords();
            }
            case MAD, MADD -> {
                pushWords();
                product(i);
                code.ladd();
                setWords();
            }
            case MADU, MADDU -> {
                pushWords();
                unsignedProduct(i);
                code.ladd();
                setWords();
            }
            case MSUB -> {
                pushWords();
                product(i);
                code.lsub();
                setWords();
            }
            case MSUBU -> {
                pushWords();
                unsignedProduct(i);
                code.lsub();
                setWords();
            }
            case DIV -> divideWords(i, false, trap);
            case DIVU -> divideWords(i, true, trap);
            case DMULT -> multiplyDoublewords(i, "multiplyHigh");
            case DMULTU -> multiplyDoublewords(i, "unsignedMultiplyHigh");
            case DDIV -> divideDoublewords(i, false, trap);
            case DDIVU -> divideDoublewords(i, true, trap);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void product(GuestInstruction i) {
        locals.pushInt(i.rs());
        code.i2l();
        locals.pushInt(i.rt());
        code.i2l().lmul();
    }

    private void unsignedProduct(GuestInstruction i) {
        locals.pushInt(i.rs());
        code.i2l().loadConstant(WORD).land();
        locals.pushInt(i.rt());
        code.i2l().loadConstant(WORD).land().lmul();
    }

    /** Pushes HI:LO as one number of 64 bits. */
    private void pushWords() {
        locals.pushInt(Cpu.HI);
        code.i2l().loadConstant(32).lshl();
        locals.pushInt(Cpu.LO);
        code.i2l().loadConstant(WORD).land().lor();
    }

    private void setWords() {
        code.dup2().l2i();
        locals.popInt(Cpu.LO);
        code.loadConstant(32).lshr().l2i();
        locals.popInt(Cpu.HI);
    }

    private void divideWords(GuestInstruction i, boolean unsigned, Label trap) {
        locals.pushInt(i.rt());
        code.ifeq(trap);
        // the quotient stays on the stack: the divisor may be in LO's place only after it was used twice
        pushInts(i);
        if (unsigned) {
            code.invokestatic(INTEGER, "divideUnsigned", Names.INT_OF_INTS);
        } else {
            code.idiv();
        }
        pushInts(i);
        if (unsigned) {
            code.invokestatic(INTEGER, "remainderUnsigned", Names.INT_OF_INTS);
        } else {
            code.irem();
        }
        locals.popInt(Cpu.HI);
        locals.popInt(Cpu.LO);
    }

    private void pushInts(GuestInstruction i) {
        locals.pushInt(i.rs());
        locals.pushInt(i.rt());
    }

    private void pushLongs(GuestInstruction i) {
        locals.pushLong(i.rs());
        locals.pushLong(i.rt());
    }

    private void multiplyDoublewords(GuestInstruction i, String high) {
        pushLongs(i);
        code.invokestatic(MATH, high, LONGS);
        locals.popLong(Cpu.HI);
        pushLongs(i);
        code.lmul();
        locals.popLong(Cpu.LO);
    }

    private void divideDoublewords(GuestInstruction i, boolean unsigned, Label trap) {
        locals.pushLong(i.rt());
        code.lconst_0().lcmp().ifeq(trap);
        pushLongs(i);
        if (unsigned) {
            code.invokestatic(LONG, "divideUnsigned", LONGS);
        } else {
            code.ldiv();
        }
        locals.popLong(Cpu.LO);
        pushLongs(i);
        if (unsigned) {
            code.invokestatic(LONG, "remainderUnsigned", LONGS);
        } else {
            code.lrem();
        }
        locals.popLong(Cpu.HI);
    }
}
