package org.xenomips.jit;

/**
 * A guest that has slept for long is interpreted for a while: it finds the host's caches cold, and what it does next, to answer a frame
 * for instance, meets each instruction once or twice. Walking into units and out again, and profiling, would cost more than the units
 * save. Machine thread.
 */
final class WakingRule {
    /** Shortest sleep after which caches are cold. */
    private static final long LONG_SLEEP_NS = 3_000_000;

    private final long instructions;
    /** Instructions that the interpreter still executes alone. */
    private long left;

    /** {@code instructions} are interpreted after each long sleep; 0 = the rule is off. */
    WakingRule(long instructions) {
        this.instructions = instructions;
    }

    /** True while the guest wakes up: no unit is run. */
    boolean isWaking() {
        return left > 0;
    }

    /** The part of a slice of {@code budget} instructions after which it is time to look again. */
    long limit(long budget) {
        return left > 0 ? Math.min(budget, left) : budget;
    }

    /** {@code count} instructions were executed. */
    void executed(long count) {
        left -= Math.min(left, count);
    }

    /** The guest has slept for {@code ns} nanoseconds; true if that was long. */
    boolean slept(long ns) {
        if (instructions == 0 || ns < LONG_SLEEP_NS) {
            return false;
        }
        left = instructions;
        return true;
    }
}
