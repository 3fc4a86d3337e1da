package org.xenomips.memory;

import org.jspecify.annotations.Nullable;
import org.xenomips.device.MmioDevice;

/**
 * One window of the physical address map: either directly mapped memory or a device. Created by {@link PhysicalMap}.
 *
 * <p>Thread: machine thread.
 */
public final class Region {
    private final String name;
    private final long length;
    private final boolean cacheable;
    private final boolean writable;
    private final @Nullable GuestRam ram;
    private final long ramOffset;
    private final @Nullable MmioDevice device;
    private long base;

    Region(String name, long base, long length, boolean cacheable, boolean writable, @Nullable GuestRam ram,
            long ramOffset, @Nullable MmioDevice device) {
        this.name = name;
        this.base = base;
        this.length = length;
        this.cacheable = cacheable;
        this.writable = writable;
        this.ram = ram;
        this.ramOffset = ramOffset;
        this.device = device;
    }

    public String name() {
        return name;
    }

    /** First physical address. */
    public long base() {
        return base;
    }

    /** Length in bytes. */
    public long length() {
        return length;
    }

    /** First physical address behind the window. */
    public long end() {
        return base + length;
    }

    /** Visible through cached segments and mappings as well; otherwise only uncached. */
    public boolean cacheable() {
        return cacheable;
    }

    /** False for ROM: writes are dropped. */
    public boolean writable() {
        return writable;
    }

    /** The memory behind the window, or null for a device window. */
    public @Nullable GuestRam ram() {
        return ram;
    }

    /** Offset within {@link #ram} of the window's first byte. */
    public long ramOffset() {
        return ramOffset;
    }

    /** The device behind the window, or null for memory. */
    public @Nullable MmioDevice device() {
        return device;
    }

    boolean contains(long physicalAddress) {
        return physicalAddress - base >= 0 && physicalAddress - base < length;
    }

    void moveTo(long newBase) {
        base = newBase;
    }

    @Override
    public String toString() {
        return "%s[0x%x+0x%x]".formatted(name, base, length);
    }
}
