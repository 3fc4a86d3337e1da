package org.xenomips.time;

/**
 * Guest time that follows the host's monotonic clock. Jumps of more than {@link #MAX_STEP_NS} between two looks (the host was
 * suspended, the domain was migrated) are cut to that length: the guest does not catch up minutes of timer interrupts.
 */
public final class RealtimeClock implements GuestClock {
    /** Longest step guest time takes at once, in nanoseconds. */
    static final long MAX_STEP_NS = 2_000_000_000L;

    private long now;
    private long lastHost;
    private boolean suspended = true;
    private double instructionsPerNs = 0.05;
    private long rateInstructions;
    private long rateSinceHost;

    public RealtimeClock() {
        lastHost = System.nanoTime();
        rateSinceHost = lastHost;
    }

    @Override
    public long nowNs() {
        if (!suspended) {
            long host = System.nanoTime();
            long step = host - lastHost;
            lastHost = host;
            now += Math.min(step, MAX_STEP_NS);
        }
        return now;
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long instructionsUntil(long deadlineNs, long limit) {
        double remaining = (deadlineNs - now) * instructionsPerNs;
        return remaining >= limit ? limit : Math.max(1, (long) remaining);
    }

    @Override
    public void retired(long instructions) {
        rateInstructions += instructions;
        long elapsed = lastHost - rateSinceHost;
        if (elapsed > 5_000_000) {
            instructionsPerNs = Math.clamp((double) rateInstructions / elapsed, 0.005, 5.0);
            rateInstructions = 0;
            rateSinceHost = lastHost;
        }
    }

    @Override
    public long idleUntil(long deadlineNs) {
        long wait = deadlineNs - nowNs();
        rateInstructions = 0;
        rateSinceHost = lastHost + Math.max(0, wait);
        return Math.max(0, wait);
    }

    @Override
    public void suspend() {
        nowNs();
        suspended = true;
    }

    @Override
    public void resume() {
        if (suspended) {
            lastHost = System.nanoTime();
            rateSinceHost = lastHost;
            rateInstructions = 0;
            suspended = false;
        }
    }

    @Override
    public long[] state() {
        return new long[]{ nowNs(), 0, 0 };
    }

    @Override
    public void restore(long[] state) {
        now = state[0];
    }
}
