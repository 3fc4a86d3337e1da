package org.xenomips.jit.emit;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xenomips.isa.Trait;
import org.xenomips.jit.analysis.RegisterUse;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Region.Hints;
import org.xenomips.jit.region.Translatable;

/**
 * What the accesses of one block have in common: those off one unchanged base register share one look into the page table, and an
 * alignment once tested is not tested again.
 */
final class AddressFacts {
    /** Offsets of a group are no further apart: it would seldom be in one page. */
    private static final int SPAN = 512;

    /** Accesses off one base that has not changed between them. */
    static final class Group {
        private int first;
        private int last;
        private int size;
        private boolean stores;
        /** The local with the host address of the base once it is known, else -1. */
        int hostSlot = -1;

        /** Lowest offset. */
        int first() {
            return first;
        }

        /** Offset of the last byte. */
        int last() {
            return last;
        }

        /** True when one of them is a store. */
        boolean stores() {
            return stores;
        }
    }

    private final IdentityHashMap<GuestInstruction, Group> groups = new IdentityHashMap<>();
    private final Map<Integer, Group> open = new HashMap<>();
    private final Map<Integer, Integer> alignment = new HashMap<>();
    private final Hints hints;

    /** Nothing is known yet. */
    AddressFacts(Hints hints) {
        this.hints = hints;
    }

    /** Looks at the next instruction of the block, before any code is emitted. */
    void plan(GuestInstruction i) {
        if (!Translatable.isPlain(i) || hints.interpreted().contains(i.pc())) {
            open.clear();
            return;
        }
        int size = sharedSize(i);
        if (size != 0 && !hints.apart().contains(i.pc())) {
            join(i, size);
        }
        long written = RegisterUse.writes(i);
        open.keySet().removeIf(base -> (written >>> base & 1) != 0);
    }

    private void join(GuestInstruction i, int size) {
        int from = i.simm();
        int to = from + size - 1;
        Group group = open.get(i.rs());
        if (group == null || Math.max(to, group.last) - Math.min(from, group.first) >= SPAN) {
            group = new Group();
            group.first = from;
            group.last = to;
            open.put(i.rs(), group);
        }
        group.first = Math.min(from, group.first);
        group.last = Math.max(to, group.last);
        group.stores |= i.op().has(Trait.STORE);
        group.size++;
        groups.put(i, group);
    }

    private static int sharedSize(GuestInstruction i) {
        return switch (i.op()) {
            case LB, LBU, SB -> 1;
            case LH, LHU, SH -> 2;
            case LW, LWU, SW, LWC1, SWC1 -> 4;
            case LD, SD, LDC1, SDC1 -> 8;
            default -> 0;
        };
    }

    /** The group of {@code i}, or null if it shares nothing. */
    @Nullable
    Group groupOf(GuestInstruction i) {
        Group group = groups.get(i);
        return group == null || group.size < 2 ? null : group;
    }

    /** True when it is not yet known that {@code base} is a multiple of {@code size}; from now on it is. */
    boolean learnAlignment(int base, int size) {
        if (alignment.getOrDefault(base, 1) >= size) {
            return false;
        }
        alignment.put(base, size);
        return true;
    }

    /** The registers in {@code set} have changed. */
    void forget(long set) {
        alignment.keySet().removeIf(base -> (set >>> base & 1) != 0);
    }
}
