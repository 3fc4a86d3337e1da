package org.xenomips.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.AddressSpace.Access;
import org.xenomips.device.MmioDevice;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.HostMemory;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.memory.Region;
import org.xenomips.telemetry.DeviceLog;

/**
 * Memory as the processor's instructions see it: the slow path behind the engines' inline accesses, which fills their
 * {@link PageTables}, calls devices and watches pages that hold instructions.
 *
 * <p>Thread: machine thread.
 */
public final class CpuMemory implements PhysicalMap.Listener, GuestRam.CodeWatch {
    private static final long COMPATIBLE = 0xffff_ffff_0000_0000L;

    private final Cpu cpu;
    private final PhysicalMap map;
    private final AddressSpace addresses;
    private final Watch watch;
    private final @Nullable PageTables[] tablesByMode = new PageTables[3];
    private final List<CodeListener> listeners = new ArrayList<>();
    private final List<TranslationListener> translationListeners = new ArrayList<>();
    private PageTables tables;
    private boolean observable;

    CpuMemory(Cpu cpu, PhysicalMap map, Tlb tlb, Watch watch) {
        this.cpu = cpu;
        this.map = map;
        this.addresses = new AddressSpace(cpu, tlb);
        this.watch = watch;
        this.tables = new PageTables();
        tablesByMode[Cp0.KERNEL] = tables;
        map.addListener(this);
    }

    /** A page of instructions, found by {@link #findCode}: where its bytes are. */
    public record CodePage(GuestRam ram, long offset) {
    }

    /** The tables of the current mode. */
    public PageTables tables() {
        return tables;
    }

    /** The tables of the mode in {@code contextKey}, see {@link Cp0#contextKey}; the processor must have been in that mode. */
    public PageTables tables(int contextKey) {
        return tablesFor(contextKey & Cp0.MODE);
    }

    /** The tables of kernel mode, which always exist. */
    public PageTables kernelTables() {
        return tablesFor(Cp0.KERNEL);
    }

    /** True when an inline access of {@code sizeBytes} at {@code address} may use the tables: aligned and compatible. */
    public static boolean isPlain(long address, int sizeBytes) {
        return (address + 0x8000_0000L & (COMPATIBLE | sizeBytes - 1)) == 0;
    }

    /** The address that stands for {@code address} in the tables of the current mode: its alias in kseg0 or kseg1 for most of xkphys. */
    public long inTables(long address) {
        return (int) address != address && Cp0.reachesXkphys(cpu.cp0().contextKey())
                ? PageTables.alias(address)
                : address;
    }

    /**
     * Loads {@code sizeBytes} (1, 2, 4, 8), zero-extended.
     *
     * @throws GuestException as the architecture says; nothing has changed then
     */
    public long load(long address, int sizeBytes) {
        long place = inTables(address);
        if (isPlain(place, sizeBytes)) {
            long entry = tables.read()[PageTables.index(place)];
            if (entry != 0) {
                return hostLoad(place + entry, sizeBytes);
            }
        }
        return slowLoad(address, sizeBytes);
    }

    /**
     * Stores the low {@code sizeBytes} (1, 2, 4, 8) of {@code value}.
     *
     * @throws GuestException as the architecture says; nothing has changed then
     */
    public void store(long address, int sizeBytes, long value) {
        long place = inTables(address);
        if (isPlain(place, sizeBytes)) {
            long entry = tables.write()[PageTables.index(place)];
            if (entry != 0) {
                hostStore(place + entry, sizeBytes, value);
                return;
            }
        }
        slowStore(address, sizeBytes, value);
    }

    /**
     * Loads the aligned {@code sizeBytes} (4 or 8) around {@code address}, which may be unaligned and is what an exception
     * reports: LWL and its relatives.
     */
    public long loadAround(long address, int sizeBytes) {
        long translation = addresses.translate(address, Access.LOAD);
        long aligned = address & -sizeBytes;
        long physical = translation & -sizeBytes;
        checkWatch(Watch.LOAD, aligned, physical, sizeBytes);
        return physicalLoad(aligned, physical, sizeBytes);
    }

    /** Stores the low {@code count} (1..8) bytes of {@code value} from {@code address} on, within one aligned doubleword. */
    public void storeBytes(long address, int count, long value) {
        storeBytes(address, addresses.translate(address, Access.STORE), count, value);
    }

    /** Stores the low {@code count} (1..8) bytes of {@code value} so that the last is at {@code address}, which faults report. */
    public void storeBytesUpTo(long address, int count, long value) {
        long translation = addresses.translate(address, Access.STORE);
        storeBytes(address - count + 1, translation - count + 1, count, value);
    }

    private void storeBytes(long address, long translation, int count, long value) {
        checkWatch(Watch.STORE, address, translation, count);
        for (int i = 0; i < count; i++) {
            physicalStore(address + i, translation + i, 1, value >>> 8 * (count - 1 - i));
        }
    }

    /**
     * Physical address of {@code address} for a load or store by the current mode.
     *
     * @throws GuestException as the access itself would
     */
    public long physicalAddress(long address, boolean store) {
        return addresses.translate(address, store ? Access.STORE : Access.LOAD) & AddressSpace.PHYSICAL;
    }

    /**
     * The memory that holds the instructions of the page of {@code pc}.
     *
     * @throws GuestException address error (also for an unaligned pc), refill, invalid, or a bus error where no memory is
     */
    public CodePage findCode(long pc) {
        if ((pc & 3) != 0) {
            throw cpu.raiseAddressError(false, pc);
        }
        long translation = addresses.translate(pc, Access.FETCH);
        long physical = translation & AddressSpace.PHYSICAL & PhysicalMap.ADDRESS_MASK;
        boolean cached = (translation & AddressSpace.CACHED) != 0;
        Region region = map.find(physical, cached);
        GuestRam ram = region == null ? null : region.ram();
        if (region == null || ram == null || !map.isUniformPage(physical, cached, region)) {
            throw cpu.raise(ExceptionCode.IBE);
        }
        return new CodePage(ram, (physical & -4096L) - region.base() + region.ramOffset());
    }

    /**
     * Like {@link #findCode}, but null where that throws, and without a trace in the exception that is being raised: for engines
     * that look ahead.
     */
    public @Nullable CodePage peekCode(long pc) {
        long badAddress = cpu.badAddress();
        boolean refill = cpu.isRefill();
        try {
            return findCode(pc);
        } catch (GuestException e) {
            cpu.setExceptionDetails(badAddress, refill);
            return null;
        }
    }

    /**
     * The exception that an aligned load or store at {@code address} meets in the TLB, for {@link Cpu#enterException}: engines that
     * know the instruction need not throw it. Null if there is none, or if only the access itself can tell.
     */
    public @Nullable GuestException tlbMiss(long address, boolean store) {
        return addresses.miss(address, store ? Access.STORE : Access.LOAD);
    }

    /**
     * Enters the page of {@code address} into the tables if a load or store there, which meets nothing in the TLB, need not come here;
     * true if it was missing and is there now.
     */
    public boolean enterPage(long address, boolean store) {
        long place = inTables(address);
        if ((int) place != place) {
            return false;
        }
        long[] table = store ? tables.write() : tables.read();
        int index = PageTables.index(place);
        if (table[index] != 0) {
            return false;
        }
        long translation;
        try {
            translation = addresses.translate(address, store ? Access.STORE : Access.LOAD);
        } catch (GuestException e) {
            // the access itself will raise it
            return false;
        }
        Region region = map.find(translation & AddressSpace.PHYSICAL & PhysicalMap.ADDRESS_MASK,
                (translation & AddressSpace.CACHED) != 0);
        if (region == null || region.device() != null) {
            return false;
        }
        fill(address, translation, region);
        return table[index] != 0;
    }

    /** True when {@code address} can be accessed now and a device answers; without a trace, like {@link #peekCode}. */
    public boolean isDevice(long address, boolean store) {
        long badAddress = cpu.badAddress();
        boolean refill = cpu.isRefill();
        try {
            long translation = addresses.translate(address, store ? Access.STORE : Access.LOAD);
            Region region = map.find(translation & AddressSpace.PHYSICAL & PhysicalMap.ADDRESS_MASK,
                    (translation & AddressSpace.CACHED) != 0);
            return region != null && region.device() != null;
        } catch (GuestException e) {
            cpu.setExceptionDetails(badAddress, refill);
            return false;
        }
    }

    private long slowLoad(long address, int sizeBytes) {
        if ((address & sizeBytes - 1) != 0) {
            throw cpu.raiseAddressError(false, address);
        }
        long translation = addresses.translate(address, Access.LOAD);
        checkWatch(Watch.LOAD, address, translation, sizeBytes);
        return physicalLoad(address, translation, sizeBytes);
    }

    private void slowStore(long address, int sizeBytes, long value) {
        if ((address & sizeBytes - 1) != 0) {
            throw cpu.raiseAddressError(true, address);
        }
        long translation = addresses.translate(address, Access.STORE);
        checkWatch(Watch.STORE, address, translation, sizeBytes);
        physicalStore(address, translation, sizeBytes, value);
    }

    // Watch

    private void checkWatch(int kind, long address, long translation, int sizeBytes) {
        if (watch.isArmed(kind)) {
            int points = watch.find(kind, address, translation & AddressSpace.PHYSICAL, sizeBytes, cpu.cp0().asid());
            if (points != 0) {
                cpu.watched(kind == Watch.FETCH, points);
            }
        }
    }

    /** True when instructions are watched somewhere: engines then ask {@link #isCodeWatched} and {@link #checkFetch}. */
    public boolean isAnyCodeWatched() {
        return watch.isArmed(Watch.FETCH);
    }

    /** True when an instruction in the page of {@code pc}, which can be fetched, is watched. */
    public boolean isCodeWatched(long pc) {
        return watch.isArmed(Watch.FETCH)
                && watch.isInPage(Watch.FETCH, pc, addresses.translate(pc, Access.FETCH) & AddressSpace.PHYSICAL);
    }

    /**
     * Looks whether the instruction at {@code pc}, which can be fetched, is watched.
     *
     * @throws GuestException if it is and the exception is not put off
     */
    public void checkFetch(long pc) {
        if (watch.isArmed(Watch.FETCH)) {
            checkWatch(Watch.FETCH, pc, addresses.translate(pc, Access.FETCH), 4);
        }
    }

    private long physicalLoad(long address, long translation, int sizeBytes) {
        long physical = translation & AddressSpace.PHYSICAL & PhysicalMap.ADDRESS_MASK;
        boolean cached = (translation & AddressSpace.CACHED) != 0;
        Region region = map.find(physical, cached);
        if (region == null) {
            DeviceLog.guestError("cpu", "load where nothing answers");
            return 0;
        }
        MmioDevice device = region.device();
        if (device == null) {
            fill(address, translation, region);
            return map.read(physical, sizeBytes, cached);
        }
        cpu.syncClock();
        int offset = (int) (physical - region.base());
        observable |= !device.isIdempotentRead(offset);
        long value = device.read(offset, sizeBytes);
        return sizeBytes == 8 ? value : value & (1L << 8 * sizeBytes) - 1;
    }

    private void physicalStore(long address, long translation, int sizeBytes, long value) {
        long physical = translation & AddressSpace.PHYSICAL & PhysicalMap.ADDRESS_MASK;
        boolean cached = (translation & AddressSpace.CACHED) != 0;
        Region region = map.find(physical, cached);
        if (region == null) {
            DeviceLog.guestError("cpu", "store where nothing answers");
            return;
        }
        if (region.device() == null) {
            fill(address, translation, region);
        } else {
            cpu.syncClock();
            observable = true;
        }
        map.write(physical, sizeBytes, value, cached);
    }

    /** Enters the page into the tables if every access to it may go straight to memory. */
    private void fill(long address, long translation, Region region) {
        GuestRam ram = region.ram();
        long place = inTables(address);
        if (ram == null || (int) place != place || !PageTables.mayFill(place)
                || isWatched(place, translation & AddressSpace.PHYSICAL)) {
            return;
        }
        long physical = translation & AddressSpace.PHYSICAL & PhysicalMap.ADDRESS_MASK;
        long offset = (physical & -4096L) - region.base() + region.ramOffset();
        boolean writable = (translation & AddressSpace.WRITABLE) != 0 && region.writable();
        int index = PageTables.index(place);
        if (offset < 0 || offset >= ram.size() || tables.read()[index] != 0 && (!writable || ram.holdsCode(offset))
                || !isUniform(place, physical, (translation & AddressSpace.CACHED) != 0, region)) {
            return;
        }
        tables.fill(place, ram.hostBase() + offset, writable && !ram.holdsCode(offset),
                (translation & AddressSpace.ASID_BOUND) != 0);
    }

    /** True when something in the page is watched that accesses through the entry of {@code place} would not notice. */
    private boolean isWatched(long place, long physical) {
        int kinds = Watch.LOAD | Watch.STORE;
        if (!watch.isArmed(kinds)) {
            return false;
        }
        if (PageTables.isUnmapped(place)) {
            for (int attribute = 0; attribute < 8; attribute++) {
                if (watch.isInPage(kinds, PageTables.xkphys(attribute, place & 0x1fff_ffffL), physical)) {
                    return true;
                }
            }
        }
        return watch.isInPage(kinds, place, physical);
    }

    /** True when {@code region} answers all accesses that use the entry of {@code place}. */
    private boolean isUniform(long place, long physical, boolean cached, Region region) {
        // entries of kseg0 are used by cached accesses to xkphys too
        boolean bothWays = PageTables.isUnmapped(place)
                && AddressSpace.cacheFlag(cpu.cp0().kseg0Attribute()) == 0;
        return map.isUniformPage(physical, cached, region)
                && (!bothWays || map.isUniformPage(physical, !cached, region));
    }

    private static long hostLoad(long host, int sizeBytes) {
        return switch (sizeBytes) {
            case 1 -> HostMemory.getByte(host) & 0xffL;
            case 2 -> HostMemory.getShort(host) & 0xffffL;
            case 4 -> HostMemory.getInt(host) & 0xffff_ffffL;
            default -> HostMemory.getLong(host);
        };
    }

    private static void hostStore(long host, int sizeBytes, long value) {
        switch (sizeBytes) {
            case 1 -> HostMemory.putByte(host, (byte) value);
            case 2 -> HostMemory.putShort(host, (short) value);
            case 4 -> HostMemory.putInt(host, (int) value);
            default -> HostMemory.putLong(host, value);
        }
    }

    // Instructions in memory

    /** {@code listener} is told about changes of watched pages. */
    public void addCodeListener(CodeListener listener) {
        listeners.add(listener);
    }

    /** Stores to the page at {@code pageOffset} of {@code ram} are reported from now on. */
    public void watchCode(GuestRam ram, long pageOffset) {
        if (ram.holdsCode(pageOffset)) {
            return;
        }
        ram.setCodeWatch(this);
        ram.watchCode(pageOffset);
        long hostPage = ram.hostBase() + pageOffset;
        for (PageTables t : tablesByMode) {
            if (t != null) {
                t.protectMapped(hostPage);
            }
        }
        PageTables kernel = kernelTables();
        for (Region region : map.regions()) {
            long physical = region.base() + pageOffset - region.ramOffset();
            if (region.ram() == ram && physical >= 0 && physical < 0x2000_0000L) {
                kernel.protect(physical | 0xffff_ffff_8000_0000L, hostPage);
                kernel.protect(physical | 0xffff_ffff_a000_0000L, hostPage);
            }
        }
    }

    /** Ends the watch on the page unless another listener holds something derived from it. */
    public void unwatchCode(GuestRam ram, long pageOffset) {
        for (CodeListener listener : listeners) {
            if (listener.holdsCode(ram, pageOffset)) {
                return;
            }
        }
        ram.unwatchCode(pageOffset);
    }

    @Override
    public void codeWritten(GuestRam ram, long offset, int length) {
        for (CodeListener listener : listeners) {
            listener.codeChanged(ram, offset, length);
        }
    }

    // Invalidation

    /** {@code listener} is told when addresses change their meaning. */
    public void addTranslationListener(TranslationListener listener) {
        translationListeners.add(listener);
    }

    @Override
    public void mapChanged() {
        for (PageTables t : tablesByMode) {
            if (t != null) {
                t.clearAll();
            }
        }
        addresses.forget();
        for (TranslationListener listener : translationListeners) {
            listener.allTranslationsChanged();
        }
        cpu.contextChanged();
    }

    /** The pages that TLB entry {@code index} maps are not, or no longer, what was looked up. */
    void tlbEntryChanged(Tlb tlb, int index) {
        if (!tlb.isWritten(index)) {
            return;
        }
        long base = tlb.base(index);
        long pages = 2 * tlb.pageSize(index) >>> 12;
        if ((int) base == base) {
            for (PageTables t : tablesByMode) {
                if (t != null) {
                    t.clear(base, (int) pages);
                }
            }
        }
        addresses.forget(base, pages);
        for (TranslationListener listener : translationListeners) {
            listener.translationsChanged(base, pages);
        }
        cpu.contextChanged();
    }

    /** Another ASID is current. */
    void asidChanged() {
        for (PageTables t : tablesByMode) {
            if (t != null) {
                t.clearAsidBound();
            }
        }
        addresses.forget();
        for (TranslationListener listener : translationListeners) {
            listener.mappedTranslationsChanged();
        }
        cpu.contextChanged();
    }

    /** Status.ERL changed: kuseg is mapped or not. Listeners need not be told: the bit is part of {@link Cp0#contextKey}. */
    void errorLevelChanged() {
        for (PageTables t : tablesByMode) {
            if (t != null) {
                t.clearMapped();
            }
        }
    }

    /** The mode or its addressing changed; look-asides tell modes apart by {@link Cp0#contextKey}. */
    void modeChanged(int mode) {
        tables = tablesFor(mode);
        cpu.contextChanged();
    }

    private PageTables tablesFor(int mode) {
        PageTables t = tablesByMode[mode];
        if (t == null) {
            t = new PageTables();
            tablesByMode[mode] = t;
        }
        return t;
    }

    // Idle detection

    /** True when, since the last {@link #clearObservable}, a device was accessed in a way that is more than looking. */
    public boolean wasObservable() {
        return observable;
    }

    /** True if a store of {@code value} at {@code address} would surely change nothing; never faults. */
    public boolean holds(long address, int sizeBytes, long value) {
        long place = inTables(address);
        if (!isPlain(place, sizeBytes)) {
            return false;
        }
        long entry = tables.read()[PageTables.index(place)];
        return entry != 0 && tables.write()[PageTables.index(place)] != 0
                && (hostLoad(place + entry, sizeBytes) ^ value) << 64 - 8 * sizeBytes == 0;
    }

    /** Starts a new observation. */
    public void clearObservable() {
        observable = false;
    }
}
