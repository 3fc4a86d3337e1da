package org.xenomips.cpu;

import static org.xenomips.isa.Op.DDIV;
import static org.xenomips.isa.Op.DDIVU;
import static org.xenomips.isa.Op.DIV;
import static org.xenomips.isa.Op.DIVU;
import static org.xenomips.isa.Op.DMULT;
import static org.xenomips.isa.Op.DMULTU;
import static org.xenomips.isa.Op.MAD;
import static org.xenomips.isa.Op.MADD;
import static org.xenomips.isa.Op.MADDU;
import static org.xenomips.isa.Op.MADU;
import static org.xenomips.isa.Op.MFHI;
import static org.xenomips.isa.Op.MFLO;
import static org.xenomips.isa.Op.MSUB;
import static org.xenomips.isa.Op.MSUBU;
import static org.xenomips.isa.Op.MTHI;
import static org.xenomips.isa.Op.MTLO;
import static org.xenomips.isa.Op.MUL;
import static org.xenomips.isa.Op.MULT;
import static org.xenomips.isa.Op.MULTU;

/**
 * Multiplication, division, HI and LO. Word instructions use the low words of their operands and leave sign-extended words in HI
 * and LO.
 *
 * <p>Deviation: division by zero is UNPREDICTABLE by the manual. HI becomes the dividend and LO what the iterative divider of the
 * R4000 class leaves: all ones, or 1 if a signed dividend is negative. The least number divided by -1 is itself, remainder 0.
 *
 * @see "MIPS64 Architecture For Programmers Volume II; QED RM5200 Family User Manual (MAD, MADU, MUL)"
 */
public final class SemanticsMultiply {
    private static final long WORD = 0xffff_ffffL;

    private SemanticsMultiply() {}

    /** HI. */
    @Executes(MFHI)
    public static long mfhi(Cpu cpu) {
        return cpu.hi();
    }

    /** LO. */
    @Executes(MFLO)
    public static long mflo(Cpu cpu) {
        return cpu.lo();
    }

    /** Sets HI. */
    @Executes(MTHI)
    public static void mthi(Cpu cpu, long rs) {
        cpu.setHi(rs);
    }

    /** Sets LO. */
    @Executes(MTLO)
    public static void mtlo(Cpu cpu, long rs) {
        cpu.setLo(rs);
    }

    /** Multiplies words. */
    @Executes(MULT)
    public static void mult(Cpu cpu, long rs, long rt) {
        setWords(cpu, product(rs, rt));
    }

    /** Multiplies unsigned words. */
    @Executes(MULTU)
    public static void multu(Cpu cpu, long rs, long rt) {
        setWords(cpu, unsignedProduct(rs, rt));
    }

    /** The low word of the product of words; HI and LO stay. */
    @Executes(MUL)
    public static long mul(long rs, long rt) {
        return (int) product(rs, rt);
    }

    /** Adds the product of words to HI:LO. */
    @Executes({ MAD, MADD })
    public static void madd(Cpu cpu, long rs, long rt) {
        setWords(cpu, words(cpu) + product(rs, rt));
    }

    /** Adds the product of unsigned words to HI:LO. */
    @Executes({ MADU, MADDU })
    public static void maddu(Cpu cpu, long rs, long rt) {
        setWords(cpu, words(cpu) + unsignedProduct(rs, rt));
    }

    /** Subtracts the product of words from HI:LO. */
    @Executes(MSUB)
    public static void msub(Cpu cpu, long rs, long rt) {
        setWords(cpu, words(cpu) - product(rs, rt));
    }

    /** Subtracts the product of unsigned words from HI:LO. */
    @Executes(MSUBU)
    public static void msubu(Cpu cpu, long rs, long rt) {
        setWords(cpu, words(cpu) - unsignedProduct(rs, rt));
    }

    /** Multiplies doublewords. */
    @Executes(DMULT)
    public static void dmult(Cpu cpu, long rs, long rt) {
        cpu.setHi(Math.multiplyHigh(rs, rt));
        cpu.setLo(rs * rt);
    }

    /** Multiplies unsigned doublewords. */
    @Executes(DMULTU)
    public static void dmultu(Cpu cpu, long rs, long rt) {
        cpu.setHi(Math.unsignedMultiplyHigh(rs, rt));
        cpu.setLo(rs * rt);
    }

    /** Divides words, quotient to LO, remainder to HI. */
    @Executes(DIV)
    public static void div(Cpu cpu, long rs, long rt) {
        int dividend = (int) rs;
        int divisor = (int) rt;
        if (divisor == 0) {
            cpu.setLo(dividend < 0 ? 1 : -1);
            cpu.setHi(dividend);
        } else {
            cpu.setLo(dividend / divisor);
            cpu.setHi(dividend % divisor);
        }
    }

    /** Divides doublewords, quotient to LO, remainder to HI. */
    @Executes(DDIV)
    public static void ddiv(Cpu cpu, long rs, long rt) {
        if (rt == 0) {
            cpu.setLo(rs < 0 ? 1 : -1);
            cpu.setHi(rs);
        } else {
            cpu.setLo(rs / rt);
            cpu.setHi(rs % rt);
        }
    }

    /** Divides unsigned words, quotient to LO, remainder to HI. */
    @Executes(DIVU)
    public static void divu(Cpu cpu, long rs, long rt) {
        int dividend = (int) rs;
        int divisor = (int) rt;
        if (divisor == 0) {
            cpu.setLo(-1);
            cpu.setHi(dividend);
        } else {
            cpu.setLo(Integer.divideUnsigned(dividend, divisor));
            cpu.setHi(Integer.remainderUnsigned(dividend, divisor));
        }
    }

    /** Divides unsigned doublewords, quotient to LO, remainder to HI. */
    @Executes(DDIVU)
    public static void ddivu(Cpu cpu, long rs, long rt) {
        if (rt == 0) {
            cpu.setLo(-1);
            cpu.setHi(rs);
        } else {
            cpu.setLo(Long.divideUnsigned(rs, rt));
            cpu.setHi(Long.remainderUnsigned(rs, rt));
        }
    }

    private static long product(long left, long right) {
        return (long) (int) left * (int) right;
    }

    private static long unsignedProduct(long left, long right) {
        return (left & WORD) * (right & WORD);
    }

    private static long words(Cpu cpu) {
        return cpu.hi() << 32 | cpu.lo() & WORD;
    }

    private static void setWords(Cpu cpu, long value) {
        int low = (int) value;
        cpu.setHi(value >> 32);
        cpu.setLo(low);
    }
}
