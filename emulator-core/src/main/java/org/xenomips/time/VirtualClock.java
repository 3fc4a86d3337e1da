package org.xenomips.time;

/**
 * Guest time counted in retired instructions: one instruction per pipeline clock of the nominal frequency. Two runs with the
 * same inputs see the same time at the same instruction.
 */
public final class VirtualClock implements GuestClock {
    /** Calendar time at guest time 0, so that runs are repeatable: 2026-01-01 00:00:00 UTC. */
    static final long EPOCH_MILLIS = 1_767_225_600_000L;

    private final long hertz;
    private long baseNs;
    private long instructions;
    private long wallAtZero = EPOCH_MILLIS;

    /** A clock for a processor of {@code hertz} pipeline clocks per second (1 MHz to 2 GHz). */
    public VirtualClock(long hertz) {
        this.hertz = hertz;
    }

    @Override
    public long nowNs() {
        return baseNs + toNs(instructions);
    }

    @Override
    public long wallMillis() {
        return wallAtZero + nowNs() / 1_000_000;
    }

    @Override
    public long instructionsUntil(long deadlineNs, long limit) {
        long remainingNs = deadlineNs - baseNs;
        if (remainingNs > 3_600_000_000_000L) {
            return limit;
        }
        long target = Math.ceilDiv(remainingNs * (hertz / 1_000), 1_000_000L);
        return Math.clamp(target - instructions, 1, limit);
    }

    @Override
    public void retired(long count) {
        instructions += count;
        if (instructions >= hertz) {
            baseNs += instructions / hertz * 1_000_000_000L;
            instructions %= hertz;
        }
    }

    @Override
    public long idleUntil(long deadlineNs) {
        if (deadlineNs == TimerQueue.NEVER) {
            return 1_000_000_000L;
        }
        if (deadlineNs > nowNs()) {
            baseNs = deadlineNs - toNs(instructions);
        }
        return 0;
    }

    @Override
    public void suspend() {}

    @Override
    public void resume() {}

    @Override
    public long[] state() {
        return new long[]{ baseNs, instructions, wallAtZero };
    }

    @Override
    public void restore(long[] state) {
        baseNs = state[0];
        instructions = state[1];
        wallAtZero = state[2];
    }

    private long toNs(long count) {
        return count * 1_000_000L / (hertz / 1_000);
    }
}
