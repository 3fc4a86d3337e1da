package org.xenomips.jit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;

/**
 * Counts how often the guest comes to places where a unit could begin, and where register jumps go. Machine thread.
 *
 * <p>It sees a transfer only until that is settled, so counting costs nothing later.
 */
final class HotSpots {
    /** Reports of one transfer after which nothing more is learnt from it. */
    private static final int MOST_REPORTS = 2_000;
    /** The same for register jumps, whose targets matter more than their number. */
    private static final int MOST_INDIRECT_REPORTS = 1_000;
    private static final int MOST_TARGETS = 64;
    private static final int MOST_PLACES = 1 << 16;

    private static final class Site {
        private int reports;
        private final @Nullable Op op;
        private long[] targets = new long[0];

        Site(@Nullable Op op) {
            this.op = op;
        }

        void observe(long target) {
            for (long known : targets) {
                if (known == target) {
                    return;
                }
            }
            if (targets.length < MOST_TARGETS) {
                targets = Arrays.copyOf(targets, targets.length + 1);
                targets[targets.length - 1] = target;
            }
        }
    }

    private final int threshold;
    private final Map<Long, Site> sites = new HashMap<>();
    private final Map<Long, int[]> counts = new HashMap<>();

    HotSpots(int threshold) {
        this.threshold = threshold;
    }

    /** Notes a transfer; see {@link #isSettled}. */
    void note(long from, long target, boolean taken, boolean indirect, @Nullable Op op) {
        if (sites.size() > MOST_PLACES) {
            sites.clear();
        }
        Site site = sites.computeIfAbsent(from, pc -> new Site(op));
        site.reports++;
        if (taken && indirect) {
            site.observe(target);
        }
    }

    /** True when nothing more is to be learnt from the transfer at {@code from}. */
    boolean isSettled(long from, boolean indirect) {
        Site site = sites.get(from);
        return site == null || site.reports >= (indirect ? MOST_INDIRECT_REPORTS : MOST_REPORTS);
    }

    /** True when a unit may begin where a transfer goes: at loop heads and functions. */
    boolean isEntry(long from, long target, boolean indirect) {
        Site site = sites.get(from);
        Op op = site == null ? null : site.op;
        return op != null && (op.has(Trait.LINK) || !indirect && target <= from);
    }

    /** Counts a visit of {@code pc}; true when there were just enough of them. */
    boolean isHot(long pc) {
        if (counts.size() > MOST_PLACES) {
            counts.clear();
        }
        return ++counts.computeIfAbsent(pc, key -> new int[1])[0] == threshold;
    }

    /** The visits of {@code pc} are counted anew. */
    void restart(long pc) {
        counts.remove(pc);
    }

    /** The register jump at {@code pc} went to {@code target}. */
    void observe(long pc, long target) {
        sites.computeIfAbsent(pc, key -> new Site(null)).observe(target);
    }

    /** Where the register jump at {@code pc} was seen to go. */
    long[] observedTargets(long pc) {
        Site site = sites.get(pc);
        return site == null ? new long[0] : site.targets.clone();
    }
}
