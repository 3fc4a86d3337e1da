package org.xenomips.cpu;

import java.util.Arrays;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * The joint translation look-aside buffer: fully associative, each entry maps an even/odd pair of pages of 4 KB to 16 MB.
 *
 * <p>Where several entries match, the one with the lowest index wins; Status.TS is never set. An entry that was never written
 * matches nothing, so that a zeroed TLB does not turn refills of page 0 into invalid exceptions. VPN2 bits under the mask are
 * cleared when an entry is written; PFN bits under it are kept for TLBR and ignored by translation.
 *
 * <p>Thread: machine thread.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, chapter 4"
 */
public final class Tlb implements Snapshotable {
    /** R and VPN2 of an address, for 40 virtual address bits. */
    static final long VPN2_MASK = 0xc000_00ff_ffff_e000L;
    /** Writable bits of PageMask. */
    static final int PAGE_MASK = 0x01ff_e000;
    /** Global bit of EntryLo. */
    static final int LO_G = 1;
    /** Valid bit of EntryLo. */
    static final int LO_V = 2;
    /** Dirty (writable) bit of EntryLo. */
    static final int LO_D = 4;

    /** Bits 63:62 and 39:31, all set in the mapped 32-bit segments of the kernel. */
    private static final long COMPATIBLE = 0xc000_00ff_8000_0000L;
    private static final int NO_ASID = -1;
    /** Stands for "any ASID" in a global entry. */
    private static final int ANY_ASID = 0x100;

    private final int size;
    private final long[] vpn2;
    private final long[] compareMask;
    private final int[] mask;
    private final int[] asid;
    private final int[] asidWritten;
    private final int[] lo0;
    private final int[] lo1;

    Tlb(int size) {
        this.size = size;
        this.vpn2 = new long[size];
        this.compareMask = new long[size];
        this.mask = new int[size];
        this.asid = new int[size];
        this.asidWritten = new int[size];
        this.lo0 = new int[size];
        this.lo1 = new int[size];
        clear();
    }

    /** Number of entries (page pairs). */
    public int size() {
        return size;
    }

    /** All entries to "never written". */
    void clear() {
        Arrays.fill(vpn2, 0);
        Arrays.fill(compareMask, VPN2_MASK);
        Arrays.fill(mask, 0);
        Arrays.fill(asid, NO_ASID);
        Arrays.fill(asidWritten, 0);
        Arrays.fill(lo0, 0);
        Arrays.fill(lo1, 0);
    }

    /** The first entry that maps {@code address} for {@code currentAsid}, or -1. */
    public int find(long address, int currentAsid) {
        for (int i = 0; i < size; i++) {
            if (((address ^ vpn2[i]) & compareMask[i]) == 0 && (asid[i] == currentAsid || asid[i] == ANY_ASID)) {
                return i;
            }
        }
        return -1;
    }

    /** EntryLo of the half of entry {@code index} that contains {@code address}. */
    public int entryLo(int index, long address) {
        return (address & pageSize(index)) == 0 ? lo0[index] : lo1[index];
    }

    /** Size in bytes of one page of entry {@code index}: 4 KB to 16 MB. */
    public long pageSize(int index) {
        return (mask[index] + 0x2000L) >>> 1;
    }

    /** True when entry {@code index} matches every ASID. */
    public boolean isGlobal(int index) {
        return asid[index] == ANY_ASID;
    }

    /** True when entry {@code index} was written since reset. */
    public boolean isWritten(int index) {
        return asid[index] != NO_ASID;
    }

    /** Address of the even page of entry {@code index}: R and VPN2, sign-extended as the compatibility segments need. */
    public long base(int index) {
        return canonical(vpn2[index]);
    }

    /** EntryHi as TLBR delivers it; the G bit is not part of it. */
    public long entryHi(int index) {
        return vpn2[index] | asidWritten[index];
    }

    /** PageMask as TLBR delivers it. */
    public int pageMask(int index) {
        return mask[index];
    }

    /** EntryLo0 as TLBR delivers it: G is the AND of what both halves were written with. */
    public int entryLo0(int index) {
        return lo0[index];
    }

    /** EntryLo1 as TLBR delivers it. */
    public int entryLo1(int index) {
        return lo1[index];
    }

    /** Writes entry {@code index} from the values of the CP0 registers. */
    void write(int index, long entryHi, int pageMask, int entryLo0, int entryLo1) {
        int m = legalMask(pageMask);
        mask[index] = m;
        vpn2[index] = entryHi & VPN2_MASK & ~m;
        compareMask[index] = VPN2_MASK & ~m;
        int global = entryLo0 & entryLo1 & LO_G;
        asidWritten[index] = (int) entryHi & 0xff;
        asid[index] = global != 0 ? ANY_ASID : asidWritten[index];
        lo0[index] = entryLo0 & ~LO_G | global;
        lo1[index] = entryLo1 & ~LO_G | global;
    }

    /** Physical address of {@code address} through {@code entryLo} of entry {@code index}. */
    long physical(int index, int entryLo, long address) {
        long offsetMask = pageSize(index) - 1;
        return ((entryLo & 0x3fff_ffffL) >>> 6 << 12 & ~offsetMask) | (address & offsetMask);
    }

    /** PageMask works in pairs of bits, contiguous from bit 13: anything else counts up to its lowest incomplete pair. */
    private static int legalMask(int pageMask) {
        int m = 0;
        for (int pair = 3 << 13; pair <= PAGE_MASK && (pageMask & pair & pair << 1) != 0; pair <<= 2) {
            m |= pair;
        }
        return m;
    }

    /** Bits 61:40 as a program writes them: copies of bit 39 where R is 3 and the address is in a 32-bit segment. */
    private static long canonical(long address) {
        return (address & COMPATIBLE) == COMPATIBLE ? address | 0x3fff_ff00_0000_0000L : address;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putLongs("vpn2", vpn2.clone());
        out.putInts("mask", mask.clone());
        out.putInts("asid", asid.clone());
        out.putInts("asidWritten", asidWritten.clone());
        out.putInts("lo0", lo0.clone());
        out.putInts("lo1", lo1.clone());
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.getLongs("vpn2", vpn2);
        in.getInts("mask", mask);
        in.getInts("asid", asid);
        in.getInts("asidWritten", asidWritten);
        in.getInts("lo0", lo0);
        in.getInts("lo1", lo1);
        for (int i = 0; i < size; i++) {
            mask[i] = legalMask(mask[i]);
            compareMask[i] = VPN2_MASK & ~mask[i];
        }
    }
}
