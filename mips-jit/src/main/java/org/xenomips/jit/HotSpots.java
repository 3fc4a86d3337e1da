package org.xenomips.jit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.interpreter.InterpreterEngine;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;

/**
 * Counts how often the guest comes to places where a unit could begin, and where register jumps go. Machine thread.
 *
 * <p>It sees a transfer only until that is settled, so counting costs nothing later.
 */
final class HotSpots {
    /** Reports of a register jump, no call, after which nothing more is learnt from it: its targets matter more than their number. */
    private static final int MOST_JUMP_REPORTS = 1_000;
    private static final int MOST_TARGETS = 64;
    /** A report costs as much as fifty instructions, so one stands for several executions; but not so many that chance decides. */
    private static final int LONGEST_INTERVAL = 16, REPORTS_UNTIL_HOT = 200;

    /** A transfer. */
    static final class Site {
        private int reports;
        private @Nullable Op op;
        private long[] targets = new long[0];

        /** What the transfer was when it was seen first; null if that is not known. */
        @Nullable
        Op op() {
            return op;
        }

        private void observe(long target) {
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

    private static final class Visits {
        private int count;
    }

    private final int threshold;
    private final int interval;
    private final int mostReports;
    private final PlaceTable<Site> sites = new PlaceTable<>();
    private final PlaceTable<Visits> visits = new PlaceTable<>();

    HotSpots(int threshold) {
        this.threshold = threshold;
        this.interval = Math.clamp(threshold / REPORTS_UNTIL_HOT, 1, LONGEST_INTERVAL);
        // more than the threshold: some transfers lead to places that are visited from elsewhere too, or are not always taken
        this.mostReports = Math.max(4 * threshold, MOST_JUMP_REPORTS);
    }

    /** The transfer at {@code pc}, if it was noted before. */
    @Nullable
    Site site(long pc) {
        return sites.get(pc);
    }

    /** Notes that {@code op} at {@code from} was executed; false when nothing more is to be learnt from it. */
    boolean note(long from, long target, boolean taken, boolean indirect, Op op) {
        Site site = sites.get(from, Site::new);
        site.op = op;
        site.reports += weight(op);
        if (taken && indirect) {
            site.observe(target);
        }
        return site.reports < (indirect && !op.has(Trait.LINK) ? MOST_JUMP_REPORTS : mostReports);
    }

    /** True when a unit may begin where {@code op} goes: at loop heads and functions. */
    static boolean isEntry(Op op, long from, long target, boolean indirect) {
        return op.has(Trait.LINK) || !indirect && target <= from;
    }

    /** Of how many transfers one is reported. */
    int interval() {
        return interval;
    }

    /** How many executions of {@code op} a report stands for. */
    int weight(Op op) {
        return InterpreterEngine.isSampled(op) ? interval : 1;
    }

    /** Counts {@code times} visits of {@code pc}; true when there were just enough of them. */
    boolean isHot(long pc, int times) {
        Visits known = visits.get(pc, Visits::new);
        int before = known.count;
        known.count += times;
        return before < threshold && known.count >= threshold;
    }

    /** The visits of {@code pc} are counted anew. */
    void restart(long pc) {
        Visits known = visits.get(pc);
        if (known != null) {
            known.count = 0;
        }
    }

    /** The register jump at {@code pc} went to {@code target}. */
    void observe(long pc, long target) {
        sites.get(pc, Site::new).observe(target);
    }

    /** Where the register jump at {@code pc} was seen to go. */
    long[] observedTargets(long pc) {
        Site site = sites.get(pc);
        return site == null ? new long[0] : site.targets.clone();
    }
}
