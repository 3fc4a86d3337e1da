package org.xenomips.cpu;

import static org.xenomips.isa.Op.ADD;
import static org.xenomips.isa.Op.ADDI;
import static org.xenomips.isa.Op.ADDIU;
import static org.xenomips.isa.Op.ADDU;
import static org.xenomips.isa.Op.AND;
import static org.xenomips.isa.Op.ANDI;
import static org.xenomips.isa.Op.CLO;
import static org.xenomips.isa.Op.CLZ;
import static org.xenomips.isa.Op.DADD;
import static org.xenomips.isa.Op.DADDI;
import static org.xenomips.isa.Op.DADDIU;
import static org.xenomips.isa.Op.DADDU;
import static org.xenomips.isa.Op.DCLO;
import static org.xenomips.isa.Op.DCLZ;
import static org.xenomips.isa.Op.DSUB;
import static org.xenomips.isa.Op.DSUBU;
import static org.xenomips.isa.Op.LUI;
import static org.xenomips.isa.Op.MOVN;
import static org.xenomips.isa.Op.MOVZ;
import static org.xenomips.isa.Op.NOR;
import static org.xenomips.isa.Op.OR;
import static org.xenomips.isa.Op.ORI;
import static org.xenomips.isa.Op.SLT;
import static org.xenomips.isa.Op.SLTI;
import static org.xenomips.isa.Op.SLTIU;
import static org.xenomips.isa.Op.SLTU;
import static org.xenomips.isa.Op.SUB;
import static org.xenomips.isa.Op.SUBU;
import static org.xenomips.isa.Op.XOR;
import static org.xenomips.isa.Op.XORI;

/**
 * Arithmetic, logic, comparison and conditional moves on general registers. Word instructions use the low words of their operands
 * and sign-extend the result; comparisons and logic use all 64 bits.
 *
 * <p>Deviation: operands of word instructions that are not sign-extended words are UNPREDICTABLE by the manual; their low words
 * count here, as on the processors.
 *
 * @see "MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsAlu {
    private SemanticsAlu() {}

    /** Adds words; raises Integer Overflow. */
    @Executes(ADD)
    public static long add(Cpu cpu, long rs, long rt) {
        return addWords(cpu, (int) rs, (int) rt);
    }

    /** Adds a word and the immediate; raises Integer Overflow. */
    @Executes(ADDI)
    public static long addi(Cpu cpu, long rs, long simm) {
        return addWords(cpu, (int) rs, (int) simm);
    }

    /** Adds words. */
    @Executes(ADDU)
    public static long addu(long rs, long rt) {
        return (int) (rs + rt);
    }

    /** Adds a word and the immediate. */
    @Executes(ADDIU)
    public static long addiu(long rs, long simm) {
        return (int) (rs + simm);
    }

    /** Subtracts words; raises Integer Overflow. */
    @Executes(SUB)
    public static long sub(Cpu cpu, long rs, long rt) {
        int minuend = (int) rs;
        int subtrahend = (int) rt;
        int difference = minuend - subtrahend;
        if (((minuend ^ subtrahend) & (minuend ^ difference)) < 0) {
            throw cpu.raise(ExceptionCode.OV);
        }
        return difference;
    }

    /** Subtracts words. */
    @Executes(SUBU)
    public static long subu(long rs, long rt) {
        return (int) (rs - rt);
    }

    /** Adds doublewords; raises Integer Overflow. */
    @Executes(DADD)
    public static long dadd(Cpu cpu, long rs, long rt) {
        return addDoublewords(cpu, rs, rt);
    }

    /** Adds a doubleword and the immediate; raises Integer Overflow. */
    @Executes(DADDI)
    public static long daddi(Cpu cpu, long rs, long simm) {
        return addDoublewords(cpu, rs, simm);
    }

    /** Adds doublewords. */
    @Executes(DADDU)
    public static long daddu(long rs, long rt) {
        return rs + rt;
    }

    /** Adds a doubleword and the immediate. */
    @Executes(DADDIU)
    public static long daddiu(long rs, long simm) {
        return rs + simm;
    }

    /** Subtracts doublewords; raises Integer Overflow. */
    @Executes(DSUB)
    public static long dsub(Cpu cpu, long rs, long rt) {
        long difference = rs - rt;
        if (((rs ^ rt) & (rs ^ difference)) < 0) {
            throw cpu.raise(ExceptionCode.OV);
        }
        return difference;
    }

    /** Subtracts doublewords. */
    @Executes(DSUBU)
    public static long dsubu(long rs, long rt) {
        return rs - rt;
    }

    /** Bitwise and. */
    @Executes(AND)
    public static long and(long rs, long rt) {
        return rs & rt;
    }

    /** Bitwise and with the zero-extended immediate. */
    @Executes(ANDI)
    public static long andi(long rs, int uimm) {
        return rs & uimm;
    }

    /** Bitwise or. */
    @Executes(OR)
    public static long or(long rs, long rt) {
        return rs | rt;
    }

    /** Bitwise or with the zero-extended immediate. */
    @Executes(ORI)
    public static long ori(long rs, int uimm) {
        return rs | uimm;
    }

    /** Bitwise exclusive or. */
    @Executes(XOR)
    public static long xor(long rs, long rt) {
        return rs ^ rt;
    }

    /** Bitwise exclusive or with the zero-extended immediate. */
    @Executes(XORI)
    public static long xori(long rs, int uimm) {
        return rs ^ uimm;
    }

    /** Complement of bitwise or. */
    @Executes(NOR)
    public static long nor(long rs, long rt) {
        return ~(rs | rt);
    }

    /** The immediate in bits 31:16, sign-extended. */
    @Executes(LUI)
    public static long lui(int uimm) {
        return uimm << 16;
    }

    /** 1 if less, signed, 64 bits; else 0. */
    @Executes(SLT)
    public static long slt(long rs, long rt) {
        return rs < rt ? 1 : 0;
    }

    /** 1 if less than the immediate, signed, 64 bits; else 0. */
    @Executes(SLTI)
    public static long slti(long rs, long simm) {
        return rs < simm ? 1 : 0;
    }

    /** 1 if less, unsigned, 64 bits; else 0. */
    @Executes(SLTU)
    public static long sltu(long rs, long rt) {
        return Long.compareUnsigned(rs, rt) < 0 ? 1 : 0;
    }

    /** 1 if less than the sign-extended immediate, unsigned, 64 bits; else 0. */
    @Executes(SLTIU)
    public static long sltiu(long rs, long simm) {
        return Long.compareUnsigned(rs, simm) < 0 ? 1 : 0;
    }

    /** {@code rs} if {@code rt} is zero, else {@code rd} as it was. */
    @Executes(MOVZ)
    public static long movz(long rd, long rs, long rt) {
        return rt == 0 ? rs : rd;
    }

    /** {@code rs} if {@code rt} is not zero, else {@code rd} as it was. */
    @Executes(MOVN)
    public static long movn(long rd, long rs, long rt) {
        return rt != 0 ? rs : rd;
    }

    /** Number of leading zeros in the word, 0..32. */
    @Executes(CLZ)
    public static long clz(long rs) {
        return Integer.numberOfLeadingZeros((int) rs);
    }

    /** Number of leading ones in the word, 0..32. */
    @Executes(CLO)
    public static long clo(long rs) {
        return Integer.numberOfLeadingZeros(~(int) rs);
    }

    /** Number of leading zeros in the doubleword, 0..64. */
    @Executes(DCLZ)
    public static long dclz(long rs) {
        return Long.numberOfLeadingZeros(rs);
    }

    /** Number of leading ones in the doubleword, 0..64. */
    @Executes(DCLO)
    public static long dclo(long rs) {
        return Long.numberOfLeadingZeros(~rs);
    }

    private static long addWords(Cpu cpu, int left, int right) {
        int sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw cpu.raise(ExceptionCode.OV);
        }
        return sum;
    }

    private static long addDoublewords(Cpu cpu, long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw cpu.raise(ExceptionCode.OV);
        }
        return sum;
    }
}
