package org.xenomips.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Translation of virtual addresses: segments, TLB, and the exceptions that follow, with a small look-aside so that accesses which
 * cannot use the flat {@link PageTables} do not search the TLB each time.
 *
 * <p>No cache is modelled. The cache attribute only decides which devices can be seen ({@code PhysicalMap}): attributes 2, 6 and 7
 * and kseg1 are uncached. Reverse-endian user mode does not exist.
 *
 * <p>Thread: machine thread.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, chapter 4"
 */
final class AddressSpace {
    /** Why an address is translated; decides which exception a failure raises. */
    enum Access {
        FETCH, LOAD, STORE
    }

    /** Physical address within a translation. */
    static final long PHYSICAL = 0xf_ffff_ffffL;
    /** Cached access. */
    static final long CACHED = 1L << 40;
    /** Stores allowed. */
    static final long WRITABLE = 1L << 41;
    /** From a TLB entry that matches one ASID only. */
    static final long ASID_BOUND = 1L << 42;

    private static final int SLOTS = 256;
    /** No page has such a tag: context keys are smaller. */
    private static final long EMPTY = 0xfff;
    private static final long XPHYS_RESERVED = 0x07ff_fff0_0000_0000L;
    private static final long SEGMENT_SIZE = 1L << 40;
    /** Cache attributes that mean uncached, as a set. */
    static final int UNCACHED_ATTRIBUTES = 1 << 2 | 1 << 6 | 1 << 7;

    private final Cpu cpu;
    private final Tlb tlb;
    private final long[] tags = new long[SLOTS];
    private final long[] translations = new long[SLOTS];

    AddressSpace(Cpu cpu, Tlb tlb) {
        this.cpu = cpu;
        this.tlb = tlb;
        forget();
    }

    /** Drops the look-aside. */
    void forget() {
        Arrays.fill(tags, EMPTY);
    }

    /** Drops the look-aside for {@code pages} pages from that of {@code address} on. */
    void forget(long address, long pages) {
        if (pages >= SLOTS) {
            forget();
            return;
        }
        for (long page = 0; page < pages; page++) {
            tags[slot(address + (page << 12))] = EMPTY;
        }
    }

    /**
     * Physical address and flags for {@code address}.
     *
     * @throws GuestException address error, refill, invalid or modified
     */
    long translate(long address, Access access) {
        int slot = slot(address);
        long translation = translations[slot];
        long tag = address & -4096L | cpu.cp0().contextKey();
        if (tags[slot] != tag || access == Access.STORE && (translation & WRITABLE) == 0) {
            translation = resolve(address, access) & ~0xfffL;
            tags[slot] = tag;
            translations[slot] = translation;
        }
        return translation | address & 0xfff;
    }

    private static int slot(long address) {
        return (int) (address >>> 12 ^ address >>> 20) & SLOTS - 1;
    }

    private long resolve(long address, Access access) {
        Cp0 cp0 = cpu.cp0();
        int mode = cp0.mode();
        if ((int) address != address) {
            return resolve64(address, access, mode);
        }
        if (address >= 0) {
            return cp0.isErrorLevel() ? address | WRITABLE : mapped(address, access);
        }
        int segment = (int) (address >>> 29) & 3;
        if (mode == Cp0.KERNEL) {
            return switch (segment) {
                case 0 -> address & 0x1fff_ffff | WRITABLE | cacheFlag(cp0.kseg0Attribute());
                case 1 -> address & 0x1fff_ffff | WRITABLE;
                default -> mapped(address, access);
            };
        }
        if (mode == Cp0.SUPERVISOR && segment == 2) {
            return mapped(address, access);
        }
        throw addressError(address, access);
    }

    /** Addresses that are not sign-extended 32-bit ones. */
    private long resolve64(long address, Access access, int mode) {
        if (cpu.cp0().has64BitAddresses(mode)) {
            long offset = address & 0x3fff_ffff_ffff_ffffL;
            switch ((int) (address >>> 62)) {
                case 0 -> {
                    if (offset < SEGMENT_SIZE) {
                        return mapped(address, access);
                    }
                }
                case 1 -> {
                    if (mode != Cp0.USER && offset < SEGMENT_SIZE) {
                        return mapped(address, access);
                    }
                }
                case 2 -> {
                    if (mode == Cp0.KERNEL && (address & XPHYS_RESERVED) == 0) {
                        return address & PHYSICAL | WRITABLE | cacheFlag((int) (address >>> 59) & 7);
                    }
                }
                default -> {
                    if (mode == Cp0.KERNEL && offset < SEGMENT_SIZE - 0x8000_0000L) {
                        return mapped(address, access);
                    }
                }
            }
        }
        throw addressError(address, access);
    }

    /** The exception of a load or store for lack of a TLB entry, ready to be entered; null if there is none or it is not sure. */
    @Nullable
    GuestException miss(long address, Access access) {
        boolean isMapped = address >= 0
                ? !cpu.cp0().isErrorLevel()
                : address >= 0xffff_ffff_c000_0000L && cpu.cp0().mode() == Cp0.KERNEL;
        if ((int) address != address || !isMapped) {
            return null;
        }
        int index = tlb.find(address, cpu.cp0().asid());
        if (index < 0) {
            return cpu.raiseTlb(missCode(access), address, true);
        }
        int lo = tlb.entryLo(index, address);
        if ((lo & Tlb.LO_V) == 0) {
            return cpu.raiseTlb(missCode(access), address, false);
        }
        return access == Access.STORE && (lo & Tlb.LO_D) == 0 ? cpu.raiseTlb(ExceptionCode.MOD, address, false) : null;
    }

    private long mapped(long address, Access access) {
        int index = tlb.find(address, cpu.cp0().asid());
        if (index < 0) {
            throw cpu.raiseTlb(missCode(access), address, true);
        }
        int lo = tlb.entryLo(index, address);
        if ((lo & Tlb.LO_V) == 0) {
            throw cpu.raiseTlb(missCode(access), address, false);
        }
        if (access == Access.STORE && (lo & Tlb.LO_D) == 0) {
            throw cpu.raiseTlb(ExceptionCode.MOD, address, false);
        }
        return tlb.physical(index, lo, address) & PHYSICAL | ((lo & Tlb.LO_D) != 0 ? WRITABLE : 0)
                | (tlb.isGlobal(index) ? 0 : ASID_BOUND) | cacheFlag(lo >>> 3 & 7);
    }

    /** {@link #CACHED} unless cache attribute {@code attribute} means uncached. */
    static long cacheFlag(int attribute) {
        return (UNCACHED_ATTRIBUTES >>> attribute & 1) != 0 ? 0 : CACHED;
    }

    private static ExceptionCode missCode(Access access) {
        return access == Access.STORE ? ExceptionCode.TLBS : ExceptionCode.TLBL;
    }

    private GuestException addressError(long address, Access access) {
        return cpu.raiseAddressError(access == Access.STORE, address);
    }
}
