package org.xenomips.memory;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A block of directly addressable guest memory outside the Java heap: RAM, I/O memory, packet SRAM, ROM. Initially zero;
 * bytes are in guest (big-endian) order. Step 6 of a received frame's way.
 *
 * <p>Every write that does not come from the running engine's own fast path goes through this class and tells the
 * {@link CodeWatch} about it when the page holds decoded or translated instructions.
 *
 * <p>Thread: machine thread. Offsets are bytes from the start of the block and are checked.
 */
public final class GuestRam implements AutoCloseable {
    /** Told when bytes of a page that was marked by {@link #watchCode} change. */
    public interface CodeWatch {
        /** {@code length} bytes at {@code offset} of {@code ram} have just been overwritten. */
        void codeWritten(GuestRam ram, long offset, int length);
    }

    private final String name;
    private final long size;
    private final boolean[] codePages;
    private long base;
    private CodeWatch watch = (ram, offset, length) -> {};

    /** A zeroed block of {@code size} bytes (a multiple of 4096), committed by the host page by page when first touched. */
    public GuestRam(String name, long size) {
        if (size <= 0 || size % HostMemory.PAGE_SIZE != 0) {
            throw new IllegalArgumentException(name + ": size " + size + " is not a positive multiple of 4096");
        }
        this.name = name;
        this.size = size;
        this.codePages = new boolean[(int) (size / HostMemory.PAGE_SIZE)];
        this.base = HostMemory.map(size);
    }

    public String name() {
        return name;
    }

    /** Size in bytes. */
    public long size() {
        return size;
    }

    /** Host address of offset 0; valid until {@link #close}. For engines' page tables only. */
    public long hostBase() {
        return base;
    }

    /** Who is told about writes to watched pages; one watcher, the processor that runs from this memory. */
    public void setCodeWatch(CodeWatch watcher) {
        this.watch = watcher;
    }

    /** Marks the page at {@code offset} as holding decoded instructions. */
    public void watchCode(long offset) {
        codePages[(int) (offset >>> 12)] = true;
    }

    /** The page at {@code offset} holds no decoded instructions any more. */
    public void unwatchCode(long offset) {
        codePages[(int) (offset >>> 12)] = false;
    }

    /** True when the page at {@code offset} is watched: no write may bypass this class. */
    public boolean holdsCode(long offset) {
        return codePages[(int) (offset >>> 12)];
    }

    /** Reads {@code sizeBytes} (1, 2, 4, 8) at {@code offset}, zero-extended. */
    public long read(long offset, int sizeBytes) {
        long address = address(offset, sizeBytes);
        return switch (sizeBytes) {
            case 1 -> HostMemory.getByte(address) & 0xffL;
            case 2 -> HostMemory.getShort(address) & 0xffffL;
            case 4 -> HostMemory.getInt(address) & 0xffff_ffffL;
            default -> HostMemory.getLong(address);
        };
    }

    /** Writes the low {@code sizeBytes} (1, 2, 4, 8) of {@code value} at {@code offset}. */
    public void write(long offset, int sizeBytes, long value) {
        long address = address(offset, sizeBytes);
        switch (sizeBytes) {
            case 1 -> HostMemory.putByte(address, (byte) value);
            case 2 -> HostMemory.putShort(address, (short) value);
            case 4 -> HostMemory.putInt(address, (int) value);
            default -> HostMemory.putLong(address, value);
        }
        notifyWatch(offset, sizeBytes);
    }

    /** Copies {@code length} bytes at {@code offset} to {@code into}. */
    public void read(long offset, byte[] into, int at, int length) {
        Objects.checkFromIndexSize(at, length, into.length);
        HostMemory.copyOut(address(offset, length), into, at, length);
    }

    /** Copies {@code length} bytes of {@code from} to {@code offset}. */
    public void write(long offset, byte[] from, int at, int length) {
        Objects.checkFromIndexSize(at, length, from.length);
        HostMemory.copyIn(from, at, address(offset, length), length);
        notifyWatch(offset, length);
    }

    /** Sets {@code length} bytes at {@code offset} to {@code value}. */
    public void fill(long offset, long length, byte value) {
        Objects.checkFromIndexSize(offset, length, size);
        HostMemory.fill(base + offset, length, value);
        for (long at = offset; at < offset + length; at += 1 << 20) {
            notifyWatch(at, (int) Math.min(1 << 20, offset + length - at));
        }
    }

    /** True when {@code length} bytes (a multiple of 8) at {@code offset} are all 0. */
    public boolean isZero(long offset, int length) {
        long address = address(offset, length);
        for (long at = address; at < address + length; at += 8) {
            if (HostMemory.getLong(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The whole block as a segment, for snapshots and host I/O; must not be kept beyond {@link #close}. */
    public MemorySegment segment() {
        return HostMemory.segment(base, size);
    }

    private long address(long offset, int length) {
        Objects.checkFromIndexSize(offset, length, size);
        return base + offset;
    }

    private void notifyWatch(long offset, int length) {
        if (length == 0) {
            return;
        }
        for (long page = offset >>> 12; page <= offset + length - 1 >>> 12; page++) {
            if (codePages[(int) page]) {
                watch.codeWritten(this, offset, length);
                return;
            }
        }
    }

    /** Gives the memory back to the host; only after the machine thread has ended. */
    @Override
    public void close() {
        if (base != 0) {
            HostMemory.unmap(base, size);
            base = 0;
        }
    }

    @Override
    public String toString() {
        return name + "[" + size + "]";
    }
}
