package org.xenomips.cpu;

import static org.xenomips.isa.Op.DSLL;
import static org.xenomips.isa.Op.DSLL32;
import static org.xenomips.isa.Op.DSLLV;
import static org.xenomips.isa.Op.DSRA;
import static org.xenomips.isa.Op.DSRA32;
import static org.xenomips.isa.Op.DSRAV;
import static org.xenomips.isa.Op.DSRL;
import static org.xenomips.isa.Op.DSRL32;
import static org.xenomips.isa.Op.DSRLV;
import static org.xenomips.isa.Op.SLL;
import static org.xenomips.isa.Op.SLLV;
import static org.xenomips.isa.Op.SRA;
import static org.xenomips.isa.Op.SRAV;
import static org.xenomips.isa.Op.SRL;
import static org.xenomips.isa.Op.SRLV;

/**
 * Shifts. Word shifts use the low word and sign-extend the result, so that a shift by 0 makes a word of any doubleword. Shift
 * counts in registers are cut to the width by the Java operators, as by the hardware.
 *
 * <p>Deviation: SRA and SRAV of a register that is not a sign-extended word are UNPREDICTABLE by the manual and shift the
 * doubleword on some processors; the low word counts here.
 *
 * @see "MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsShift {
    private SemanticsShift() {}

    /** Shifts a word left. */
    @Executes(SLL)
    public static long sll(long rt, int sa) {
        return (int) rt << sa;
    }

    /** Shifts a word left by the low 5 bits of {@code rs}. */
    @Executes(SLLV)
    public static long sllv(long rt, long rs) {
        return (int) rt << (int) rs;
    }

    /** Shifts a word right, zero fill. */
    @Executes(SRL)
    public static long srl(long rt, int sa) {
        return (int) rt >>> sa;
    }

    /** Shifts a word right, zero fill by the low 5 bits of {@code rs}. */
    @Executes(SRLV)
    public static long srlv(long rt, long rs) {
        return (int) rt >>> (int) rs;
    }

    /** Shifts a word right, sign fill. */
    @Executes(SRA)
    public static long sra(long rt, int sa) {
        return (int) rt >> sa;
    }

    /** Shifts a word right, sign fill by the low 5 bits of {@code rs}. */
    @Executes(SRAV)
    public static long srav(long rt, long rs) {
        return (int) rt >> (int) rs;
    }

    /** Shifts a doubleword left. */
    @Executes(DSLL)
    public static long dsll(long rt, int sa) {
        return rt << sa;
    }

    /** Shifts a doubleword left by {@code sa} + 32. */
    @Executes(DSLL32)
    public static long dsll32(long rt, int sa) {
        return rt << sa + 32;
    }

    /** Shifts a doubleword left by the low 6 bits of {@code rs}. */
    @Executes(DSLLV)
    public static long dsllv(long rt, long rs) {
        return rt << (int) rs;
    }

    /** Shifts a doubleword right, zero fill. */
    @Executes(DSRL)
    public static long dsrl(long rt, int sa) {
        return rt >>> sa;
    }

    /** Shifts a doubleword right, zero fill by {@code sa} + 32. */
    @Executes(DSRL32)
    public static long dsrl32(long rt, int sa) {
        return rt >>> sa + 32;
    }

    /** Shifts a doubleword right, zero fill by the low 6 bits of {@code rs}. */
    @Executes(DSRLV)
    public static long dsrlv(long rt, long rs) {
        return rt >>> (int) rs;
    }

    /** Shifts a doubleword right, sign fill. */
    @Executes(DSRA)
    public static long dsra(long rt, int sa) {
        return rt >> sa;
    }

    /** Shifts a doubleword right, sign fill by {@code sa} + 32. */
    @Executes(DSRA32)
    public static long dsra32(long rt, int sa) {
        return rt >> sa + 32;
    }

    /** Shifts a doubleword right, sign fill by the low 6 bits of {@code rs}. */
    @Executes(DSRAV)
    public static long dsrav(long rt, long rs) {
        return rt >> (int) rs;
    }
}
