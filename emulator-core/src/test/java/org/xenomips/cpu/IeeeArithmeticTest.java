package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenomips.cpu.IeeeArithmetic.DIVIDE_BY_ZERO;
import static org.xenomips.cpu.IeeeArithmetic.INEXACT;
import static org.xenomips.cpu.IeeeArithmetic.INVALID;
import static org.xenomips.cpu.IeeeArithmetic.TINY;
import static org.xenomips.cpu.IeeeArithmetic.UNDERFLOW;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.cpu.ExactArithmetic.Rational;
import org.xenomips.cpu.ExactArithmetic.Rounded;

/** Every operation against exact rational arithmetic, in all rounding modes, result and flags. */
class IeeeArithmeticTest {
    private static final long SEED = 0x5eed_f10aL;
    private static final int RANDOM_PAIRS = 4000;

    private final IeeeArithmetic arithmetic = new IeeeArithmetic();

    private interface BinaryOperation {
        long apply(FloatFormat format, long a, long b);
    }

    private interface Oracle {
        Rounded apply(FloatFormat format, int mode, long a, long b);
    }

    @ParameterizedTest
    @EnumSource
    void sumsAreExactlyRounded(FloatFormat format) {
        checkPairs("add", format, arithmetic::add, IeeeArithmeticTest::sum);
    }

    @ParameterizedTest
    @EnumSource
    void differencesAreExactlyRounded(FloatFormat format) {
        checkPairs("sub", format, arithmetic::sub,
                (f, mode, a, b) -> sum(f, mode, a, f.isNan(b) ? b : b ^ f.sign));
    }

    @ParameterizedTest
    @EnumSource
    void productsAreExactlyRounded(FloatFormat format) {
        checkPairs("mul", format, arithmetic::mul, IeeeArithmeticTest::product);
    }

    @ParameterizedTest
    @EnumSource
    void quotientsAreExactlyRounded(FloatFormat format) {
        checkPairs("div", format, arithmetic::div, IeeeArithmeticTest::quotient);
    }

    @ParameterizedTest
    @EnumSource
    void squareRootsAreExactlyRounded(FloatFormat format) {
        checkPairs("sqrt", format, (f, a, b) -> arithmetic.sqrt(f, a), (f, mode, a, b) -> root(f, mode, a));
    }

    @ParameterizedTest
    @EnumSource
    void conversionToTheOtherFormatIsExactlyRounded(FloatFormat from) {
        FloatFormat to = from == FloatFormat.SINGLE ? FloatFormat.DOUBLE : FloatFormat.SINGLE;
        checkPairs("convert", from, (f, a, b) -> arithmetic.convert(f, to, a), (f, mode, a, b) -> {
            if (f.isNan(a)) {
                return f.isSignallingNan(a) ? new Rounded(to.defaultNan, INVALID) : convertedNan(f, to, a);
            }
            long sign = f.isNegative(a) ? to.sign : 0;
            if (f.isInfinite(a) || f.isZero(a)) {
                return new Rounded(sign | (f.isZero(a) ? 0 : to.infinity), 0);
            }
            return ExactArithmetic.round(to, mode, ExactArithmetic.value(f, a));
        });
    }

    @ParameterizedTest
    @EnumSource
    void conversionToIntegersRoundsAndSignalsWhatDoesNotFit(FloatFormat format) {
        for (int width : new int[]{ 32, 64 }) {
            checkPairs("toInteger" + width, format, (f, a, b) -> {
                // The conversion's own mode must win over the current one.
                int mode = (int) (b & 3);
                return arithmetic.toInteger(f, a, width, mode);
            }, (f, mode, a, b) -> integer(f, (int) (b & 3), a, width));
        }
    }

    @ParameterizedTest
    @EnumSource
    void conversionFromIntegersIsExactlyRounded(FloatFormat format) {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_PAIRS; i++) {
            long value = i < 5
                    ? new long[]{ 0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE }[i]
                    : random.nextLong() >> random.nextInt(64);
            for (int mode = 0; mode < 4; mode++) {
                Rounded expected = value == 0
                        ? new Rounded(0, 0)
                        : ExactArithmetic.round(format, mode, new Rational(BigInteger.valueOf(value), BigInteger.ONE));
                arithmetic.setMode(mode, false);
                arithmetic.takeFlags();
                long actual = arithmetic.fromInteger(format, value);
                check("fromInteger", format, mode, value, 0, expected, actual);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void comparisonOrdersNumbersAndSignalsNans(FloatFormat format) {
        for (long a : FloatOperands.edges(format)) {
            for (long b : FloatOperands.edges(format)) {
                for (boolean signalling : new boolean[]{ false, true }) {
                    arithmetic.takeFlags();
                    int relation = arithmetic.compare(format, a, b, signalling);
                    boolean nan = format.isNan(a) || format.isNan(b);
                    boolean invalid = nan && signalling || format.isSignallingNan(a) || format.isSignallingNan(b);
                    int expected = IeeeArithmetic.UNORDERED;
                    if (!nan) {
                        int order = Double.compare(toDouble(format, a) + 0.0, toDouble(format, b) + 0.0);
                        expected = order == 0
                                ? IeeeArithmetic.EQUAL
                                : order < 0 ? IeeeArithmetic.LESS : IeeeArithmetic.GREATER;
                    }
                    assertThat(relation).as("%s %x %x", format, a, b).isEqualTo(expected);
                    assertThat(arithmetic.takeFlags()).as("%s %x %x", format, a, b).isEqualTo(invalid ? INVALID : 0);
                }
            }
        }
    }

    @Test
    void signallingNansAreThoseWithTheTopFractionBit() {
        assertThat(FloatFormat.SINGLE.defaultNan).isEqualTo(0x7fbf_ffffL);
        assertThat(FloatFormat.DOUBLE.defaultNan).isEqualTo(0x7ff7_ffff_ffff_ffffL);
        assertThat(FloatFormat.SINGLE.isSignallingNan(0x7fc0_0000L)).isTrue();
        assertThat(FloatFormat.SINGLE.isSignallingNan(0x7fbf_ffffL)).isFalse();
        assertThat(FloatFormat.DOUBLE.isSignallingNan(0x7ff8_0000_0000_0000L)).isTrue();
    }

    @Test
    void firstQuietNanOperandIsTheResult() {
        assertThat(arithmetic.add(FloatFormat.SINGLE, 0x7f80_0001L, 0x7f80_0002L)).isEqualTo(0x7f80_0001L);
        assertThat(arithmetic.mul(FloatFormat.SINGLE, 0, 0xff80_0002L)).isEqualTo(0xff80_0002L);
        assertThat(arithmetic.takeFlags()).isZero();
    }

    @Test
    void quietNansKeepTheirPayloadWhenConverted() {
        assertThat(arithmetic.convert(FloatFormat.SINGLE, FloatFormat.DOUBLE, 0xffa0_0000L))
                .isEqualTo(0xfff4_0000_0000_0000L);
        assertThat(arithmetic.convert(FloatFormat.DOUBLE, FloatFormat.SINGLE, 0x7ff4_0000_0000_0000L))
                .isEqualTo(0x7fa0_0000L);
        assertThat(arithmetic.convert(FloatFormat.DOUBLE, FloatFormat.SINGLE, 0x7ff0_0000_0000_0001L))
                .as("a payload that does not fit must not become an infinity")
                .isEqualTo(FloatFormat.SINGLE.defaultNan);
    }

    @Test
    void negationAndAbsoluteValueSignalOnlySignallingNans() {
        assertThat(arithmetic.neg(FloatFormat.SINGLE, 0)).isEqualTo(0x8000_0000L);
        assertThat(arithmetic.abs(FloatFormat.SINGLE, 0xff80_0000L)).isEqualTo(0x7f80_0000L);
        assertThat(arithmetic.neg(FloatFormat.SINGLE, 0x7f80_0001L)).isEqualTo(0x7f80_0001L);
        assertThat(arithmetic.takeFlags()).isZero();
        assertThat(arithmetic.neg(FloatFormat.SINGLE, 0x7fc0_0000L)).isEqualTo(0x7fbf_ffffL);
        assertThat(arithmetic.takeFlags()).isEqualTo(INVALID);
    }

    @Test
    void flushToZeroReplacesTinyResultsByZeroOrTheLeastNormalNumberOfTheRoundingDirection() {
        long tiny = FloatFormat.SINGLE.minNormal;
        long half = 0x3f00_0000L;
        long[][] expected = { { 0, 0x8000_0000L }, { 0, 0x8000_0000L }, { tiny, 0x8000_0000L },
                { 0, tiny | 0x8000_0000L } };
        for (int mode = 0; mode < 4; mode++) {
            arithmetic.setMode(mode, true);
            arithmetic.takeFlags();
            assertThat(arithmetic.mul(FloatFormat.SINGLE, tiny, half)).isEqualTo(expected[mode][0]);
            assertThat(arithmetic.mul(FloatFormat.SINGLE, tiny | 0x8000_0000L, half)).isEqualTo(expected[mode][1]);
            assertThat(arithmetic.takeFlags()).isEqualTo(INEXACT | UNDERFLOW | TINY);
        }
    }

    private void checkPairs(String name, FloatFormat format, BinaryOperation operation, Oracle oracle) {
        for (long a : FloatOperands.edges(format)) {
            for (long b : FloatOperands.edges(format)) {
                checkModes(name, format, a, b, operation, oracle);
            }
        }
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_PAIRS; i++) {
            checkModes(name, format, FloatOperands.random(format, random), FloatOperands.random(format, random),
                    operation, oracle);
        }
    }

    private void checkModes(String name, FloatFormat format, long a, long b, BinaryOperation operation, Oracle oracle) {
        for (int mode = 0; mode < 4; mode++) {
            Rounded expected = oracle.apply(format, mode, a, b);
            arithmetic.setMode(mode, false);
            arithmetic.takeFlags();
            check(name, format, mode, a, b, expected, operation.apply(format, a, b));
        }
    }

    private void check(String name, FloatFormat format, int mode, long a, long b, Rounded expected, long actual) {
        int flags = arithmetic.takeFlags();
        if (actual != expected.bits() || flags != expected.flags()) {
            assertThat("%x flags %x".formatted(actual, flags))
                    .as("%s %s mode %d of %x and %x (seed %x)", name, format, mode, a, b, SEED)
                    .isEqualTo("%x flags %x".formatted(expected.bits(), expected.flags()));
        }
    }

    private static Rounded convertedNan(FloatFormat from, FloatFormat to, long a) {
        String fraction = Long.toBinaryString(from.minNormal | a & from.fractionMask).substring(1) + "0".repeat(52);
        long kept = Long.parseLong(fraction.substring(0, to.fractionBits), 2);
        return new Rounded(kept == 0 ? to.defaultNan : (from.isNegative(a) ? to.sign : 0) | to.infinity | kept, 0);
    }

    private static Rounded nan(FloatFormat format, long a, long b) {
        if (format.isSignallingNan(a) || format.isSignallingNan(b)) {
            return invalid(format);
        }
        return new Rounded(format.isNan(a) ? a : b, 0);
    }

    private static Rounded invalid(FloatFormat format) {
        return new Rounded(format.defaultNan, INVALID);
    }

    private static Rounded sum(FloatFormat format, int mode, long a, long b) {
        if (format.isNan(a) || format.isNan(b)) {
            return nan(format, a, b);
        }
        if (format.isInfinite(a) || format.isInfinite(b)) {
            if (format.isInfinite(a) && format.isInfinite(b) && a != b) {
                return invalid(format);
            }
            return new Rounded(format.isInfinite(a) ? a : b, 0);
        }
        Rational exact = ExactArithmetic.value(format, a).plus(ExactArithmetic.value(format, b));
        if (exact.numerator().signum() == 0) {
            boolean bothNegative = format.isNegative(a) && format.isNegative(b);
            boolean differ = format.isNegative(a) != format.isNegative(b);
            boolean negative = bothNegative || differ && mode == IeeeArithmetic.ROUND_DOWN;
            return new Rounded(negative ? format.sign : 0, 0);
        }
        return ExactArithmetic.round(format, mode, exact);
    }

    private static Rounded product(FloatFormat format, int mode, long a, long b) {
        if (format.isNan(a) || format.isNan(b)) {
            return nan(format, a, b);
        }
        long sign = (a ^ b) & format.sign;
        if (format.isInfinite(a) || format.isInfinite(b)) {
            return format.isZero(a) || format.isZero(b) ? invalid(format) : new Rounded(sign | format.infinity, 0);
        }
        Rational exact = ExactArithmetic.value(format, a).times(ExactArithmetic.value(format, b));
        return exact.numerator().signum() == 0 ? new Rounded(sign, 0) : ExactArithmetic.round(format, mode, exact);
    }

    private static Rounded quotient(FloatFormat format, int mode, long a, long b) {
        if (format.isNan(a) || format.isNan(b)) {
            return nan(format, a, b);
        }
        long sign = (a ^ b) & format.sign;
        if (format.isInfinite(a) && format.isInfinite(b) || format.isZero(a) && format.isZero(b)) {
            return invalid(format);
        }
        if (format.isInfinite(a)) {
            return new Rounded(sign | format.infinity, 0);
        }
        if (format.isZero(b)) {
            return new Rounded(sign | format.infinity, DIVIDE_BY_ZERO);
        }
        if (format.isInfinite(b) || format.isZero(a)) {
            return new Rounded(sign, 0);
        }
        return ExactArithmetic.round(format, mode,
                ExactArithmetic.value(format, a).dividedBy(ExactArithmetic.value(format, b)));
    }

    private static Rounded root(FloatFormat format, int mode, long a) {
        if (format.isNan(a)) {
            return nan(format, a, a);
        }
        if (format.isZero(a) || a == format.infinity) {
            return new Rounded(a, 0);
        }
        if (format.isNegative(a)) {
            return invalid(format);
        }
        return ExactArithmetic.round(format, mode, ExactArithmetic.value(format, a).sqrt());
    }

    private static Rounded integer(FloatFormat format, int mode, long a, int width) {
        long largest = width == 32 ? Integer.MAX_VALUE : Long.MAX_VALUE;
        if (!format.isFinite(a)) {
            return new Rounded(largest, INVALID);
        }
        Rational exact = ExactArithmetic.value(format, a);
        BigInteger rounded = ExactArithmetic.roundToInteger(mode, exact);
        if (rounded.bitLength() >= width) {
            return new Rounded(largest, INVALID);
        }
        boolean inexact = !rounded.multiply(exact.denominator()).equals(exact.numerator());
        return new Rounded(rounded.longValueExact(), inexact ? INEXACT : 0);
    }

    private static double toDouble(FloatFormat format, long bits) {
        return format == FloatFormat.SINGLE ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }
}
