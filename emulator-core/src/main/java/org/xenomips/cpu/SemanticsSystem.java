package org.xenomips.cpu;

import static org.xenomips.isa.Op.CACHE;
import static org.xenomips.isa.Op.CFC0;
import static org.xenomips.isa.Op.CTC0;
import static org.xenomips.isa.Op.DERET;
import static org.xenomips.isa.Op.DMFC0;
import static org.xenomips.isa.Op.DMTC0;
import static org.xenomips.isa.Op.ERET;
import static org.xenomips.isa.Op.MFC0;
import static org.xenomips.isa.Op.MTC0;
import static org.xenomips.isa.Op.TLBP;
import static org.xenomips.isa.Op.TLBR;
import static org.xenomips.isa.Op.TLBWI;
import static org.xenomips.isa.Op.TLBWR;
import static org.xenomips.isa.Op.WAIT;

/**
 * Coprocessor 0 instructions. The check of privilege is the engine's.
 *
 * @see "MIPS64 Architecture For Programmers Volume II; MIPS R4000 Microprocessor User's Manual, appendix A"
 */
public final class SemanticsSystem {
    private static final int INDEX_LOAD_TAG = 1;
    private static final int HIT_INVALIDATE = 4;
    private static final int TAG_LO = 28;
    private static final int TAG_HI = 29;

    private SemanticsSystem() {}

    /** The low word of a CP0 register, sign-extended. */
    @Executes(MFC0)
    public static long mfc0(Cpu cpu, int rd, int sel) {
        return (int) cpu.cp0().read(rd, sel);
    }

    /** A CP0 register. */
    @Executes(DMFC0)
    public static long dmfc0(Cpu cpu, int rd, int sel) {
        return cpu.cp0().read(rd, sel);
    }

    /** Writes a word, sign-extended, to a CP0 register. */
    @Executes(MTC0)
    public static void mtc0(Cpu cpu, int rd, int sel, long rt) {
        int word = (int) rt;
        cpu.cp0().write(rd, sel, word);
    }

    /** Writes a CP0 register. */
    @Executes(DMTC0)
    public static void dmtc0(Cpu cpu, int rd, int sel, long rt) {
        cpu.cp0().write(rd, sel, rt);
    }

    /** A CP0 register of set 1. */
    @Executes(CFC0)
    public static long cfc0(Cpu cpu, int rd) {
        return (int) cpu.cp0().readSet1(rd);
    }

    /** Writes a CP0 register of set 1. */
    @Executes(CTC0)
    public static void ctc0(Cpu cpu, int rd, long rt) {
        cpu.cp0().writeSet1(rd, rt);
    }

    /** Reads the TLB entry that Index names. */
    @Executes(TLBR)
    public static void tlbr(Cpu cpu) {
        cpu.cp0().tlbRead();
    }

    /** Writes the TLB entry that Index names. */
    @Executes(TLBWI)
    public static void tlbwi(Cpu cpu) {
        cpu.cp0().tlbWriteIndexed();
    }

    /** Writes a random TLB entry that is not wired. */
    @Executes(TLBWR)
    public static void tlbwr(Cpu cpu) {
        cpu.cp0().tlbWriteRandom();
    }

    /** Looks for the TLB entry that EntryHi matches. */
    @Executes(TLBP)
    public static void tlbp(Cpu cpu) {
        cpu.cp0().tlbProbe();
    }

    /** Returns from an exception: the next instruction is at the pc. */
    @Executes(ERET)
    public static void eret(Cpu cpu) {
        cpu.setPc(cpu.returnFromException());
    }

    /** Reserved: no processor here has a debug unit. */
    @Executes(DERET)
    public static void deret(Cpu cpu) {
        throw cpu.raise(ExceptionCode.RI);
    }

    /** Stands still until an interrupt is pending. */
    @Executes(WAIT)
    public static void await(Cpu cpu) {
        cpu.waitForInterrupt();
    }

    /**
     * There are no caches: hit operations translate their address, which may fault, and tags read as invalid. Code in memory is
     * always current, whatever is done here.
     */
    @Executes(CACHE)
    public static void cache(Cpu cpu, int op, long base, long simm) {
        int operation = op >>> 2;
        if (operation >= HIT_INVALIDATE) {
            long _ = cpu.memory().physicalAddress(base + simm, false);
        } else if (operation == INDEX_LOAD_TAG) {
            cpu.cp0().write(TAG_LO, 0, 0);
            cpu.cp0().write(TAG_HI, 0, 0);
        }
    }
}
