package org.xenomips.cpu;

import static org.xenomips.cpu.FloatFormat.DOUBLE;
import static org.xenomips.cpu.FloatFormat.SINGLE;
import static org.xenomips.cpu.IeeeArithmetic.ROUND_DOWN;
import static org.xenomips.cpu.IeeeArithmetic.ROUND_NEAREST;
import static org.xenomips.cpu.IeeeArithmetic.ROUND_UP;
import static org.xenomips.cpu.IeeeArithmetic.ROUND_ZERO;
import static org.xenomips.isa.Op.CEIL_L_D;
import static org.xenomips.isa.Op.CEIL_L_S;
import static org.xenomips.isa.Op.CEIL_W_D;
import static org.xenomips.isa.Op.CEIL_W_S;
import static org.xenomips.isa.Op.CVT_D_L;
import static org.xenomips.isa.Op.CVT_D_S;
import static org.xenomips.isa.Op.CVT_D_W;
import static org.xenomips.isa.Op.CVT_L_D;
import static org.xenomips.isa.Op.CVT_L_S;
import static org.xenomips.isa.Op.CVT_S_D;
import static org.xenomips.isa.Op.CVT_S_L;
import static org.xenomips.isa.Op.CVT_S_W;
import static org.xenomips.isa.Op.CVT_W_D;
import static org.xenomips.isa.Op.CVT_W_S;
import static org.xenomips.isa.Op.FLOOR_L_D;
import static org.xenomips.isa.Op.FLOOR_L_S;
import static org.xenomips.isa.Op.FLOOR_W_D;
import static org.xenomips.isa.Op.FLOOR_W_S;
import static org.xenomips.isa.Op.ROUND_L_D;
import static org.xenomips.isa.Op.ROUND_L_S;
import static org.xenomips.isa.Op.ROUND_W_D;
import static org.xenomips.isa.Op.ROUND_W_S;
import static org.xenomips.isa.Op.TRUNC_L_D;
import static org.xenomips.isa.Op.TRUNC_L_S;
import static org.xenomips.isa.Op.TRUNC_W_D;
import static org.xenomips.isa.Op.TRUNC_W_S;

/**
 * Conversions between singles, doubles, words and doublewords.
 *
 * <p>Deviation: R4000-class processors raise Unimplemented Operation for some doublewords of more than 53 bits; here every
 * doubleword is converted.
 *
 * @see "MIPS IV Instruction Set, Revision 3.2, appendix B; MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsFpuConvert {
    private SemanticsFpuConvert() {}

    /** Single to a word, rounded to nearest. */
    @Executes(ROUND_W_S)
    public static void roundWS(Cpu cpu, int fd, int fs) {
        toWord(cpu.fpu(), SINGLE, fd, fs, ROUND_NEAREST);
    }

    /** Single to a word, rounded toward zero. */
    @Executes(TRUNC_W_S)
    public static void truncWS(Cpu cpu, int fd, int fs) {
        toWord(cpu.fpu(), SINGLE, fd, fs, ROUND_ZERO);
    }

    /** Single to a word, rounded toward plus infinity. */
    @Executes(CEIL_W_S)
    public static void ceilWS(Cpu cpu, int fd, int fs) {
        toWord(cpu.fpu(), SINGLE, fd, fs, ROUND_UP);
    }

    /** Single to a word, rounded toward minus infinity. */
    @Executes(FLOOR_W_S)
    public static void floorWS(Cpu cpu, int fd, int fs) {
        toWord(cpu.fpu(), SINGLE, fd, fs, ROUND_DOWN);
    }

    /** Single to a word, rounded by FCR31.RM. */
    @Executes(CVT_W_S)
    public static void cvtWS(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        toWord(fpu, SINGLE, fd, fs, fpu.roundingMode());
    }

    /** Double to a word, rounded to nearest. */
    @Executes(ROUND_W_D)
    public static void roundWD(Cpu cpu, int fd, int fs) {
        toWord(cpu.fpu(), DOUBLE, fd, fs, ROUND_NEAREST);
    }

    /** Double to a word, rounded toward zero. */
    @Executes(TRUNC_W_D)
    public static void truncWD(Cpu cpu, int fd, int fs) {
        toWord(cpu.fpu(), DOUBLE, fd, fs, ROUND_ZERO);
    }

    /** Double to a word, rounded toward plus infinity. */
    @Executes(CEIL_W_D)
    public static void ceilWD(Cpu cpu, int fd, int fs) {
        toWord(cpu.fpu(), DOUBLE, fd, fs, ROUND_UP);
    }

    /** Double to a word, rounded toward minus infinity. */
    @Executes(FLOOR_W_D)
    public static void floorWD(Cpu cpu, int fd, int fs) {
        toWord(cpu.fpu(), DOUBLE, fd, fs, ROUND_DOWN);
    }

    /** Double to a word, rounded by FCR31.RM. */
    @Executes(CVT_W_D)
    public static void cvtWD(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        toWord(fpu, DOUBLE, fd, fs, fpu.roundingMode());
    }

    /** Single to a doubleword, rounded to nearest. */
    @Executes(ROUND_L_S)
    public static void roundLS(Cpu cpu, int fd, int fs) {
        toDoubleword(cpu.fpu(), SINGLE, fd, fs, ROUND_NEAREST);
    }

    /** Single to a doubleword, rounded toward zero. */
    @Executes(TRUNC_L_S)
    public static void truncLS(Cpu cpu, int fd, int fs) {
        toDoubleword(cpu.fpu(), SINGLE, fd, fs, ROUND_ZERO);
    }

    /** Single to a doubleword, rounded toward plus infinity. */
    @Executes(CEIL_L_S)
    public static void ceilLS(Cpu cpu, int fd, int fs) {
        toDoubleword(cpu.fpu(), SINGLE, fd, fs, ROUND_UP);
    }

    /** Single to a doubleword, rounded toward minus infinity. */
    @Executes(FLOOR_L_S)
    public static void floorLS(Cpu cpu, int fd, int fs) {
        toDoubleword(cpu.fpu(), SINGLE, fd, fs, ROUND_DOWN);
    }

    /** Single to a doubleword, rounded by FCR31.RM. */
    @Executes(CVT_L_S)
    public static void cvtLS(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        toDoubleword(fpu, SINGLE, fd, fs, fpu.roundingMode());
    }

    /** Double to a doubleword, rounded to nearest. */
    @Executes(ROUND_L_D)
    public static void roundLD(Cpu cpu, int fd, int fs) {
        toDoubleword(cpu.fpu(), DOUBLE, fd, fs, ROUND_NEAREST);
    }

    /** Double to a doubleword, rounded toward zero. */
    @Executes(TRUNC_L_D)
    public static void truncLD(Cpu cpu, int fd, int fs) {
        toDoubleword(cpu.fpu(), DOUBLE, fd, fs, ROUND_ZERO);
    }

    /** Double to a doubleword, rounded toward plus infinity. */
    @Executes(CEIL_L_D)
    public static void ceilLD(Cpu cpu, int fd, int fs) {
        toDoubleword(cpu.fpu(), DOUBLE, fd, fs, ROUND_UP);
    }

    /** Double to a doubleword, rounded toward minus infinity. */
    @Executes(FLOOR_L_D)
    public static void floorLD(Cpu cpu, int fd, int fs) {
        toDoubleword(cpu.fpu(), DOUBLE, fd, fs, ROUND_DOWN);
    }

    /** Double to a doubleword, rounded by FCR31.RM. */
    @Executes(CVT_L_D)
    public static void cvtLD(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        toDoubleword(fpu, DOUBLE, fd, fs, fpu.roundingMode());
    }

    /** Double to single. */
    @Executes(CVT_S_D)
    public static void cvtSD(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().convert(DOUBLE, SINGLE, fpu.doubleword(fs)));
    }

    /** Single to double. */
    @Executes(CVT_D_S)
    public static void cvtDS(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().convert(SINGLE, DOUBLE, fpu.get(SINGLE, fs)));
    }

    /** Word to single. */
    @Executes(CVT_S_W)
    public static void cvtSW(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().fromInteger(SINGLE, fpu.word(fs)));
    }

    /** Doubleword to single. */
    @Executes(CVT_S_L)
    public static void cvtSL(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, SINGLE, fd, fpu.arithmetic().fromInteger(SINGLE, fpu.doubleword(fs)));
    }

    /** Word to double. */
    @Executes(CVT_D_W)
    public static void cvtDW(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().fromInteger(DOUBLE, fpu.word(fs)));
    }

    /** Doubleword to double. */
    @Executes(CVT_D_L)
    public static void cvtDL(Cpu cpu, int fd, int fs) {
        Fpu fpu = cpu.fpu();
        finish(fpu, DOUBLE, fd, fpu.arithmetic().fromInteger(DOUBLE, fpu.doubleword(fs)));
    }

    private static void finish(Fpu fpu, FloatFormat format, int fd, long result) {
        fpu.conclude();
        fpu.set(format, fd, result);
    }

    private static void toWord(Fpu fpu, FloatFormat format, int fd, int fs, int mode) {
        long result = fpu.arithmetic().toInteger(format, fpu.get(format, fs), 32, mode);
        fpu.conclude();
        fpu.setWord(fd, (int) result);
    }

    private static void toDoubleword(Fpu fpu, FloatFormat format, int fd, int fs, int mode) {
        long result = fpu.arithmetic().toInteger(format, fpu.get(format, fs), 64, mode);
        fpu.conclude();
        fpu.setDoubleword(fd, result);
    }
}
