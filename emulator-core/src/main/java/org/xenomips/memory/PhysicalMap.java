package org.xenomips.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xenomips.bits.Bits;
import org.xenomips.device.MmioDevice;

/**
 * The physical address map of a machine: a list of regions sorted by base address. The first region that contains an address
 * wins, so the lower base hides the higher one; among equal bases the one mapped first. A cached access sees only cacheable
 * regions. Where nothing is mapped, reads give 0 and writes vanish; there are no bus errors.
 *
 * <p>Addresses are cut to 33 bits ({@link #ADDRESS_MASK}): bit 33 selects "bypass L2" on real boards and is an alias.
 *
 * <p>Thread: machine thread.
 */
public final class PhysicalMap implements DmaBus {
    /** Significant physical address bits. */
    public static final long ADDRESS_MASK = 0x1_ffff_ffffL;

    /** Told after regions were added, removed or moved: caches of translations must be dropped. */
    public interface Listener {
        void mapChanged();
    }

    private static final int CACHE_SIZE = 256;

    private final List<Region> regions = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    /** Look-aside by page: tag = page << 1 | cached, region or null for "nothing there". */
    private final long[] cacheTags = new long[CACHE_SIZE];
    private final @Nullable Region[] cacheRegions = new Region[CACHE_SIZE];

    public PhysicalMap() {
        dropCache();
    }

    /** Maps {@code length} bytes of {@code ram} from {@code ramOffset} on; visible cached and uncached. */
    public Region mapRam(String name, long base, long length, GuestRam ram, long ramOffset) {
        return insert(new Region(name, base, length, true, true, ram, ramOffset, null));
    }

    /** Maps {@code ram} read-only: writes vanish; visible cached and uncached. */
    public Region mapRom(String name, long base, GuestRam ram) {
        return insert(new Region(name, base, ram.size(), true, false, ram, 0, null));
    }

    /** Maps a device window; {@code cacheable} = visible through cached accesses too. */
    public Region mapDevice(String name, long base, long length, boolean cacheable, MmioDevice device) {
        return insert(new Region(name, base, length, cacheable, true, null, 0, device));
    }

    /** Removes a region; does nothing if it is not mapped. */
    public void unmap(Region region) {
        if (regions.remove(region)) {
            changed();
        }
    }

    /** Moves a mapped region to another base, or maps it again there. */
    public void move(Region region, long newBase) {
        regions.remove(region);
        region.moveTo(newBase);
        insert(region);
    }

    /** The regions in the order in which they are searched. */
    public List<Region> regions() {
        return Collections.unmodifiableList(regions);
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** The region that answers an access, or null when nothing does. */
    public @Nullable Region find(long physicalAddress, boolean cached) {
        long pa = physicalAddress & ADDRESS_MASK;
        long tag = pa >>> 12 << 1 | (cached ? 1 : 0);
        int slot = (int) (pa >>> 12 ^ pa >>> 20) & CACHE_SIZE - 1;
        if (cacheTags[slot] == tag) {
            return cacheRegions[slot];
        }
        Region region = search(pa, cached);
        if (isUniformPage(pa, cached, region)) {
            cacheTags[slot] = tag;
            cacheRegions[slot] = region;
        }
        return region;
    }

    /** True when every address of the page around {@code physicalAddress} is answered by {@code region}. */
    public boolean isUniformPage(long physicalAddress, boolean cached, @Nullable Region region) {
        long first = physicalAddress & ADDRESS_MASK & -HostMemory.PAGE_SIZE;
        long last = first + HostMemory.PAGE_SIZE - 1;
        for (Region r : regions) {
            if (r.base() > last) {
                break;
            }
            if (cached && !r.cacheable()) {
                continue;
            }
            if (r == region) {
                return r.base() <= first && r.end() > last;
            }
            if (r.end() > first) {
                return false;
            }
        }
        return region == null;
    }

    /** Reads {@code sizeBytes} (1, 2, 4, 8) as the processor does, zero-extended; 0 where nothing is mapped. */
    public long read(long physicalAddress, int sizeBytes, boolean cached) {
        long pa = physicalAddress & ADDRESS_MASK;
        Region region = find(pa, cached);
        if (region == null) {
            return 0;
        }
        GuestRam ram = region.ram();
        if (ram != null) {
            long offset = pa - region.base() + region.ramOffset();
            return offset + sizeBytes <= ram.size() ? ram.read(offset, sizeBytes) : 0;
        }
        return device(region).read((int) (pa - region.base()), sizeBytes) & Bits.sizeMask(sizeBytes);
    }

    /** Writes the low {@code sizeBytes} (1, 2, 4, 8) of {@code value} as the processor does. */
    public void write(long physicalAddress, int sizeBytes, long value, boolean cached) {
        long pa = physicalAddress & ADDRESS_MASK;
        Region region = find(pa, cached);
        if (region == null || !region.writable()) {
            return;
        }
        GuestRam ram = region.ram();
        if (ram != null) {
            long offset = pa - region.base() + region.ramOffset();
            if (offset + sizeBytes <= ram.size()) {
                ram.write(offset, sizeBytes, value);
            }
            return;
        }
        device(region).write((int) (pa - region.base()), sizeBytes, value & Bits.sizeMask(sizeBytes));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Device windows are read as big-endian words, then a 2- and a 1-byte tail. DMA ignores the cacheable rule.
     */
    @Override
    public void read(long busAddress, byte[] into, int at, int length) {
        long pa = busAddress;
        int done = 0;
        while (done < length) {
            Region region = find(pa, false);
            GuestRam ram = region == null ? null : region.ram();
            int chunk = chunk(pa, length - done);
            if (region != null && ram != null) {
                ram.read((pa & ADDRESS_MASK) - region.base() + region.ramOffset(), into, at + done, chunk);
            } else {
                chunk = wordChunk(chunk);
                long value = region == null ? 0 : read(pa, chunk, false);
                for (int i = 0; i < chunk; i++) {
                    into[at + done + i] = (byte) (value >>> 8 * (chunk - 1 - i));
                }
            }
            done += chunk;
            pa += chunk;
        }
    }

    /** {@inheritDoc} */
    @Override
    public void write(long busAddress, byte[] from, int at, int length) {
        long pa = busAddress;
        int done = 0;
        while (done < length) {
            Region region = find(pa, false);
            GuestRam ram = region == null ? null : region.ram();
            int chunk = chunk(pa, length - done);
            if (region != null && ram != null) {
                if (region.writable()) {
                    ram.write((pa & ADDRESS_MASK) - region.base() + region.ramOffset(), from, at + done, chunk);
                }
            } else {
                chunk = wordChunk(chunk);
                long value = 0;
                for (int i = 0; i < chunk; i++) {
                    value = value << 8 | from[at + done + i] & 0xff;
                }
                write(pa, chunk, value, false);
            }
            done += chunk;
            pa += chunk;
        }
    }

    @Override
    public int readWord(long busAddress) {
        return (int) read(busAddress, 4, false);
    }

    @Override
    public void writeWord(long busAddress, int value) {
        write(busAddress, 4, value, false);
    }

    /** Bytes up to the end of the page, at most {@code wanted}: a page is the unit in which regions are looked up. */
    private static int chunk(long pa, int wanted) {
        return (int) Math.min(wanted, HostMemory.PAGE_SIZE - (pa & HostMemory.PAGE_SIZE - 1));
    }

    private static int wordChunk(int available) {
        return available >= 4 ? 4 : available >= 2 ? 2 : 1;
    }

    private static MmioDevice device(Region region) {
        MmioDevice device = region.device();
        if (device == null) {
            throw new IllegalStateException(region + " has neither memory nor a device");
        }
        return device;
    }

    private @Nullable Region search(long pa, boolean cached) {
        for (Region region : regions) {
            if (region.base() > pa) {
                return null;
            }
            if (region.contains(pa) && (region.cacheable() || !cached)) {
                return region;
            }
        }
        return null;
    }

    private Region insert(Region region) {
        int at = 0;
        while (at < regions.size() && regions.get(at).base() <= region.base()) {
            at++;
        }
        regions.add(at, region);
        changed();
        return region;
    }

    private void changed() {
        dropCache();
        for (Listener listener : listeners) {
            listener.mapChanged();
        }
    }

    private void dropCache() {
        java.util.Arrays.fill(cacheTags, -1);
    }
}
