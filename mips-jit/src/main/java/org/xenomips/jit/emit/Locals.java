package org.xenomips.jit.emit;

import java.lang.classfile.CodeBuilder;
import java.util.Arrays;
import java.util.List;
import org.xenomips.cpu.Cpu;
import org.xenomips.isa.RegisterNames;
import org.xenomips.jit.analysis.RegisterTypes;

/**
 * Guest registers in JVM locals: {@code int} where 32 bits are enough, {@code long} otherwise. Everything is addressed by the
 * register's number in {@link Cpu#registers}.
 */
final class Locals {
    /** The parameter of {@code run}. */
    static final int DEPTH = 1;
    /** What is left of the slice. */
    static final int BUDGET = 2;
    /** A long: where the unit goes on. */
    static final int TARGET = 3;
    private static final int FIRST = 5;

    private final CodeBuilder code;
    private final Constants constants;
    private final RegisterTypes types;
    private final int[] slots = new int[Cpu.REGISTER_COUNT];
    private final int firstTemporary;
    private int nextTemporary;

    Locals(CodeBuilder code, Constants constants, RegisterTypes types) {
        this.code = code;
        this.constants = constants;
        this.types = types;
        int next = FIRST;
        for (int register = 1; register < slots.length; register++) {
            slots[register] = next;
            next += types.isWide(register) ? 2 : 1;
        }
        firstTemporary = next;
        nextTemporary = next;
    }

    /** What the local variables are, by number; empty: a temporary, or the second half of a long. */
    List<String> names() {
        String[] names = new String[firstTemporary];
        Arrays.fill(names, "");
        names[0] = "this";
        names[DEPTH] = "depth";
        names[BUDGET] = "budget";
        names[TARGET] = "target";
        for (int register = 1; register < slots.length; register++) {
            names[slots[register]] = switch (register) {
                case Cpu.SINK -> "sink";
                case Cpu.HI -> "hi";
                case Cpu.LO -> "lo";
                default -> RegisterNames.general(register);
            };
        }
        return List.of(names);
    }

    boolean isWide(int register) {
        return types.isWide(register);
    }

    /** A local for a value that is not needed beyond the block; {@code size} 1 or 2. */
    int temporary(int size) {
        int slot = nextTemporary;
        nextTemporary += size;
        return slot;
    }

    /** Frees the temporaries. */
    void freeTemporaries() {
        nextTemporary = firstTemporary;
    }

    /** Pushes the low word of a register. */
    void pushInt(int register) {
        if (register == 0) {
            code.iconst_0();
        } else if (isWide(register)) {
            code.lload(slots[register]).l2i();
        } else {
            code.iload(slots[register]);
        }
    }

    /** Pushes all 64 bits of a register. */
    void pushLong(int register) {
        if (register == 0) {
            code.lconst_0();
        } else if (isWide(register)) {
            code.lload(slots[register]);
        } else {
            code.iload(slots[register]).i2l();
        }
    }

    /** Writes the int on the stack, sign-extended, to a register. */
    void popInt(int register) {
        if (register == 0) {
            code.pop();
        } else if (isWide(register)) {
            code.i2l().lstore(slots[register]);
        } else {
            code.istore(slots[register]);
        }
    }

    /** Writes the long on the stack to a register; if that is kept as int, the value is known to fit. */
    void popLong(int register) {
        if (register == 0) {
            code.pop2();
        } else if (isWide(register)) {
            code.lstore(slots[register]);
        } else {
            code.l2i().istore(slots[register]);
        }
    }

    /** Reads the registers in {@code set} from the array; leaves a long on the stack that is not 0 if one does not fit its local. */
    void load(long set) {
        code.lconst_0();
        for (int register = 1; register < slots.length; register++) {
            if ((set >>> register & 1) != 0) {
                constants.pushRegisters();
                code.loadConstant(register).laload();
                if (isWide(register)) {
                    code.lstore(slots[register]);
                } else {
                    code.dup2().l2i().istore(slots[register]);
                    code.invokestatic(Names.SUPPORT, "notWord", Names.LONG_OF_LONGS);
                }
            }
        }
    }

    /** Writes the registers in {@code set} to the array. */
    void store(long set) {
        for (int register = 1; register < slots.length; register++) {
            if ((set >>> register & 1) != 0) {
                constants.pushRegisters();
                code.loadConstant(register);
                pushLong(register);
                code.lastore();
            }
        }
    }
}
