package org.xenomips.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is concluded from CPU times that the kernel counts in ticks. */
class CurveTest {
    private static final long MS = 1_000_000;

    /** A curve whose repetition {@code i} costs {@code costMs(i)}, read in ticks of 4 ms. */
    private static Curve curve(int repetitions, LongUnaryOperator costMs) {
        long[] ns = new long[repetitions + 1];
        long[] numbers = LongStream.rangeClosed(0, repetitions).toArray();
        long sum = 0;
        for (int i = 1; i <= repetitions; i++) {
            sum += costMs.applyAsLong(i) * MS;
            ns[i] = sum / (4 * MS) * (4 * MS);
        }
        return new Curve(numbers, ns);
    }

    @Test
    void steadyTimeIgnoresTheFirstHalf() {
        assertThat(curve(40, i -> i <= 20 ? 500 : 130).steadyNs() / MS).isCloseTo(130, within(4.0));
    }

    @Test
    void steadyTimeOfRepetitionsShorterThanATickIsRight() {
        assertThat(curve(400, i -> 3).steadyNs() / MS).isCloseTo(3, within(0.15));
    }

    @Test
    void disturbedStretchesDoNotMoveTheMedian() {
        assertThat(curve(40, i -> i == 30 || i == 35 ? 900 : 120).steadyNs() / MS).isCloseTo(120, within(4.0));
    }

    @Test
    void steadyTimeNeedsNoFullStretch() {
        assertThat(curve(4, i -> 8).steadyNs()).isEqualTo(8.0 * MS);
    }

    @Test
    void repetitionsWithoutASampleCount() {
        Curve curve = new Curve(new long[]{ 0, 10, 11, 30 }, new long[]{ 0, 900 * MS, 1000 * MS, 2900 * MS });
        assertThat(curve.steadyNs()).isEqualTo(100.0 * MS);
    }

    @Test
    void warmUpEndsWhereTheSpeedIsThePartOfTheSteadyOne() {
        Curve curve = curve(400, i -> i <= 10 ? 40 : i <= 30 ? 15 : 8);
        assertThat(curve.steadyNs() / MS).isCloseTo(8, within(0.5));
        assertThat(curve.nsUntil(0.5) / MS).isBetween(360L, 400L);
        assertThat(curve.nsUntil(0.9) / MS).isBetween(660L, 700L);
    }

    @Test
    void emulatorThatIsFastFromTheStartHasNoWarmUp() {
        assertThat(curve(400, i -> 8).nsUntil(0.9)).isLessThan(20 * MS);
    }

    @Test
    void meansAreThoseOfTheTextbook() {
        assertThat(Statistics.median(3, 1, 2)).isEqualTo(2);
        assertThat(Statistics.median(4, 1, 2, 3)).isEqualTo(2.5);
        assertThat(Statistics.geometricMean(List.of(2.0, 8.0))).isCloseTo(4, within(1e-9));
    }
}
