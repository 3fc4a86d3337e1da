package org.xenomips.time;

import java.util.function.LongSupplier;

/**
 * Guest time that follows the host's monotonic clock. A gap of more than {@link #MAX_STEP_NS} between two looks is a pause (the process or
 * the domain was stopped, saved, moved): it is no guest time at all, so that the guest goes on where it stood and has no timer interrupts to
 * catch up.
 *
 * <p>When the host stalls the machine for a moment (another process runs, code is compiled), guest time does not jump between two
 * neighbouring instructions: it goes on by at most {@value #MAX_NS_PER_INSTRUCTION} ns per instruction until it has caught up, a
 * few thousand instructions later. Otherwise a guest that computes Compare from Count would now and then find that the moment has
 * passed when it writes it, and would wait for a whole turn of Count.
 */
public final class RealtimeClock implements GuestClock {
    /**
     * Longest stall of the host that guest time makes up for, in nanoseconds. An idle machine looks at its clock every second, so it may
     * come up to another second late.
     */
    static final long MAX_STEP_NS = 2_000_000_000L;
    /** Most guest time that passes with one instruction, in nanoseconds; one million instructions per second. */
    static final long MAX_NS_PER_INSTRUCTION = 1_000;

    private long now;
    private long lastHost;
    /** Host time that has passed and is not yet guest time. */
    private long pending;
    /** Instructions since time was looked at. */
    private long sinceLook;
    /** Guest time up to which the guest has wanted to sleep since time was looked at, which lets it pass without instructions. */
    private long idleTo;
    private final LongSupplier host;
    private boolean suspended = true;
    private double instructionsPerNs = 0.05;
    private long rateInstructions;
    private long rateSinceHost;

    public RealtimeClock() {
        this(System::nanoTime);
    }

    /** Follows a clock of the test's. */
    RealtimeClock(LongSupplier host) {
        this.host = host;
        lastHost = host.getAsLong();
        rateSinceHost = lastHost;
    }

    @Override
    public long nowNs() {
        if (!suspended) {
            long time = host.getAsLong();
            long step = time - lastHost;
            lastHost = time;
            if (step <= MAX_STEP_NS) {
                pending = Math.min(pending + step, MAX_STEP_NS);
            } else {
                rateSinceHost += step;
            }
            long asleep = Math.clamp(idleTo - now, 0, MAX_STEP_NS);
            long awake = Math.min(sinceLook, MAX_STEP_NS / MAX_NS_PER_INSTRUCTION) + 1;
            long advance = Math.min(pending, asleep + awake * MAX_NS_PER_INSTRUCTION);
            now += advance;
            pending -= advance;
            sinceLook = 0;
            idleTo = 0;
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
        idleTo = deadlineNs;
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
            lastHost = host.getAsLong();
            idleTo = 0;
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
