package org.xenomips.jit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.CodeListener;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.cpu.CpuMemory.CodePage;
import org.xenomips.cpu.TranslationListener;
import org.xenomips.jit.TranslatedUnit.State;
import org.xenomips.jit.region.CodePageUse;
import org.xenomips.jit.unit.Exits;
import org.xenomips.memory.GuestRam;

/**
 * All units, and when they must go: a unit is retired when a word it was made from is overwritten, and set aside while its virtual
 * pages are mapped to other memory, or physical ones are.
 *
 * <p>Thread: machine thread.
 */
final class UnitCache implements CodeListener, TranslationListener {
    /** What the cache tells the engine. */
    interface Owner {
        /** Running code may be out of date: it must not go on. */
        void unwind();

        /** Any address may mean something else than before, or the user's idle PC may be another. */
        void allChanged();

        /** The unit is not used any more. */
        void retired(TranslatedUnit unit, String reason);
    }

    /** Reason of a retirement: a word of the unit was overwritten. */
    static final String CODE_CHANGED = "code changed";

    private final CpuMemory memory;
    private final Owner owner;
    private final long capacityBytes;
    private final IdentityHashMap<GuestRam, Map<Long, List<TranslatedUnit>>> byPage = new IdentityHashMap<>();
    private final IdentityHashMap<Exits, TranslatedUnit> byExits = new IdentityHashMap<>();
    /** Units whose pages are mapped by the TLB and that are in use. */
    private final Set<TranslatedUnit> mapped = new LinkedHashSet<>();
    /** Units set aside, by entry. */
    private final Map<Long, List<TranslatedUnit>> inactive = new HashMap<>();
    /** All units with code, the oldest first. */
    private final ArrayDeque<TranslatedUnit> oldest = new ArrayDeque<>();
    private long bytes;

    UnitCache(CpuMemory memory, Owner owner, long capacityBytes) {
        this.memory = memory;
        this.owner = owner;
        this.capacityBytes = capacityBytes;
    }

    /** The unit's code is watched from now on. */
    void track(TranslatedUnit unit) {
        for (CodePageUse page : unit.region.pages()) {
            byPage.computeIfAbsent(page.ram(), ram -> new HashMap<>())
                    .computeIfAbsent(page.offset() >>> 12, number -> new ArrayList<>())
                    .add(unit);
            memory.watchCode(page.ram(), page.offset());
        }
    }

    /** The translated unit is used from now on, in place of an older one of the same entry, or set aside if it cannot be used now. */
    void install(TranslatedUnit unit, long codeBytes) {
        byExits.put(Objects.requireNonNull(unit.exits), unit);
        oldest.add(unit);
        bytes += codeBytes;
        if (isMappedAsTranslated(unit)) {
            activate(unit);
        } else {
            setAside(unit);
        }
        while (bytes > capacityBytes && oldest.size() > 1) {
            TranslatedUnit victim = oldest.getFirst();
            retire(victim, "evicted");
        }
    }

    private void activate(TranslatedUnit unit) {
        unit.state = State.ACTIVE;
        unit.link.unit = Objects.requireNonNull(unit.unit);
        if (unit.mapped) {
            mapped.add(unit);
        }
    }

    private void setAside(TranslatedUnit unit) {
        unit.state = State.INACTIVE;
        inactive.computeIfAbsent(unit.region.entry(), pc -> new ArrayList<>()).add(unit);
    }

    /** Takes a unit for {@code pc} that was set aside into use again if there is one for what is mapped now. */
    boolean reactivate(long pc, int context) {
        List<TranslatedUnit> candidates = inactive.get(pc);
        if (candidates == null) {
            return false;
        }
        for (TranslatedUnit unit : candidates) {
            if (unit.region.context() == context && isMappedAsTranslated(unit)) {
                putBack(unit);
                activate(unit);
                return true;
            }
        }
        return false;
    }

    /** The unit is not one of those set aside any more. */
    private void putBack(TranslatedUnit unit) {
        inactive.computeIfPresent(unit.region.entry(), (pc, units) -> {
            units.remove(unit);
            return units.isEmpty() ? null : units;
        });
    }

    private boolean isMappedAsTranslated(TranslatedUnit unit) {
        for (CodePageUse page : unit.region.pages()) {
            CodePage now = memory.peekCode(page.virtualPage());
            if (now == null || now.ram() != page.ram() || now.offset() != page.offset()) {
                return false;
            }
        }
        return true;
    }

    /** The unit that has these exits, if it is still in use. */
    @Nullable
    TranslatedUnit withExits(Exits exits) {
        return byExits.get(exits);
    }

    /** The unit is not used any more; {@code reason} is for statistics. */
    void retire(TranslatedUnit unit, String reason) {
        if (unit.state == State.RETIRED) {
            return;
        }
        if (unit.state == State.ACTIVE) {
            if (unit.link.unit == unit.unit) {
                unit.link.unresolve();
            }
            mapped.remove(unit);
            // it may wait for a callee, and nobody will tell it any more what changes
            owner.unwind();
        } else if (unit.state == State.INACTIVE) {
            putBack(unit);
        }
        unit.state = State.RETIRED;
        if (unit.exits != null) {
            byExits.remove(unit.exits);
        }
        if (oldest.remove(unit) && unit.code != null) {
            bytes -= unit.code.bytes().length;
        }
        for (CodePageUse page : unit.region.pages()) {
            Map<Long, List<TranslatedUnit>> pages = byPage.get(page.ram());
            List<TranslatedUnit> units = pages == null ? null : pages.get(page.offset() >>> 12);
            if (pages != null && units != null) {
                units.remove(unit);
                if (units.isEmpty()) {
                    pages.remove(page.offset() >>> 12);
                    memory.unwatchCode(page.ram(), page.offset());
                }
            }
        }
        owner.retired(unit, reason);
    }

    /** Retires everything. */
    void clear(String reason) {
        for (TranslatedUnit unit : all()) {
            retire(unit, reason);
        }
        owner.unwind();
    }

    private List<TranslatedUnit> all() {
        Set<TranslatedUnit> all = new LinkedHashSet<>();
        byPage.values().forEach(pages -> pages.values().forEach(all::addAll));
        return List.copyOf(all);
    }

    /** Retires the units that contain the instruction at {@code pc}. */
    void retireAt(long pc, String reason) {
        CodePage where = memory.peekCode(pc);
        if (where != null) {
            changed(where.ram(), where.offset() + (pc & 0xffc), 4, reason);
        }
    }

    @Override
    public void codeChanged(GuestRam ram, long offset, int length) {
        changed(ram, offset, length, CODE_CHANGED);
    }

    private void changed(GuestRam ram, long offset, int length, String reason) {
        Map<Long, List<TranslatedUnit>> pages = byPage.get(ram);
        if (pages == null) {
            return;
        }
        long end = offset + length;
        for (long at = offset; at < end; at = (at & -4096L) + 4096) {
            List<TranslatedUnit> units = pages.get(at >>> 12);
            if (units != null) {
                int first = (int) (at & 4095) >>> 2;
                int last = (int) (Math.min(end, (at & -4096L) + 4096) - 1 & 4095) >>> 2;
                retireUsers(units, ram, at & -4096L, first, last, reason);
            }
        }
    }

    private void retireUsers(List<TranslatedUnit> units, GuestRam ram, long page, int first, int last, String reason) {
        for (TranslatedUnit unit : List.copyOf(units)) {
            for (CodePageUse use : unit.region.pages()) {
                if (use.ram() == ram && use.offset() == page && use.uses(first, last)) {
                    retire(unit, reason);
                    owner.unwind();
                    break;
                }
            }
        }
    }

    @Override
    public boolean holdsCode(GuestRam ram, long pageOffset) {
        Map<Long, List<TranslatedUnit>> pages = byPage.get(ram);
        return pages != null && pages.containsKey(pageOffset >>> 12);
    }

    @Override
    public void translationsChanged(long address, long pages) {
        if (!mapped.isEmpty()) {
            deactivate(List.copyOf(mapped), address, address + (pages << 12));
        }
    }

    @Override
    public void mappedTranslationsChanged() {
        if (!mapped.isEmpty()) {
            deactivate(List.copyOf(mapped), Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    private void deactivate(Collection<TranslatedUnit> units, long from, long to) {
        for (TranslatedUnit unit : units) {
            for (CodePageUse page : unit.region.pages()) {
                if (page.virtualPage() >= from && page.virtualPage() < to) {
                    deactivate(unit);
                    break;
                }
            }
        }
    }

    private void deactivate(TranslatedUnit unit) {
        unit.link.unresolve();
        mapped.remove(unit);
        setAside(unit);
        owner.unwind();
    }

    @Override
    public void allTranslationsChanged() {
        // a guest that assigns addresses to its PCI devices changes the map dozens of times, and seldom where its code is
        for (TranslatedUnit unit : units()) {
            if (unit.state == State.ACTIVE && !isMappedAsTranslated(unit)) {
                deactivate(unit);
            }
        }
        owner.allChanged();
    }

    /** How many units have code. */
    int count() {
        return oldest.size();
    }

    /** Size of their class files. */
    long bytes() {
        return bytes;
    }

    /** The units that have code, the oldest first. */
    List<TranslatedUnit> units() {
        return List.copyOf(oldest);
    }
}
