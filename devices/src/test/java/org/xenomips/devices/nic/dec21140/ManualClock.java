package org.xenomips.devices.nic.dec21140;

import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/** Guest time that moves only when a test says so. */
final class ManualClock implements GuestClock {
    private long now;

    /** Moves to {@code now + ns}, firing the timers on the way at their own time. */
    void advance(TimerQueue timers, long ns) {
        long end = now + ns;
        while (timers.nextDeadlineNs() <= end) {
            now = Math.max(now, timers.nextDeadlineNs());
            timers.runDue(now);
        }
        now = end;
    }

    @Override
    public long nowNs() {
        return now;
    }

    @Override
    public long wallMillis() {
        return now / 1_000_000;
    }

    @Override
    public long instructionsUntil(long deadlineNs, long limit) {
        return limit;
    }

    @Override
    public void retired(long instructions) {}

    @Override
    public long idleUntil(long deadlineNs) {
        return 0;
    }

    @Override
    public void suspend() {}

    @Override
    public void resume() {}

    @Override
    public long[] state() {
        return new long[]{ nowNs(), 0, 0 };
    }

    @Override
    public void restore(long[] state) {
        now = state[0];
    }
}
