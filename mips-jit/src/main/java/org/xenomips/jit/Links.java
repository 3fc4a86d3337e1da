package org.xenomips.jit;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.xenomips.jit.unit.Link;

/**
 * The links of all entries, by address and mode. Threads: {@link #get} any; {@link #find} the machine thread.
 *
 * <p>hot: {@link #find} is called wherever the guest goes on outside of units; a direct-mapped table answers most of it.
 */
final class Links {
    private static final int SLOTS = 4096;

    private record Key(long pc, int context) {
    }

    private final ConcurrentHashMap<Key, Link> byEntry = new ConcurrentHashMap<>();
    /** Stands for all addresses that nobody asked for. */
    static final Link NOWHERE = new Link(1, 0);

    private final Link[] recent = new Link[SLOTS];
    private final int most;

    /** Full with {@code most} links. */
    Links(int most) {
        this.most = most;
        Arrays.fill(recent, NOWHERE);
    }

    /** The link of the entry, made if there is none. */
    Link get(long pc, int context) {
        return byEntry.computeIfAbsent(new Key(pc, context), key -> new Link(key.pc, key.context));
    }

    /** The same for an entry that a guest calls, of which there can be any number: if it is full, a link of the caller's own. */
    Link getOrLone(long pc, int context) {
        Link known = find(pc, context);
        if (known != NOWHERE) {
            return known;
        }
        return isFull() ? new Link(pc, context) : get(pc, context);
    }

    /** True when there are so many that everything must be forgotten before more is translated. */
    boolean isFull() {
        return byEntry.size() >= most;
    }

    /** The link of the entry if somebody asked for it before, else one without code. */
    Link find(long pc, int context) {
        int slot = (int) (pc >>> 2 ^ pc >>> 14) & SLOTS - 1;
        Link link = recent[slot];
        if (link.pc() == pc && link.context() == context) {
            return link;
        }
        Link known = byEntry.get(new Key(pc, context));
        if (known == null) {
            return NOWHERE;
        }
        recent[slot] = known;
        return known;
    }

    /** Forgets all links; nothing may refer to them any more. */
    void clear() {
        byEntry.clear();
        Arrays.fill(recent, NOWHERE);
    }

    int count() {
        return byEntry.size();
    }
}
