package org.xenomips.time;

/**
 * Guest time that follows the host's monotonic clock. Jumps of more than {@link #MAX_STEP_NS} between two looks (the host was
 * suspended, the domain was migrated) are cut to that length: the guest does not catch up minutes of timer interrupts.
 *
 * <p>When the host stalls the machine for a moment (another process runs, code is compiled), guest time does not jump between two
 * neighbouring instructions: it goes on by at most {@value #MAX_NS_PER_INSTRUCTION} ns per instruction until it has caught up, a
 * few thousand instructions later. Otherwise a guest that computes Compare from Count would now and then find that the moment has
 * passed when it writes it, and would wait for a whole turn of Count.
 */
public final class RealtimeClock implements GuestClock {
    /** Longest step guest time takes at once, in nanoseconds. */
    static final long MAX_STEP_NS = 2_000_000_000L;
    /** Most guest time that passes with one instruction, in nanoseconds; one million instructions per second. */
    static final long MAX_NS_PER_INSTRUCTION = 1_000;

    private long now;
    private long lastHost;
    /** Host time that has passed and is not yet guest time. */
    private long pending;
    /** Instructions since time was looked at; {@link Long#MAX_VALUE} after idling, which lets any time pass. */
    private long sinceLook;
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
            pending = Math.min(pending + step, MAX_STEP_NS);
            long most = sinceLook > MAX_STEP_NS / MAX_NS_PER_INSTRUCTION
                    ? MAX_STEP_NS
                    : (sinceLook + 1) * MAX_NS_PER_INSTRUCTION;
            long advance = Math.min(pending, most);
            now += advance;
            pending -= advance;
            sinceLook = 0;
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
        sinceLook += instructions;
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
        sinceLook = Long.MAX_VALUE / 2;
        rateInstructions = 0;
        rateSinceHost = lastHost + Math.max(0, wait);
        return Math.max(0, wait);
    }

    @Override
    public void suspend() {
        nowNs();
        pending = 0;
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
