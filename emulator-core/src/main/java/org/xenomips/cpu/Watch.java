package org.xenomips.cpu;

import org.xenomips.isa.IsaLevel;

/**
 * What the Watch registers of the processor look for, and the comparison with an access. Only slow paths ask: pages that contain a
 * watched place never get entries in the {@link PageTables}, and their instructions are not shared with other pages.
 *
 * <p>RM7000: Watch1 and Watch2 hold a physical word address in bits 35:2 and enables for stores (63), loads (62) and instructions
 * (61); WatchMask holds a mask in bits 31:2 and enables for Watch2 (1) and Watch1 (0). An access matches when one of its bytes is
 * in the watched word. MIPS64: WatchLo holds a virtual doubleword address and enables for instructions (2), loads (1) and stores
 * (0); WatchHi says which ASIDs and has a mask of address bits 11:3. Other processors have none.
 *
 * <p>Deviation: the published description of WatchMask does not say which sense its mask has; here its ones are address bits that
 * are not compared, as in MIPS64. MIPS64 has one pair of registers, SB-1 may have more.
 *
 * <p>Thread: machine thread.
 *
 * @see "QED RM7000 data sheet, Test/Breakpoint Registers; MIPS64 Architecture For Programmers Volume III, WatchLo, WatchHi"
 */
final class Watch {
    /** Kinds of access, in the places of the enables of WatchLo. */
    static final int STORE = 1, LOAD = 2, FETCH = 4;

    private static final long WATCH_ENABLES = 7L << 61;
    private static final long WATCH_ADDRESS = 0xf_ffff_fffcL;
    private static final long MASK_ADDRESS = 0xffff_fffcL;
    private static final long MASK_WRITABLE = 0xffff_ffffL;
    private static final long HI_GLOBAL = 1L << 30;
    private static final long HI_MASK = 0xff8;
    private static final long HI_WRITABLE = HI_GLOBAL | 0xff << 16 | HI_MASK;
    private static final int ANY_ASID = -1;

    private final boolean physical;
    private final boolean virtual;
    private final long[] addresses = new long[2];
    /** Address bits that are compared. */
    private final long[] compared = new long[2];
    private final int[] kinds = new int[2];
    private int asid = ANY_ASID;
    private int armed;

    /** The Watch registers of {@code model}. */
    Watch(CpuModel model) {
        physical = model.isa() == IsaLevel.RM7000;
        virtual = model.isa() == IsaLevel.MIPS64;
    }

    /** True when {@code register} is a Watch register of this processor. */
    boolean has(int register) {
        return (register == Cp0.WATCH || register == Cp0.WATCH_2) && (physical || virtual)
                || register == Cp0.WATCH_MASK && physical;
    }

    /** What {@code register} keeps when {@code value} is written to it. */
    long writable(int register, long value) {
        if (virtual) {
            return register == Cp0.WATCH ? value : value & HI_WRITABLE;
        }
        return register == Cp0.WATCH_MASK ? (int) (value & MASK_WRITABLE) : value & (WATCH_ENABLES | WATCH_ADDRESS);
    }

    /** Takes over the contents of Watch1 or WatchLo, of Watch2 or WatchHi, and of WatchMask; true if something is or was armed. */
    boolean set(long first, long second, long mask) {
        int before = armed;
        if (physical) {
            setPoint(0, first, (mask & 1) != 0 ? mask : 0);
            setPoint(1, second, (mask & 2) != 0 ? mask : 0);
        } else if (virtual) {
            addresses[0] = first;
            compared[0] = ~(second & HI_MASK) & -8;
            kinds[0] = (int) first & (STORE | LOAD | FETCH);
            asid = (second & HI_GLOBAL) != 0 ? ANY_ASID : (int) (second >>> 16) & 0xff;
        }
        armed = kinds[0] | kinds[1];
        return (before | armed) != 0;
    }

    private void setPoint(int point, long value, long mask) {
        addresses[point] = value;
        compared[point] = WATCH_ADDRESS & ~(mask & MASK_ADDRESS);
        int enables = (int) (value >>> 61) & 7;
        kinds[point] = (enables >>> 2 & 1) * STORE | (enables >>> 1 & 1) * LOAD | (enables & 1) * FETCH;
    }

    /** True when accesses of one of {@code kind} are watched somewhere. */
    boolean isArmed(int kind) {
        return (armed & kind) != 0;
    }

    /** True when a place in the page of {@code address}, which is at {@code physicalAddress}, is watched for one of {@code kind}. */
    boolean isInPage(int kind, long address, long physicalAddress) {
        return isArmed(kind) && matches(kind, address, physicalAddress, -4096L, ANY_ASID) != 0;
    }

    /**
     * The watch points that {@code sizeBytes} (1..8, within a doubleword) from {@code address} on touch: 1 for the first, 2 for the
     * second, their sum, or 0.
     */
    int find(int kind, long address, long physicalAddress, int sizeBytes, int currentAsid) {
        return matches(kind, address, physicalAddress, -1, currentAsid)
                | matches(kind, address + sizeBytes - 1, physicalAddress + sizeBytes - 1, -1, currentAsid);
    }

    private int matches(int kind, long address, long physicalAddress, long granule, int currentAsid) {
        if (virtual && asid != ANY_ASID && currentAsid != ANY_ASID && asid != currentAsid) {
            return 0;
        }
        long place = physical ? physicalAddress : address;
        int found = 0;
        for (int point = 0; point < kinds.length; point++) {
            if ((kinds[point] & kind) != 0 && ((place ^ addresses[point]) & compared[point] & granule) == 0) {
                found |= 1 << point;
            }
        }
        return found;
    }
}
