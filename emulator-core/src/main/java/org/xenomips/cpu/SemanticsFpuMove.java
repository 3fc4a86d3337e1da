package org.xenomips.cpu;

import static org.xenomips.cpu.FloatFormat.DOUBLE;
import static org.xenomips.cpu.FloatFormat.SINGLE;
import static org.xenomips.isa.Op.BC1F;
import static org.xenomips.isa.Op.BC1FL;
import static org.xenomips.isa.Op.BC1T;
import static org.xenomips.isa.Op.BC1TL;
import static org.xenomips.isa.Op.CFC1;
import static org.xenomips.isa.Op.CTC1;
import static org.xenomips.isa.Op.DMFC1;
import static org.xenomips.isa.Op.DMTC1;
import static org.xenomips.isa.Op.MFC1;
import static org.xenomips.isa.Op.MOVF;
import static org.xenomips.isa.Op.MOVF_D;
import static org.xenomips.isa.Op.MOVF_S;
import static org.xenomips.isa.Op.MOVN_D;
import static org.xenomips.isa.Op.MOVN_S;
import static org.xenomips.isa.Op.MOVT;
import static org.xenomips.isa.Op.MOVT_D;
import static org.xenomips.isa.Op.MOVT_S;
import static org.xenomips.isa.Op.MOVZ_D;
import static org.xenomips.isa.Op.MOVZ_S;
import static org.xenomips.isa.Op.MOV_D;
import static org.xenomips.isa.Op.MOV_S;
import static org.xenomips.isa.Op.MTC1;

/**
 * Moves to, from and between floating-point registers, and conditions of floating-point branches. None of them signals.
 *
 * @see "MIPS IV Instruction Set, Revision 3.2, appendix B; MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsFpuMove {
    private SemanticsFpuMove() {}

    /** The word in {@code fs}, sign-extended. */
    @Executes(MFC1)
    public static long mfc1(Cpu cpu, int fs) {
        return cpu.fpu().word(fs);
    }

    /** The doubleword in {@code fs}. */
    @Executes(DMFC1)
    public static long dmfc1(Cpu cpu, int fs) {
        return cpu.fpu().doubleword(fs);
    }

    /** FPU control register {@code fs}, sign-extended. */
    @Executes(CFC1)
    public static long cfc1(Cpu cpu, int fs) {
        return cpu.fpu().control(fs);
    }

    /** Puts a word into {@code fs}; the other half of the register stays. */
    @Executes(MTC1)
    public static void mtc1(Cpu cpu, long rt, int fs) {
        cpu.fpu().setWord(fs, (int) rt);
    }

    /** Puts a doubleword into {@code fs}. */
    @Executes(DMTC1)
    public static void dmtc1(Cpu cpu, long rt, int fs) {
        cpu.fpu().setDoubleword(fs, rt);
    }

    /** Writes FPU control register {@code fs}; a cause written with its enable raises Floating Point afterwards. */
    @Executes(CTC1)
    public static void ctc1(Cpu cpu, long rt, int fs) {
        cpu.fpu().setControl(fs, (int) rt);
    }

    /** Taken if condition {@code cc} is false. */
    @Executes({ BC1F, BC1FL })
    public static boolean bc1f(Cpu cpu, int cc) {
        return !cpu.fpu().condition(cc);
    }

    /** Taken if condition {@code cc} is true. */
    @Executes({ BC1T, BC1TL })
    public static boolean bc1t(Cpu cpu, int cc) {
        return cpu.fpu().condition(cc);
    }

    /** {@code rs} if condition {@code cc} is false, else {@code rd} as it was. */
    @Executes(MOVF)
    public static long movf(Cpu cpu, long rd, long rs, int cc) {
        return cpu.fpu().condition(cc) ? rd : rs;
    }

    /** {@code rs} if condition {@code cc} is true, else {@code rd} as it was. */
    @Executes(MOVT)
    public static long movt(Cpu cpu, long rd, long rs, int cc) {
        return cpu.fpu().condition(cc) ? rs : rd;
    }

    /** Copies a single; any bit pattern is left as it is and nothing is signalled. */
    @Executes(MOV_S)
    public static void movS(Cpu cpu, int fd, int fs) {
        move(cpu.fpu(), SINGLE, fd, fs);
    }

    /** Copies a single if condition {@code cc} is false. */
    @Executes(MOVF_S)
    public static void movfS(Cpu cpu, int fd, int fs, int cc) {
        moveIf(!cpu.fpu().condition(cc), cpu.fpu(), SINGLE, fd, fs);
    }

    /** Copies a single if condition {@code cc} is true. */
    @Executes(MOVT_S)
    public static void movtS(Cpu cpu, int fd, int fs, int cc) {
        moveIf(cpu.fpu().condition(cc), cpu.fpu(), SINGLE, fd, fs);
    }

    /** Copies a single if {@code rt} is zero. */
    @Executes(MOVZ_S)
    public static void movzS(Cpu cpu, int fd, int fs, long rt) {
        moveIf(rt == 0, cpu.fpu(), SINGLE, fd, fs);
    }

    /** Copies a single if {@code rt} is not zero. */
    @Executes(MOVN_S)
    public static void movnS(Cpu cpu, int fd, int fs, long rt) {
        moveIf(rt != 0, cpu.fpu(), SINGLE, fd, fs);
    }

    /** Copies a double; any bit pattern is left as it is and nothing is signalled. */
    @Executes(MOV_D)
    public static void movD(Cpu cpu, int fd, int fs) {
        move(cpu.fpu(), DOUBLE, fd, fs);
    }

    /** Copies a double if condition {@code cc} is false. */
    @Executes(MOVF_D)
    public static void movfD(Cpu cpu, int fd, int fs, int cc) {
        moveIf(!cpu.fpu().condition(cc), cpu.fpu(), DOUBLE, fd, fs);
    }

    /** Copies a double if condition {@code cc} is true. */
    @Executes(MOVT_D)
    public static void movtD(Cpu cpu, int fd, int fs, int cc) {
        moveIf(cpu.fpu().condition(cc), cpu.fpu(), DOUBLE, fd, fs);
    }

    /** Copies a double if {@code rt} is zero. */
    @Executes(MOVZ_D)
    public static void movzD(Cpu cpu, int fd, int fs, long rt) {
        moveIf(rt == 0, cpu.fpu(), DOUBLE, fd, fs);
    }

    /** Copies a double if {@code rt} is not zero. */
    @Executes(MOVN_D)
    public static void movnD(Cpu cpu, int fd, int fs, long rt) {
        moveIf(rt != 0, cpu.fpu(), DOUBLE, fd, fs);
    }

    private static void moveIf(boolean condition, Fpu fpu, FloatFormat format, int fd, int fs) {
        if (condition) {
            move(fpu, format, fd, fs);
        }
    }

    private static void move(Fpu fpu, FloatFormat format, int fd, int fs) {
        fpu.set(format, fd, fpu.get(format, fs));
    }
}
