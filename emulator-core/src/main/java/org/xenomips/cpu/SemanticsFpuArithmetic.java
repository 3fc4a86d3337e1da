package org.xenomips.cpu;

import static org.xenomips.cpu.FloatFormat.DOUBLE;
import static org.xenomips.cpu.FloatFormat.SINGLE;
import static org.xenomips.isa.Op.ABS_D;
import static org.xenomips.isa.Op.ABS_S;
import static org.xenomips.isa.Op.ADD_D;
import static org.xenomips.isa.Op.ADD_S;
import static org.xenomips.isa.Op.C_COND_D;
import static org.xenomips.isa.Op.C_COND_S;
import static org.xenomips.isa.Op.DIV_D;
import static org.xenomips.isa.Op.DIV_S;
import static org.xenomips.isa.Op.MADD_D;
import static org.xenomips.isa.Op.MADD_S;
import static org.xenomips.isa.Op.MSUB_D;
import static org.xenomips.isa.Op.MSUB_S;
import static org.xenomips.isa.Op.MUL_D;
import static org.xenomips.isa.Op.MUL_S;
import static org.xenomips.isa.Op.NEG_D;
import static org.xenomips.isa.Op.NEG_S;
import static org.xenomips.isa.Op.NMADD_D;
import static org.xenomips.isa.Op.NMADD_S;
import static org.xenomips.isa.Op.NMSUB_D;
import static org.xenomips.isa.Op.NMSUB_S;
import static org.xenomips.isa.Op.RECIP_D;
import static org.xenomips.isa.Op.RECIP_S;
import static org.xenomips.isa.Op.RSQRT_D;
import static org.xenomips.isa.Op.RSQRT_S;
import static org.xenomips.isa.Op.SQRT_D;
import static org.xenomips.isa.Op.SQRT_S;
import static org.xenomips.isa.Op.SUB_D;
import static org.xenomips.isa.Op.SUB_S;

import org.xenomips.bits.Bits;

/**
 * Floating-point arithmetic and comparison. Multiply-add rounds the product and the sum, as R5000-class processors do.
 *
 * @see "MIPS IV Instruction Set, Revision 3.2, appendix B; MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsFpuArithmetic {
    private SemanticsFpuArithmetic() {}

    /** {@code fs + ft}, single. */
    @Executes(ADD_S)
    public static void addS(Cpu cpu, int fd, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().add(SINGLE, fpu.get(SINGLE, fs), fpu.get(SINGLE, ft)));
    }

    /** {@code fs - ft}, single. */
    @Executes(SUB_S)
    public static void subS(Cpu cpu, int fd, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().sub(SINGLE, fpu.get(SINGLE, fs), fpu.get(SINGLE, ft)));
    }

    /** {@code fs * ft}, single. */
    @Executes(MUL_S)
    public static void mulS(Cpu cpu, int fd, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().mul(SINGLE, fpu.get(SINGLE, fs), fpu.get(SINGLE, ft)));
    }

    /** {@code fs / ft}, single. */
    @Executes(DIV_S)
    public static void divS(Cpu cpu, int fd, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().div(SINGLE, fpu.get(SINGLE, fs), fpu.get(SINGLE, ft)));
    }

    /** Square root of {@code fs}, single. */
    @Executes(SQRT_S)
    public static void sqrtS(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().sqrt(SINGLE, fpu.get(SINGLE, fs)));
    }

    /** Absolute value of {@code fs}, single. */
    @Executes(ABS_S)
    public static void absS(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().abs(SINGLE, fpu.get(SINGLE, fs)));
    }

    /** {@code -fs}, single. */
    @Executes(NEG_S)
    public static void negS(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().neg(SINGLE, fpu.get(SINGLE, fs)));
    }

    /** {@code 1 / fs}, single; correctly rounded, which the manual does not demand. */
    @Executes(RECIP_S)
    public static void recipS(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().div(SINGLE, SINGLE.one, fpu.get(SINGLE, fs)));
    }

    /** One by the square root of {@code fs}, single; root and quotient are rounded each. */
    @Executes(RSQRT_S)
    public static void rsqrtS(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        finish(fpu, SINGLE, fd, arithmetic.div(SINGLE, SINGLE.one, arithmetic.sqrt(SINGLE, fpu.get(SINGLE, fs))));
    }

    /** {@code fs * ft + fr}, single. */
    @Executes(MADD_S)
    public static void maddS(Cpu cpu, int fd, int fr, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        long product = arithmetic.mul(SINGLE, fpu.get(SINGLE, fs), fpu.get(SINGLE, ft));
        finish(fpu, SINGLE, fd, arithmetic.add(SINGLE, product, fpu.get(SINGLE, fr)));
    }

    /** {@code fs * ft - fr}, single. */
    @Executes(MSUB_S)
    public static void msubS(Cpu cpu, int fd, int fr, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        long product = arithmetic.mul(SINGLE, fpu.get(SINGLE, fs), fpu.get(SINGLE, ft));
        finish(fpu, SINGLE, fd, arithmetic.sub(SINGLE, product, fpu.get(SINGLE, fr)));
    }

    /** {@code -(fs * ft + fr)}, single. */
    @Executes(NMADD_S)
    public static void nmaddS(Cpu cpu, int fd, int fr, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        long product = arithmetic.mul(SINGLE, fpu.get(SINGLE, fs), fpu.get(SINGLE, ft));
        finish(fpu, SINGLE, fd, negated(SINGLE, arithmetic.add(SINGLE, product, fpu.get(SINGLE, fr))));
    }

    /** {@code -(fs * ft - fr)}, single. */
    @Executes(NMSUB_S)
    public static void nmsubS(Cpu cpu, int fd, int fr, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        long product = arithmetic.mul(SINGLE, fpu.get(SINGLE, fs), fpu.get(SINGLE, ft));
        finish(fpu, SINGLE, fd, negated(SINGLE, arithmetic.sub(SINGLE, product, fpu.get(SINGLE, fr))));
    }

    /** Sets condition {@code cc} by comparing two singles by {@code cond}. */
    @Executes(C_COND_S)
    public static void compareS(Cpu cpu, int cc, int fs, int ft, int cond) {
        compare(cpu.fpu(), SINGLE, cc, fs, ft, cond);
    }

    /** {@code fs + ft}, double. */
    @Executes(ADD_D)
    public static void addD(Cpu cpu, int fd, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().add(DOUBLE, fpu.get(DOUBLE, fs), fpu.get(DOUBLE, ft)));
    }

    /** {@code fs - ft}, double. */
    @Executes(SUB_D)
    public static void subD(Cpu cpu, int fd, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().sub(DOUBLE, fpu.get(DOUBLE, fs), fpu.get(DOUBLE, ft)));
    }

    /** {@code fs * ft}, double. */
    @Executes(MUL_D)
    public static void mulD(Cpu cpu, int fd, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().mul(DOUBLE, fpu.get(DOUBLE, fs), fpu.get(DOUBLE, ft)));
    }

    /** {@code fs / ft}, double. */
    @Executes(DIV_D)
    public static void divD(Cpu cpu, int fd, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().div(DOUBLE, fpu.get(DOUBLE, fs), fpu.get(DOUBLE, ft)));
    }

    /** Square root of {@code fs}, double. */
    @Executes(SQRT_D)
    public static void sqrtD(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().sqrt(DOUBLE, fpu.get(DOUBLE, fs)));
    }

    /** Absolute value of {@code fs}, double. */
    @Executes(ABS_D)
    public static void absD(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().abs(DOUBLE, fpu.get(DOUBLE, fs)));
    }

    /** {@code -fs}, double. */
    @Executes(NEG_D)
    public static void negD(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().neg(DOUBLE, fpu.get(DOUBLE, fs)));
    }

    /** {@code 1 / fs}, double; correctly rounded, which the manual does not demand. */
    @Executes(RECIP_D)
    public static void recipD(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().div(DOUBLE, DOUBLE.one, fpu.get(DOUBLE, fs)));
    }

    /** One by the square root of {@code fs}, double; root and quotient are rounded each. */
    @Executes(RSQRT_D)
    public static void rsqrtD(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        finish(fpu, DOUBLE, fd, arithmetic.div(DOUBLE, DOUBLE.one, arithmetic.sqrt(DOUBLE, fpu.get(DOUBLE, fs))));
    }

    /** {@code fs * ft + fr}, double. */
    @Executes(MADD_D)
    public static void maddD(Cpu cpu, int fd, int fr, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        long product = arithmetic.mul(DOUBLE, fpu.get(DOUBLE, fs), fpu.get(DOUBLE, ft));
        finish(fpu, DOUBLE, fd, arithmetic.add(DOUBLE, product, fpu.get(DOUBLE, fr)));
    }

    /** {@code fs * ft - fr}, double. */
    @Executes(MSUB_D)
    public static void msubD(Cpu cpu, int fd, int fr, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        long product = arithmetic.mul(DOUBLE, fpu.get(DOUBLE, fs), fpu.get(DOUBLE, ft));
        finish(fpu, DOUBLE, fd, arithmetic.sub(DOUBLE, product, fpu.get(DOUBLE, fr)));
    }

    /** {@code -(fs * ft + fr)}, double. */
    @Executes(NMADD_D)
    public static void nmaddD(Cpu cpu, int fd, int fr, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        long product = arithmetic.mul(DOUBLE, fpu.get(DOUBLE, fs), fpu.get(DOUBLE, ft));
        finish(fpu, DOUBLE, fd, negated(DOUBLE, arithmetic.add(DOUBLE, product, fpu.get(DOUBLE, fr))));
    }

    /** {@code -(fs * ft - fr)}, double. */
    @Executes(NMSUB_D)
    public static void nmsubD(Cpu cpu, int fd, int fr, int fs, int ft) {
        Fpu fpu = cpu.fpu();
        IeeeArithmetic arithmetic = fpu.arithmetic();
        long product = arithmetic.mul(DOUBLE, fpu.get(DOUBLE, fs), fpu.get(DOUBLE, ft));
        finish(fpu, DOUBLE, fd, negated(DOUBLE, arithmetic.sub(DOUBLE, product, fpu.get(DOUBLE, fr))));
    }

    /** Sets condition {@code cc} by comparing two doubles by {@code cond}. */
    @Executes(C_COND_D)
    public static void compareD(Cpu cpu, int cc, int fs, int ft, int cond) {
        compare(cpu.fpu(), DOUBLE, cc, fs, ft, cond);
    }

    /** Writes the result of an operation unless what it signalled traps. */
    private static void finish(Fpu fpu, FloatFormat format, int fd, long result) {
        fpu.conclude();
        fpu.set(format, fd, result);
    }

    /** The sign of a NaN means nothing, so it stays. */
    private static long negated(FloatFormat format, long value) {
        return format.isNan(value) ? value : value ^ format.sign;
    }

    /** Bits of {@code cond}: 0 true if unordered, 1 if equal, 2 if less; 3 quiet NaNs are invalid too. */
    private static void compare(Fpu fpu, FloatFormat format, int cc, int fs, int ft, int cond) {
        int relation = fpu.arithmetic().compare(format, fpu.get(format, fs), fpu.get(format, ft), Bits.isSet(cond, 3));
        fpu.conclude();
        fpu.setCondition(cc, (relation & cond & IeeeArithmetic.ORDER_MASK) != 0);
    }
}
