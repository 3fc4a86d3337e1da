package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.exec.EngineFixture;
import org.xenomips.exec.ExecutionEngineFactory;

/** A guest that wakes up from a long sleep is interpreted for a while, without a trace in what is learnt about it. */
class WakingTest extends EngineFixture {
    private static final int WAKING = 5_000;
    private static final int TURN = 60_000;
    private static final Pattern INTERPRETED = Pattern.compile("([0-9,]+) by the interpreter");

    @Override
    protected ExecutionEngineFactory factory() {
        return new JitEngineFactory(new JitOptions(60, 150, 8L << 20, 1 << 16, WAKING, true));
    }

    /** Works for about {@link #TURN} instructions, then sleeps for {@code counts} of Count, for ever. */
    private void sleeper(int counts) {
        prepare("""
                        li    $s1, %d
                        lui   $t0, 0x1000
                        ori   $t0, $t0, 0x8000
                        mtc0  $t0, $12
                turn:   li    $s0, %d
                loop:   jal   work
                        nop
                        bne   $s0, $zero, loop
                        addiu $s0, $s0, -1
                        addiu $s2, $s2, 1
                        mfc0  $t0, $9
                        addu  $t0, $t0, $s1
                        mtc0  $t0, $11
                        wait
                        j     turn
                        nop
                work:   addiu $v0, $v0, 1
                        jr    $ra
                        nop
                """.formatted(counts, TURN / 7));
    }

    private long interpretedIn(int turns) {
        long before = interpreted();
        long end = gpr(18) + turns;
        while (gpr(18) < end) {
            assertThat(machine().run(1_000)).isFalse();
        }
        return interpreted() - before;
    }

    private long interpreted() {
        Matcher number = INTERPRETED.matcher(machine().describeEngine());
        assertThat(number.find()).as(machine().describeEngine()).isTrue();
        return Long.parseLong(number.group(1).replace(",", ""));
    }

    @Test
    void longSleepIsFollowedByTheInterpreterAndThenByUnitsAgain() {
        sleeper(1_000_000);
        interpretedIn(3);
        assertThat(interpretedIn(10)).isBetween(10L * WAKING, 10L * (WAKING + 300));
        assertThat(gpr(2)).isBetween(13L * (TURN / 7), 14L * (TURN / 7 + 1));
    }

    @ParameterizedTest
    @CsvSource({ "10000", "500000" })
    void shortSleepIsNot(int counts) {
        sleeper(counts);
        interpretedIn(3);
        assertThat(interpretedIn(10)).isLessThan(10L * 300);
    }
}
