package org.xenomips.cpu;

import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.time.TimerQueue;

/**
 * Count and Compare: Count advances with guest time at half the pipeline clock, and IP7 is raised at the guest nanosecond at
 * which it reaches Compare. IP7 stays until Compare is written: one interrupt per write, nothing is replayed.
 *
 * <p>Every read of Count gives a higher value than the one before, also when no time has passed.
 *
 * <p>Thread: machine thread.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, section 5.3, Count and Compare Registers"
 */
final class CountCompare implements Snapshotable {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long WRAP = 1L << 32;

    private final Cpu cpu;
    private final long hertz;
    private final TimerQueue.Timer timer;
    /** Guest time at which {@link #baseCount} was the count. */
    private long baseNs;
    /** Count with its high part, which the guest does not see, at {@link #baseNs}. */
    private long baseCount;
    private long lastRead;
    private long compare;
    /** 64-bit count at which IP7 is raised, or {@link Long#MAX_VALUE} while it waits for a write of Compare. */
    private long matchCount;

    /** {@code hertz} = increments of Count per second. */
    CountCompare(Cpu cpu, long hertz, TimerQueue timers) {
        this.cpu = cpu;
        this.hertz = hertz;
        this.timer = timers.timer("Compare", this::due);
    }

    void reset() {
        baseNs = cpu.nowNs();
        baseCount = 0;
        lastRead = -1;
        compare = 0;
        expect();
    }

    /** Count for the guest, 32 bits sign-extended. */
    long readCount() {
        long count = Math.max(now(), lastRead + 1);
        lastRead = count;
        if (count >= matchCount) {
            raise();
        }
        return (int) count;
    }

    void writeCount(int value) {
        baseNs = cpu.nowNs();
        baseCount = value & 0xffff_ffffL;
        lastRead = baseCount - 1;
        expect();
    }

    /** Compare, 32 bits sign-extended. */
    long readCompare() {
        return (int) compare;
    }

    /** Sets Compare and withdraws IP7. */
    void writeCompare(int value) {
        compare = value & 0xffff_ffffL;
        cpu.setInterrupt(7, false);
        expect();
    }

    /** Raises IP7 if its time has come; called when the guest looks at Cause. */
    void check() {
        if (matchCount != Long.MAX_VALUE && now() >= matchCount) {
            raise();
        }
    }

    private void due() {
        check();
        arm();
    }

    private void raise() {
        matchCount = Long.MAX_VALUE;
        timer.cancel();
        cpu.setInterrupt(7, true);
    }

    /** The next time Count, after now, equals Compare. */
    private void expect() {
        long now = Math.max(now(), lastRead);
        long distance = compare - now & WRAP - 1;
        matchCount = now + (distance == 0 ? WRAP : distance);
        arm();
    }

    private void arm() {
        if (matchCount == Long.MAX_VALUE) {
            timer.cancel();
            return;
        }
        long ahead = matchCount - baseCount;
        timer.arm(baseNs + ahead / hertz * SECOND_NS + Math.ceilDiv(ahead % hertz * SECOND_NS, hertz));
    }

    private long now() {
        long elapsed = cpu.nowNs() - baseNs;
        return baseCount + elapsed / SECOND_NS * hertz + elapsed % SECOND_NS * hertz / SECOND_NS;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putLong("baseNs", baseNs);
        out.putLong("baseCount", baseCount);
        out.putLong("lastRead", lastRead);
        out.putLong("compare", compare);
        out.putLong("matchCount", matchCount);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        baseNs = in.getLong("baseNs");
        baseCount = in.getLong("baseCount");
        lastRead = in.getLong("lastRead");
        compare = in.getLong("compare");
        matchCount = in.getLong("matchCount");
        arm();
    }
}
