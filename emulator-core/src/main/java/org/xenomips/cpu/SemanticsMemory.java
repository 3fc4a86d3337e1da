package org.xenomips.cpu;

import static org.xenomips.isa.Op.LB;
import static org.xenomips.isa.Op.LBU;
import static org.xenomips.isa.Op.LD;
import static org.xenomips.isa.Op.LDL;
import static org.xenomips.isa.Op.LDR;
import static org.xenomips.isa.Op.LH;
import static org.xenomips.isa.Op.LHU;
import static org.xenomips.isa.Op.LL;
import static org.xenomips.isa.Op.LLD;
import static org.xenomips.isa.Op.LW;
import static org.xenomips.isa.Op.LWL;
import static org.xenomips.isa.Op.LWR;
import static org.xenomips.isa.Op.LWU;
import static org.xenomips.isa.Op.SB;
import static org.xenomips.isa.Op.SC;
import static org.xenomips.isa.Op.SCD;
import static org.xenomips.isa.Op.SD;
import static org.xenomips.isa.Op.SDL;
import static org.xenomips.isa.Op.SDR;
import static org.xenomips.isa.Op.SH;
import static org.xenomips.isa.Op.SW;
import static org.xenomips.isa.Op.SWL;
import static org.xenomips.isa.Op.SWR;

/**
 * Loads and stores of general registers, big-endian.
 *
 * <p>LWR that does not load bit 31 sign-extends the merged word; SC succeeds only in the 32-byte line of the last LL and clears
 * LLbit. Both are choices the manual allows.
 *
 * @see "MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsMemory {
    private SemanticsMemory() {}

    /** Loads a byte, sign-extended. */
    @Executes(LB)
    public static long lb(Cpu cpu, long base, long simm) {
        return (byte) cpu.memory().load(base + simm, 1);
    }

    /** Loads a byte, zero-extended. */
    @Executes(LBU)
    public static long lbu(Cpu cpu, long base, long simm) {
        return cpu.memory().load(base + simm, 1);
    }

    /** Loads a halfword, sign-extended. */
    @Executes(LH)
    public static long lh(Cpu cpu, long base, long simm) {
        return (short) cpu.memory().load(base + simm, 2);
    }

    /** Loads a halfword, zero-extended. */
    @Executes(LHU)
    public static long lhu(Cpu cpu, long base, long simm) {
        return cpu.memory().load(base + simm, 2);
    }

    /** Loads a word, sign-extended. */
    @Executes(LW)
    public static long lw(Cpu cpu, long base, long simm) {
        return (int) cpu.memory().load(base + simm, 4);
    }

    /** Loads a word, zero-extended. */
    @Executes(LWU)
    public static long lwu(Cpu cpu, long base, long simm) {
        return cpu.memory().load(base + simm, 4);
    }

    /** Loads a doubleword. */
    @Executes(LD)
    public static long ld(Cpu cpu, long base, long simm) {
        return cpu.memory().load(base + simm, 8);
    }

    /** Stores a byte. */
    @Executes(SB)
    public static void sb(Cpu cpu, long rt, long base, long simm) {
        cpu.memory().store(base + simm, 1, rt);
    }

    /** Stores a halfword. */
    @Executes(SH)
    public static void sh(Cpu cpu, long rt, long base, long simm) {
        cpu.memory().store(base + simm, 2, rt);
    }

    /** Stores a word. */
    @Executes(SW)
    public static void sw(Cpu cpu, long rt, long base, long simm) {
        cpu.memory().store(base + simm, 4, rt);
    }

    /** Stores a doubleword. */
    @Executes(SD)
    public static void sd(Cpu cpu, long rt, long base, long simm) {
        cpu.memory().store(base + simm, 8, rt);
    }

    /** Loads the part of an unaligned word that begins at the address into the high end of the register. */
    @Executes(LWL)
    public static long lwl(Cpu cpu, long rt, long base, long simm) {
        long address = base + simm;
        int shift = 8 * ((int) address & 3);
        int word = (int) cpu.memory().loadAround(address, 4);
        return word << shift | (int) rt & (1 << shift) - 1;
    }

    /** Loads the part of an unaligned word that ends at the address into the low end of the register. */
    @Executes(LWR)
    public static long lwr(Cpu cpu, long rt, long base, long simm) {
        long address = base + simm;
        int shift = 8 * (~(int) address & 3);
        int word = (int) cpu.memory().loadAround(address, 4);
        return word >>> shift | (int) rt & ~(-1 >>> shift);
    }

    /** Stores the high end of the register from the address to the end of its word. */
    @Executes(SWL)
    public static void swl(Cpu cpu, long rt, long base, long simm) {
        long address = base + simm;
        int offset = (int) address & 3;
        cpu.memory().storeBytes(address, 4 - offset, (rt & 0xffff_ffffL) >>> 8 * offset);
    }

    /** Stores the low end of the register from the beginning of the word to the address. */
    @Executes(SWR)
    public static void swr(Cpu cpu, long rt, long base, long simm) {
        long address = base + simm;
        cpu.memory().storeBytesUpTo(address, ((int) address & 3) + 1, rt);
    }

    /** Loads the part of an unaligned doubleword that begins at the address into the high end of the register. */
    @Executes(LDL)
    public static long ldl(Cpu cpu, long rt, long base, long simm) {
        long address = base + simm;
        int shift = 8 * ((int) address & 7);
        return cpu.memory().loadAround(address, 8) << shift | rt & (1L << shift) - 1;
    }

    /** Loads the part of an unaligned doubleword that ends at the address into the low end of the register. */
    @Executes(LDR)
    public static long ldr(Cpu cpu, long rt, long base, long simm) {
        long address = base + simm;
        int shift = 8 * (~(int) address & 7);
        return cpu.memory().loadAround(address, 8) >>> shift | rt & ~(-1L >>> shift);
    }

    /** Stores the high end of the register from the address to the end of its doubleword. */
    @Executes(SDL)
    public static void sdl(Cpu cpu, long rt, long base, long simm) {
        long address = base + simm;
        int offset = (int) address & 7;
        cpu.memory().storeBytes(address, 8 - offset, rt >>> 8 * offset);
    }

    /** Stores the low end of the register from the beginning of the doubleword to the address. */
    @Executes(SDR)
    public static void sdr(Cpu cpu, long rt, long base, long simm) {
        long address = base + simm;
        cpu.memory().storeBytesUpTo(address, ((int) address & 7) + 1, rt);
    }

    /** Loads a word and sets LLbit. */
    @Executes(LL)
    public static long ll(Cpu cpu, long base, long simm) {
        long address = base + simm;
        int value = (int) cpu.memory().load(address, 4);
        cpu.link(cpu.memory().physicalAddress(address, false));
        return value;
    }

    /** Loads a doubleword and sets LLbit. */
    @Executes(LLD)
    public static long lld(Cpu cpu, long base, long simm) {
        long address = base + simm;
        long value = cpu.memory().load(address, 8);
        cpu.link(cpu.memory().physicalAddress(address, false));
        return value;
    }

    /** Stores a word if LLbit is set; the result tells. */
    @Executes(SC)
    public static long sc(Cpu cpu, long rt, long base, long simm) {
        return storeLinked(cpu, base + simm, 4, rt);
    }

    /** Stores a doubleword if LLbit is set; the result tells. */
    @Executes(SCD)
    public static long scd(Cpu cpu, long rt, long base, long simm) {
        return storeLinked(cpu, base + simm, 8, rt);
    }

    private static long storeLinked(Cpu cpu, long address, int sizeBytes, long value) {
        if ((address & sizeBytes - 1) != 0) {
            throw cpu.raiseAddressError(true, address);
        }
        if (!cpu.unlink(cpu.memory().physicalAddress(address, true))) {
            return 0;
        }
        cpu.memory().store(address, sizeBytes, value);
        return 1;
    }
}
