package org.xenomips.cpu;

import static org.xenomips.isa.Op.BREAK;
import static org.xenomips.isa.Op.COP2_OPERATION;
import static org.xenomips.isa.Op.LDC2;
import static org.xenomips.isa.Op.LWC2;
import static org.xenomips.isa.Op.RESERVED;
import static org.xenomips.isa.Op.SDBBP;
import static org.xenomips.isa.Op.SDC2;
import static org.xenomips.isa.Op.SWC2;
import static org.xenomips.isa.Op.SYSCALL;
import static org.xenomips.isa.Op.TEQ;
import static org.xenomips.isa.Op.TEQI;
import static org.xenomips.isa.Op.TGE;
import static org.xenomips.isa.Op.TGEI;
import static org.xenomips.isa.Op.TGEIU;
import static org.xenomips.isa.Op.TGEU;
import static org.xenomips.isa.Op.TLT;
import static org.xenomips.isa.Op.TLTI;
import static org.xenomips.isa.Op.TLTIU;
import static org.xenomips.isa.Op.TLTU;
import static org.xenomips.isa.Op.TNE;
import static org.xenomips.isa.Op.TNEI;

/**
 * Instructions that raise exceptions on purpose: traps, system calls, breakpoints, what is reserved or absent.
 *
 * @see "MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsTrap {
    private SemanticsTrap() {}

    /** Raises Trap if {@code rs} equals {@code rt}. */
    @Executes(TEQ)
    public static void teq(Cpu cpu, long rs, long rt) {
        trapIf(cpu, rs == rt);
    }

    /** Raises Trap if {@code rs} differs from {@code rt}. */
    @Executes(TNE)
    public static void tne(Cpu cpu, long rs, long rt) {
        trapIf(cpu, rs != rt);
    }

    /** Raises Trap if {@code rs} is not less than {@code rt}, signed. */
    @Executes(TGE)
    public static void tge(Cpu cpu, long rs, long rt) {
        trapIf(cpu, rs >= rt);
    }

    /** Raises Trap if {@code rs} is not less than {@code rt}, unsigned. */
    @Executes(TGEU)
    public static void tgeu(Cpu cpu, long rs, long rt) {
        trapIf(cpu, Long.compareUnsigned(rs, rt) >= 0);
    }

    /** Raises Trap if {@code rs} is less than {@code rt}, signed. */
    @Executes(TLT)
    public static void tlt(Cpu cpu, long rs, long rt) {
        trapIf(cpu, rs < rt);
    }

    /** Raises Trap if {@code rs} is less than {@code rt}, unsigned. */
    @Executes(TLTU)
    public static void tltu(Cpu cpu, long rs, long rt) {
        trapIf(cpu, Long.compareUnsigned(rs, rt) < 0);
    }

    /** Raises Trap if {@code rs} equals the sign-extended immediate. */
    @Executes(TEQI)
    public static void teqi(Cpu cpu, long rs, long simm) {
        trapIf(cpu, rs == simm);
    }

    /** Raises Trap if {@code rs} differs from the sign-extended immediate. */
    @Executes(TNEI)
    public static void tnei(Cpu cpu, long rs, long simm) {
        trapIf(cpu, rs != simm);
    }

    /** Raises Trap if {@code rs} is not less than the sign-extended immediate, signed. */
    @Executes(TGEI)
    public static void tgei(Cpu cpu, long rs, long simm) {
        trapIf(cpu, rs >= simm);
    }

    /** Raises Trap if {@code rs} is not less than the sign-extended immediate, unsigned. */
    @Executes(TGEIU)
    public static void tgeiu(Cpu cpu, long rs, long simm) {
        trapIf(cpu, Long.compareUnsigned(rs, simm) >= 0);
    }

    /** Raises Trap if {@code rs} is less than the sign-extended immediate, signed. */
    @Executes(TLTI)
    public static void tlti(Cpu cpu, long rs, long simm) {
        trapIf(cpu, rs < simm);
    }

    /** Raises Trap if {@code rs} is less than the sign-extended immediate, unsigned. */
    @Executes(TLTIU)
    public static void tltiu(Cpu cpu, long rs, long simm) {
        trapIf(cpu, Long.compareUnsigned(rs, simm) < 0);
    }

    /** Raises System Call. */
    @Executes(SYSCALL)
    public static void syscall(Cpu cpu) {
        throw cpu.raise(ExceptionCode.SYS);
    }

    /** Raises Breakpoint. */
    @Executes(BREAK)
    public static void breakpoint(Cpu cpu) {
        throw cpu.raise(ExceptionCode.BP);
    }

    /** Raises Reserved Instruction; so does SDBBP, because no processor here has a debug unit. */
    @Executes({ RESERVED, SDBBP })
    public static void reserved(Cpu cpu) {
        throw cpu.raise(ExceptionCode.RI);
    }

    /** Raises Coprocessor Unusable for unit 2, whatever Status.CU2 says: there is none. */
    @Executes({ COP2_OPERATION, LWC2, LDC2, SWC2, SDC2 })
    public static void cop2(Cpu cpu) {
        throw cpu.raiseCoprocessorUnusable(2);
    }

    private static void trapIf(Cpu cpu, boolean condition) {
        if (condition) {
            throw cpu.raise(ExceptionCode.TR);
        }
    }
}
