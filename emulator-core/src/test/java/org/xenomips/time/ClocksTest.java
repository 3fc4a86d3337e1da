package org.xenomips.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClocksTest {
    @Test
    void virtualTimeIsRetiredInstructions() {
        VirtualClock clock = new VirtualClock(350_000_000);
        clock.retired(350);
        assertThat(clock.nowNs()).isEqualTo(1000);
        clock.retired(350_000_000L * 5);
        assertThat(clock.nowNs()).isEqualTo(5_000_001_000L);
    }

    @Test
    void virtualBudgetEndsExactlyAtTheDeadline() {
        VirtualClock clock = new VirtualClock(350_000_000);
        clock.retired(7);
        long budget = clock.instructionsUntil(1000, 100_000);
        assertThat(budget).isEqualTo(343);
        clock.retired(budget);
        assertThat(clock.nowNs()).isEqualTo(1000);
        assertThat(clock.instructionsUntil(TimerQueue.NEVER, 100_000)).isEqualTo(100_000);
        assertThat(clock.instructionsUntil(0, 100_000)).as("a deadline in the past").isEqualTo(1);
    }

    @Test
    void idleVirtualClockJumpsToTheDeadline() {
        VirtualClock clock = new VirtualClock(200_000_000);
        clock.retired(123);
        assertThat(clock.idleUntil(50_000)).isZero();
        assertThat(clock.nowNs()).isEqualTo(50_000);
        assertThat(clock.idleUntil(TimerQueue.NEVER)).as("nothing to jump to: wait for the host").isPositive();
        assertThat(clock.nowNs()).isEqualTo(50_000);
    }

    @Test
    void restoredClockGoesOnWhereItStoodToTheInstruction() {
        VirtualClock clock = new VirtualClock(350_000_000);
        clock.retired(1);
        VirtualClock restored = new VirtualClock(350_000_000);
        restored.restore(clock.state());
        for (int i = 0; i < 1000; i++) {
            clock.retired(1);
            restored.retired(1);
            assertThat(restored.nowNs()).isEqualTo(clock.nowNs());
        }
        assertThat(restored.wallMillis()).isEqualTo(clock.wallMillis());
    }

    @Test
    void suspendedRealtimeClockStandsStill() {
        RealtimeClock clock = new RealtimeClock();
        clock.resume();
        clock.suspend();
        long then = clock.nowNs();
        assertThat(clock.nowNs()).isEqualTo(then);
    }

    @Test
    void stallOfTheHostDoesNotComeBetweenTwoInstructions() throws InterruptedException {
        RealtimeClock clock = new RealtimeClock();
        clock.resume();
        clock.retired(1_000_000);
        long before = clock.nowNs();
        Thread.sleep(20);
        clock.retired(5);
        assertThat(clock.nowNs() - before).isLessThanOrEqualTo(6 * RealtimeClock.MAX_NS_PER_INSTRUCTION);
        clock.retired(100_000);
        assertThat(clock.nowNs() - before).as("caught up").isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void timePassesWhileTheGuestIdles() throws InterruptedException {
        RealtimeClock clock = new RealtimeClock();
        clock.resume();
        long before = clock.nowNs();
        assertThat(clock.idleUntil(before + 1_000_000_000L)).isPositive();
        Thread.sleep(20);
        assertThat(clock.nowNs() - before).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void pauseOfTheHostIsNoGuestTime() {
        long[] host = { 5 };
        RealtimeClock clock = new RealtimeClock(() -> host[0]);
        clock.resume();
        long before = clock.nowNs();
        clock.retired(1_000_000_000);
        host[0] += 60_000_000_000L;
        assertThat(clock.nowNs()).as("busy").isEqualTo(before);
        assertThat(clock.idleUntil(before + 4_000_000)).isEqualTo(4_000_000);
        host[0] += 3_600_000_000_000L;
        assertThat(clock.nowNs()).as("idle").isEqualTo(before);
        assertThat(clock.idleUntil(before + 4_000_000)).isEqualTo(4_000_000);
        host[0] += 1_000_000;
        assertThat(clock.nowNs()).as("goes on").isEqualTo(before + 1_000_000);
    }

    @Test
    void idleGuestWakesAtItsDeadlineAndMakesUpForTheRestAfterwards() {
        long[] host = { 0 };
        RealtimeClock clock = new RealtimeClock(() -> host[0]);
        clock.resume();
        assertThat(clock.idleUntil(4_000_000)).isEqualTo(4_000_000);
        host[0] += 1_500_000_000L;
        assertThat(clock.nowNs()).as("a deadline after this one is not missed")
                .isBetween(4_000_000L, 4_000_000L + RealtimeClock.MAX_NS_PER_INSTRUCTION);
        clock.retired(10_000_000);
        assertThat(clock.nowNs()).isEqualTo(1_500_000_000L);
    }

    @Test
    void suspendedTimeIsNotMadeUpFor() {
        long[] host = { 0 };
        RealtimeClock clock = new RealtimeClock(() -> host[0]);
        clock.resume();
        clock.suspend();
        host[0] += 1_000_000_000L;
        clock.resume();
        clock.retired(10_000_000);
        assertThat(clock.nowNs()).isZero();
    }

    @Test
    void timersFireInOrderOfDeadlineThenOfArming() {
        TimerQueue queue = new TimerQueue();
        List<String> fired = new ArrayList<>();
        TimerQueue.Timer late = queue.timer("late", () -> fired.add("late"));
        TimerQueue.Timer first = queue.timer("first", () -> fired.add("first"));
        TimerQueue.Timer second = queue.timer("second", () -> fired.add("second"));
        late.arm(20);
        first.arm(10);
        second.arm(10);
        assertThat(queue.nextDeadlineNs()).isEqualTo(10);
        queue.runDue(15);
        assertThat(fired).containsExactly("first", "second");
        late.cancel();
        queue.runDue(100);
        assertThat(fired).hasSize(2);
        assertThat(queue.nextDeadlineNs()).isEqualTo(TimerQueue.NEVER);
    }

    @Test
    void timerThatRearmsItselfInThePastDoesNotHangTheMachine() {
        TimerQueue queue = new TimerQueue();
        int[] fired = new int[1];
        TimerQueue.Timer[] timer = new TimerQueue.Timer[1];
        timer[0] = queue.timer("again", () -> {
            fired[0]++;
            timer[0].arm(0);
        });
        timer[0].arm(0);
        queue.runDue(10);
        assertThat(fired[0]).isEqualTo(1);
    }
}
