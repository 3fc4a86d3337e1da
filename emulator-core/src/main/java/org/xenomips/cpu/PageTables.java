package org.xenomips.cpu;

import java.util.Arrays;
import org.xenomips.memory.HostMemory;

/**
 * Flat tables from pages of the 32-bit-compatible address space to host memory, for one processor mode. An entry is host address
 * minus guest address of the page, or 0 for "take the slow path"; its index is bits 31..12 of the address. The entries of kseg0 and
 * kseg1 also stand for the first 512 MB of xkphys, see {@link #alias}.
 *
 * <p>Entries exist only for pages of uniform RAM, for stores only while the page holds no decoded or translated instructions.
 * Pages within 32 KB of the seam between {@code 0x7fff_ffff} and {@code 0xffff_ffff_8000_0000} never have entries, so that an
 * engine may test the base register of an access instead of the sum with its offset.
 *
 * <p>Thread: machine thread.
 */
public final class PageTables {
    /** Entries per table. */
    public static final int SIZE = 1 << 20;

    private static final int SEAM = 0x80000;
    private static final int SEAM_PAGES = 8;
    /** First page of kseg0, which like kseg1 is not mapped through the TLB. */
    private static final int UNMAPPED_FIRST = 0x80000;
    private static final int UNMAPPED_LAST = 0xbffff;

    /** Bits of an xkphys address that must be as in {@link #XKPHYS} for it to have an alias: all but the cache attribute and 28..0. */
    private static final long XKPHYS_FIXED = 0xc7ff_ffff_e000_0000L;
    private static final long XKPHYS = 0x8000_0000_0000_0000L;
    private static final long KSEG0 = 0xffff_ffff_8000_0000L;
    /** The cache attribute of an xkphys address shifted down together with bits 63 and 62, which are 10, is by so much too large. */
    private static final int ABOVE_ATTRIBUTE = 16;

    /** Entries whose use is remembered together: a host page of a table. */
    private static final int GROUP = 512;

    private final long[] read = table();
    private final long[] write = table();
    /** Pages of mapped segments that got an entry since the list was last purged; may hold pages that lost it again. */
    private int[] mapped = new int[256];
    private int mappedCount;
    private final long[] inList = new long[SIZE / 64];
    /** Of the pages in the list, those whose TLB entry is bound to an ASID. */
    private final long[] bound = new long[SIZE / 64];
    /** Groups of unmapped pages that got an entry since {@link #clearAll}. */
    private final long[] unmapped = new long[SIZE / GROUP / 64];

    /** Most of a table is never written and takes no memory of the host. */
    private static long[] table() {
        long[] table = new long[SIZE];
        HostMemory.releasePages(table);
        return table;
    }

    /** The table for loads, shared with engines; always the same array. */
    public long[] read() {
        return read;
    }

    /** The table for stores, shared with engines; always the same array. */
    public long[] write() {
        return write;
    }

    /** How many entries of {@code table} are in use. */
    public static int count(long[] table) {
        return (int) Arrays.stream(table).filter(entry -> entry != 0).count();
    }

    /** Index of the page of {@code address}. */
    public static int index(long address) {
        return (int) (address >>> 12) & SIZE - 1;
    }

    /**
     * The address in kseg0 (if cached) or kseg1 (if not) that has the same physical address as {@code address} in xkphys; an address
     * that is not in xkphys or beyond 512 MB is its own alias. For kernel mode with 64-bit addresses: elsewhere xkphys cannot be accessed.
     *
     * <p>hot: part of each access by 64-bit kernels.
     */
    public static long alias(long address) {
        if ((address & XKPHYS_FIXED) != XKPHYS) {
            return address;
        }
        int uncached = AddressSpace.UNCACHED_ATTRIBUTES << ABOVE_ATTRIBUTE >>> (int) (address >>> 59) & 1;
        return KSEG0 | address & 0x1fff_ffffL | (long) uncached << 29;
    }

    /** The address of byte {@code offset} of the part of xkphys with cache attribute {@code attribute}. */
    static long xkphys(int attribute, long offset) {
        return XKPHYS | (long) attribute << 59 | offset;
    }

    /** True for pages that may have entries: not next to the seam. */
    static boolean mayFill(long address) {
        int distance = index(address) - SEAM;
        return distance < -SEAM_PAGES || distance >= SEAM_PAGES;
    }

    /** True for addresses in kseg0 and kseg1, among those that may have entries. */
    static boolean isUnmapped(long address) {
        int page = index(address);
        return page >= UNMAPPED_FIRST && page <= UNMAPPED_LAST;
    }

    /** Enters the page of {@code address}; {@code asidBound} = the entry must go when the ASID changes. */
    void fill(long address, long hostPage, boolean writable, boolean asidBound) {
        int page = index(address);
        long entry = hostPage - (address & -4096L);
        read[page] = entry;
        if (writable) {
            write[page] = entry;
        }
        if (isUnmapped(address)) {
            unmapped[page / GROUP >> 6] |= 1L << page / GROUP;
        } else {
            remember(page, asidBound);
        }
    }

    private void remember(int page, boolean asidBound) {
        long bit = 1L << page;
        if (asidBound) {
            bound[page >> 6] |= bit;
        } else {
            bound[page >> 6] &= ~bit;
        }
        if ((inList[page >> 6] & bit) == 0) {
            inList[page >> 6] |= bit;
            if (mappedCount == mapped.length) {
                mapped = Arrays.copyOf(mapped, 2 * mappedCount);
            }
            mapped[mappedCount++] = page;
        }
    }

    /** Forgets {@code pages} pages from that of {@code address} on. */
    void clear(long address, int pages) {
        int first = index(address);
        int end = Math.min(first + pages, SIZE);
        Arrays.fill(read, first, end, 0);
        Arrays.fill(write, first, end, 0);
    }

    /** Forgets the mapped pages that belong to an ASID. */
    void clearAsidBound() {
        int kept = 0;
        for (int i = 0; i < mappedCount; i++) {
            int page = mapped[i];
            long bit = 1L << page;
            if ((bound[page >> 6] & bit) == 0) {
                mapped[kept++] = page;
            } else {
                inList[page >> 6] &= ~bit;
                read[page] = 0;
                write[page] = 0;
            }
        }
        mappedCount = kept;
    }

    /** Forgets all mapped pages, kuseg without a TLB among them. */
    void clearMapped() {
        for (int i = 0; i < mappedCount; i++) {
            int page = mapped[i];
            inList[page >> 6] &= ~(1L << page);
            read[page] = 0;
            write[page] = 0;
        }
        mappedCount = 0;
    }

    /** Forgets everything. */
    void clearAll() {
        clearMapped();
        for (int i = 0; i < unmapped.length; i++) {
            for (long groups = unmapped[i]; groups != 0; groups &= groups - 1) {
                int first = (64 * i + Long.numberOfTrailingZeros(groups)) * GROUP;
                Arrays.fill(read, first, first + GROUP, 0);
                Arrays.fill(write, first, first + GROUP, 0);
            }
            unmapped[i] = 0;
        }
    }

    /** Stores to the host page at {@code hostPage} take the slow path from now on, through mapped pages. */
    void protectMapped(long hostPage) {
        for (int i = 0; i < mappedCount; i++) {
            int page = mapped[i];
            if (write[page] + ((long) (page << 12)) == hostPage) {
                write[page] = 0;
            }
        }
    }

    /** The same for one page of an unmapped segment, if it has an entry. */
    void protect(long address, long hostPage) {
        int page = index(address);
        if (write[page] + (address & -4096L) == hostPage) {
            write[page] = 0;
        }
    }
}
