package org.xenomips.devices.nic.dec21140;

import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/**
 * Decides when the transmit ring is looked at again without a poll demand.
 *
 * <p>A driver that writes poll demands needs no polling unless it programs CSR0.TAP. Software that has never written one while
 * the transmit process was on (compatible machines look at the ring by themselves) is polled every {@link #FAST_NS} for
 * {@link #FAST_FOR_NS} after the last sign of activity, then every {@link #SLOW_NS} at times that all chips share, so that an
 * idle router wakes its host 100 times a second however many adapters it has.
 *
 * <p>Deviation: the periods that TAP selects are not told apart; the shortest would be 12.8 microseconds.
 *
 * <p>Thread: machine thread.
 */
final class TransmitPoller implements Snapshotable {
    static final long FAST_NS = 200_000;
    static final long SLOW_NS = 10_000_000;
    static final long FAST_FOR_NS = 20_000_000;
    /** Pause after a run that reached its limit, so that the guest gets a turn. */
    static final long BUSY_NS = 50_000;

    private final GuestClock clock;
    private final TimerQueue.Timer timer;
    private boolean demandSeen;
    private boolean automatic;
    private long lastActivityNs;

    /** {@code action} looks at the ring and then calls {@link #busy} or {@link #idle}. */
    TransmitPoller(String chip, TimerQueue timers, GuestClock clock, Runnable action) {
        this.clock = clock;
        this.timer = timers.timer(chip + " transmit", action);
    }

    /** Software reset. */
    void reset() {
        stop();
        demandSeen = false;
        automatic = false;
    }

    /** The transmit process was switched off. */
    void stop() {
        timer.cancel();
    }

    /** CSR0.TAP was written. */
    void setAutomaticPolling(int tap) {
        automatic = tap != 0;
    }

    /** The guest has written a poll demand while the transmit process was on. */
    void demanded() {
        demandSeen = true;
    }

    /** Something happened that makes a transmission likely. */
    void active() {
        lastActivityNs = clock.nowNs();
        if (polls()) {
            long fast = lastActivityNs + FAST_NS;
            if (timer.deadlineNs() > fast) {
                timer.arm(fast);
            }
        }
    }

    /** A run reached its limit: go on soon. */
    void busy() {
        lastActivityNs = clock.nowNs();
        timer.arm(lastActivityNs + BUSY_NS);
    }

    /** A run found that the next descriptor belongs to the host. */
    void idle(boolean worked) {
        long now = clock.nowNs();
        if (worked) {
            lastActivityNs = now;
        }
        if (!polls()) {
            timer.cancel();
        } else if (now - lastActivityNs < FAST_FOR_NS) {
            timer.arm(now + FAST_NS);
        } else {
            timer.arm((now / SLOW_NS + 1) * SLOW_NS);
        }
    }

    private boolean polls() {
        return automatic || !demandSeen;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putLong("deadline", timer.deadlineNs());
        out.putLong("lastActivity", lastActivityNs);
        out.putBoolean("demandSeen", demandSeen);
        out.putBoolean("automatic", automatic);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        timer.arm(in.getLong("deadline"));
        lastActivityNs = in.getLong("lastActivity");
        demandSeen = in.getBoolean("demandSeen");
        automatic = in.getBoolean("automatic");
    }
}
