package org.xenomips.jit.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

    /** Reads the registers in {@code set} from the array. */
    void load(long set) {
        for (int register : numbers(set)) {
            constants.pushRegisters();
            code.loadConstant(register).laload();
            popLong(register);
        }
    }

    /** The registers in {@code set} that are kept as {@code int}. */
    long words(long set) {
        long words = set;
        for (int register : numbers(set)) {
            words &= isWide(register) ? ~(1L << register) : -1L;
        }
        return words;
    }

    /** Pushes the registers in {@code set}, each as it is kept. */
    void push(long set) {
        for (int register : numbers(set)) {
            if (isWide(register)) {
                pushLong(register);
            } else {
                pushInt(register);
            }
        }
    }

    /** The types in which the registers in {@code set} are kept. */
    List<ClassDesc> types(long set) {
        return Arrays.stream(numbers(set))
                .mapToObj(register -> isWide(register) ? ConstantDescs.CD_long : ConstantDescs.CD_int)
                .toList();
    }

    /** Writes the registers in {@code set} to the array. */
    void store(long set) {
        store(set, code, constants, slots);
    }

    /** The same in another method, whose parameters from {@code first} on are the registers. */
    void storeParameters(CodeBuilder method, Constants constantsOfMethod, long set, int first) {
        int[] parameters = new int[slots.length];
        int next = first;
        for (int register : numbers(set)) {
            parameters[register] = next;
            next += isWide(register) ? 2 : 1;
        }
        store(set, method, constantsOfMethod.with(method), parameters);
    }

    private void store(long set, CodeBuilder to, Constants fields, int[] places) {
        for (int register : numbers(set)) {
            fields.pushRegisters();
            to.loadConstant(register);
            pushLong(to, register, places);
            to.lastore();
        }
        long wide = set & ~words(set);
        if (wide != 0) {
            fields.pushSlice();
            to.dup().getfield(Names.SLICE, "wide", ConstantDescs.CD_long).loadConstant(~wide).land();
            for (int register : numbers(wide)) {
                pushLong(to, register, places);
                to.loadConstant(register).invokestatic(Names.SUPPORT, "addIfWide", Names.ADD_IF_WIDE);
            }
            to.putfield(Names.SLICE, "wide", ConstantDescs.CD_long);
        }
    }

    private void pushLong(CodeBuilder to, int register, int[] places) {
        if (isWide(register)) {
            to.lload(places[register]);
        } else {
            to.iload(places[register]).i2l();
        }
    }

    private static int[] numbers(long set) {
        return IntStream.range(1, Cpu.REGISTER_COUNT).filter(register -> (set >>> register & 1) != 0).toArray();
    }
}
