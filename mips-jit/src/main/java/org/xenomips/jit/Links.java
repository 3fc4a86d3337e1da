package org.xenomips.jit;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.xenomips.jit.unit.Link;

/**
 * The links of all entries, by address and mode. Threads: {@link #get} any; {@link #find} the machine thread.
 *
 * <p>hot: {@link #find} is called wherever the guest goes on outside of units; a direct-mapped table answers most of it, and
 * nothing is allocated for the rest: it was most of what a computing guest's garbage collections were for.
 */
final class Links {
    private static final int SLOTS = 4096;
    private static final int PLACES = 4 * SLOTS;

    /** A list of links in the same place. */
    private record Node(Link link, @Nullable Node next) {
    }

    private final AtomicReferenceArray<@Nullable Node> places = new AtomicReferenceArray<>(PLACES);
    private volatile int count;
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
    synchronized Link get(long pc, int context) {
        Link known = lookUp(pc, context);
        if (known != NOWHERE) {
            return known;
        }
        Link link = new Link(pc, context);
        places.set(place(pc), new Node(link, places.get(place(pc))));
        count++;
        return link;
    }

    private static int place(long pc) {
        return (int) (pc >>> 2 ^ pc >>> 14) & PLACES - 1;
    }

    private Link lookUp(long pc, int context) {
        for (Node node = places.get(place(pc)); node != null; node = node.next) {
            if (node.link.pc() == pc && node.link.context() == context) {
                return node.link;
            }
        }
        return NOWHERE;
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
        return count >= most;
    }

    /** The link of the entry if somebody asked for it before, else one without code. */
    Link find(long pc, int context) {
        int slot = place(pc) & SLOTS - 1;
        Link link = recent[slot];
        if (link.pc() == pc && link.context() == context) {
            return link;
        }
        Link known = lookUp(pc, context);
        if (known != NOWHERE) {
            recent[slot] = known;
        }
        return known;
    }

    /** Forgets all links; nothing may refer to them any more. */
    synchronized void clear() {
        for (int i = 0; i < PLACES; i++) {
            places.set(i, null);
        }
        count = 0;
        Arrays.fill(recent, NOWHERE);
    }

    int count() {
        return count;
    }
}
