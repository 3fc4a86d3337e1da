package org.xenomips.cpu;

/**
 * IEEE 754-1985 arithmetic on bit patterns, with all four rounding modes and exact exception flags, in integer arithmetic
 * where {@link FastArithmetic} has no answer. What operations signal accumulates until {@link #takeFlags}; nothing traps here.
 *
 * <p>NaNs follow the MIPS convention of {@link FloatFormat}: an operation on a signalling NaN is invalid and gives the default
 * NaN; a quiet NaN operand, the first if there are two, is the result. Tininess is detected after rounding.
 *
 * <p>Deviation: R4000-class hardware hands denormal operands and results and quiet NaN operands to software by an Unimplemented
 * Operation exception; here they are computed as that software would have done, so a guest sees the IEEE result without the trap.
 *
 * <p>Thread: machine thread.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, chapters 6 and 7; IEEE 754-1985, sections 4 to 7"
 */
final class IeeeArithmetic {
    /** To nearest, ties to even. Value of FCR31.RM, as the other three. */
    static final int ROUND_NEAREST = 0;
    /** Toward zero. */
    static final int ROUND_ZERO = 1;
    /** Toward plus infinity. */
    static final int ROUND_UP = 2;
    /** Toward minus infinity. */
    static final int ROUND_DOWN = 3;

    /** The result was rounded. Bit order as in the fields of FCR31, also of the next four. */
    static final int INEXACT = 1;
    /** The result is tiny and was rounded. */
    static final int UNDERFLOW = 1 << 1;
    static final int OVERFLOW = 1 << 2;
    static final int DIVIDE_BY_ZERO = 1 << 3;
    static final int INVALID = 1 << 4;
    /** The result is tiny, rounded or not: what an enabled underflow trap wants to know. Not a bit of FCR31. */
    static final int TINY = 1 << 8;

    /** Relation of two numbers, one bit each, as the condition field of C.cond.fmt has them. */
    static final int UNORDERED = 1;
    static final int EQUAL = 1 << 1;
    static final int LESS = 1 << 2;
    static final int GREATER = 1 << 3;
    /** The relations a condition field can ask for; no condition asks for greater. */
    static final int ORDER_MASK = UNORDERED | EQUAL | LESS;

    private final FastArithmetic fast = new FastArithmetic();
    private int rounding = ROUND_NEAREST;
    private boolean flushToZero;
    private int flags;

    /** Sets the rounding mode (0..3) and whether tiny results are replaced by 0 or the least normal number (FCR31.FS). */
    void setMode(int newRounding, boolean newFlushToZero) {
        rounding = newRounding;
        flushToZero = newFlushToZero;
    }

    /** What operations have signalled since the last call, and forgets it. */
    int takeFlags() {
        int taken = flags;
        flags = 0;
        return taken;
    }

    long add(FloatFormat format, long a, long b) {
        if (rounding == ROUND_NEAREST) {
            long result = fast.add(format, a, b);
            if (result != FastArithmetic.NONE) {
                return fastResult(result);
            }
        }
        if (!format.isFinite(a) || !format.isFinite(b)) {
            return addSpecial(format, a, b);
        }
        if (format.isZero(a) || format.isZero(b)) {
            return addZero(format, a, b);
        }
        boolean swap = format.magnitude(a) < format.magnitude(b);
        long large = swap ? b : a;
        long small = swap ? a : b;
        int exponent = format.exponent(large);
        // One bit of headroom for the carry; the nine zeros below keep enough of the smaller operand to round exactly.
        long sum = format.significand(large) >>> 1;
        long addend = shiftRightSticky(format.significand(small) >>> 1, exponent - format.exponent(small));
        boolean subtract = format.isNegative(a) != format.isNegative(b);
        sum = subtract ? sum - addend : sum + addend;
        if (sum == 0) {
            return zero(format, rounding == ROUND_DOWN);
        }
        return normalizeAndRound(format, format.isNegative(large), exponent + 1, sum);
    }

    long sub(FloatFormat format, long a, long b) {
        return add(format, a, format.isNan(b) ? b : b ^ format.sign);
    }

    long mul(FloatFormat format, long a, long b) {
        if (rounding == ROUND_NEAREST) {
            long result = fast.mul(format, a, b);
            if (result != FastArithmetic.NONE) {
                return fastResult(result);
            }
        }
        boolean negative = format.isNegative(a) != format.isNegative(b);
        if (!format.isFinite(a) || !format.isFinite(b)) {
            if (format.isNan(a) || format.isNan(b)) {
                return chooseNan(format, a, b);
            }
            return format.isZero(a) || format.isZero(b) ? invalid(format) : infinity(format, negative);
        }
        if (format.isZero(a) || format.isZero(b)) {
            return zero(format, negative);
        }
        long x = format.significand(a);
        long y = format.significand(b);
        long low = x * y;
        long product = Math.multiplyHigh(x, y) << 1 | low >>> 63 | (low << 1 != 0 ? 1 : 0);
        return normalizeAndRound(format, negative, format.exponent(a) + format.exponent(b) + 1, product);
    }

    long div(FloatFormat format, long a, long b) {
        if (rounding == ROUND_NEAREST) {
            long result = fast.div(format, a, b);
            if (result != FastArithmetic.NONE) {
                return fastResult(result);
            }
        }
        boolean negative = format.isNegative(a) != format.isNegative(b);
        if (format.isNan(a) || format.isNan(b)) {
            return chooseNan(format, a, b);
        }
        if (format.isInfinite(a)) {
            return format.isInfinite(b) ? invalid(format) : infinity(format, negative);
        }
        if (format.isZero(b)) {
            if (format.isZero(a)) {
                return invalid(format);
            }
            flags |= DIVIDE_BY_ZERO;
            return infinity(format, negative);
        }
        if (format.isZero(a) || format.isInfinite(b)) {
            return zero(format, negative);
        }
        return normalizeAndRound(format, negative, format.exponent(a) - format.exponent(b),
                divideSignificands(format.significand(a) >>> 10, format.significand(b) >>> 10));
    }

    long sqrt(FloatFormat format, long a) {
        if (rounding == ROUND_NEAREST) {
            long result = fast.sqrt(format, a);
            if (result != FastArithmetic.NONE) {
                return fastResult(result);
            }
        }
        if (format.isNan(a)) {
            return chooseNan(format, a, a);
        }
        if (format.isZero(a)) {
            return a;
        }
        if (format.isNegative(a)) {
            return invalid(format);
        }
        if (format.isInfinite(a)) {
            return a;
        }
        int exponent = format.exponent(a);
        boolean odd = (exponent & 1) != 0;
        long radicand = format.significand(a) >>> (odd ? 9 : 10);
        return normalizeAndRound(format, false, exponent >> 1, squareRootOfSignificand(radicand));
    }

    /**
     * {@code a} with its sign inverted.
     *
     * <p>The MIPS manual counts NEG and ABS as arithmetic: a signalling NaN is invalid. A quiet NaN stays as it is.
     */
    long neg(FloatFormat format, long a) {
        return format.isNan(a) ? chooseNan(format, a, a) : a ^ format.sign;
    }

    /** {@code a} with a positive sign; NaNs as for {@link #neg}. */
    long abs(FloatFormat format, long a) {
        return format.isNan(a) ? chooseNan(format, a, a) : format.magnitude(a);
    }

    /** {@code a}, a pattern of {@code from}, in the format {@code to}. */
    long convert(FloatFormat from, FloatFormat to, long a) {
        boolean negative = from.isNegative(a);
        if (from.isNan(a)) {
            return convertNan(from, to, a);
        }
        if (from.isInfinite(a)) {
            return infinity(to, negative);
        }
        if (from.isZero(a)) {
            return zero(to, negative);
        }
        return round(to, negative, from.exponent(a), from.significand(a));
    }

    /** The signed integer {@code value} in {@code format}. */
    long fromInteger(FloatFormat format, long value) {
        return value == 0 ? 0 : normalizeAndRound(format, value < 0, 62, Math.abs(value));
    }

    /**
     * {@code a} as a signed integer of {@code width} (32 or 64) bits, rounded by {@code mode} rather than by the current mode. What
     * does not fit, and a NaN, is invalid and gives the largest positive integer.
     */
    long toInteger(FloatFormat format, long a, int width, int mode) {
        long largest = -1L >>> 65 - width;
        if (format.isZero(a)) {
            return 0;
        }
        boolean negative = format.isNegative(a);
        int exponent = format.isFinite(a) ? format.exponent(a) : Integer.MAX_VALUE;
        if (exponent >= 63) {
            if (width == 64 && exponent == 63 && negative && format.significand(a) == 1L << 62) {
                return Long.MIN_VALUE;
            }
            flags |= INVALID;
            return largest;
        }
        int shift = Math.min(62 - exponent, 63);
        long significand = 62 - exponent > 63 ? 1 : format.significand(a);
        long rest = significand & (1L << shift) - 1;
        long integer = significand >>> shift;
        if (roundsUp(mode, negative, integer, rest, shift)) {
            integer++;
        }
        // A carry to 2^63 is negative as a long, hence the unsigned comparison.
        if (Long.compareUnsigned(integer, negative ? largest + 1 : largest) > 0) {
            flags |= INVALID;
            return largest;
        }
        if (rest != 0) {
            flags |= INEXACT;
        }
        return negative ? -integer : integer;
    }

    /** Compares; {@code signalling} makes quiet NaNs invalid too. One of {@link #UNORDERED} and the next three. */
    int compare(FloatFormat format, long a, long b, boolean signalling) {
        if (format.isNan(a) || format.isNan(b)) {
            if (signalling || format.isSignallingNan(a) || format.isSignallingNan(b)) {
                flags |= INVALID;
            }
            return UNORDERED;
        }
        long x = format.isNegative(a) ? -format.magnitude(a) : a;
        long y = format.isNegative(b) ? -format.magnitude(b) : b;
        return x == y ? EQUAL : x < y ? LESS : GREATER;
    }

    private long fastResult(long result) {
        flags |= fast.inexact();
        return result;
    }

    private long addSpecial(FloatFormat format, long a, long b) {
        if (format.isNan(a) || format.isNan(b)) {
            return chooseNan(format, a, b);
        }
        if (format.isInfinite(a) && format.isInfinite(b) && a != b) {
            return invalid(format);
        }
        return format.isInfinite(a) ? a : b;
    }

    private long addZero(FloatFormat format, long a, long b) {
        if (!format.isZero(a)) {
            return exact(format, a);
        }
        if (!format.isZero(b)) {
            return exact(format, b);
        }
        return a == b ? a : zero(format, rounding == ROUND_DOWN);
    }

    /** A finite result other than 0 that is known to be an operand: still subject to the rules for tiny results. */
    private long exact(FloatFormat format, long a) {
        return round(format, format.isNegative(a), format.exponent(a), format.significand(a));
    }

    private long convertNan(FloatFormat from, FloatFormat to, long a) {
        if (from.isSignallingNan(a)) {
            return invalid(to);
        }
        int shift = to.fractionBits - from.fractionBits;
        long fraction = a & from.fractionMask;
        fraction = shift >= 0 ? fraction << shift : fraction >>> -shift;
        if (fraction == 0) {
            return to.defaultNan;
        }
        return (from.isNegative(a) ? to.sign : 0) | to.infinity | fraction;
    }

    private long chooseNan(FloatFormat format, long a, long b) {
        if (format.isSignallingNan(a) || format.isSignallingNan(b)) {
            return invalid(format);
        }
        return format.isNan(a) ? a : b;
    }

    private long invalid(FloatFormat format) {
        flags |= INVALID;
        return format.defaultNan;
    }

    private static long infinity(FloatFormat format, boolean negative) {
        return negative ? format.sign | format.infinity : format.infinity;
    }

    private static long zero(FloatFormat format, boolean negative) {
        return negative ? format.sign : 0;
    }

    /** {@code x / y} of two 53-bit significands, 60 bits behind the point, moved to have the point behind bit 62. */
    private static long divideSignificands(long x, long y) {
        long quotient = x / y;
        long remainder = x % y;
        for (int i = 0; i < 6; i++) {
            remainder <<= 10;
            quotient = quotient << 10 | remainder / y;
            remainder %= y;
        }
        return quotient << 2 | (remainder != 0 ? 1 : 0);
    }

    /** Square root of a 53- or 54-bit significand with the point behind bit 52, moved to have the point behind bit 62. */
    private static long squareRootOfSignificand(long radicand) {
        long root = 0;
        long remainder = 0;
        // Digit by digit: 27 pairs of bits of the radicand, then 31 pairs of zeros.
        for (int pair = 26; pair >= -31; pair--) {
            remainder = remainder << 2 | (pair >= 0 ? radicand >>> 2 * pair & 3 : 0);
            long trial = root << 2 | 1;
            root <<= 1;
            if (remainder >= trial) {
                remainder -= trial;
                root |= 1;
            }
        }
        return root << 5 | (remainder != 0 ? 1 : 0);
    }

    /** {@code value >>> count} with every 1 that falls out kept alive in bit 0. */
    private static long shiftRightSticky(long value, int count) {
        if (count == 0) {
            return value;
        }
        if (count > 63) {
            return value != 0 ? 1 : 0;
        }
        return value >>> count | (value << -count != 0 ? 1 : 0);
    }

    /** Rounds {@code significand * 2^(exponent - 62)}; the significand is unsigned, not 0, and bit 0 may be a sticky bit. */
    private long normalizeAndRound(FloatFormat format, boolean negative, int exponent, long significand) {
        int shift = Long.numberOfLeadingZeros(significand) - 1;
        if (shift < 0) {
            return round(format, negative, exponent + 1, shiftRightSticky(significand, 1));
        }
        return round(format, negative, exponent - shift, significand << shift);
    }

    /** Rounds {@code significand * 2^(exponent - 62)} where the leading 1 of the significand is bit 62. */
    private long round(FloatFormat format, boolean negative, int exponent, long significand) {
        long signBit = negative ? format.sign : 0;
        if (exponent < format.minExponent) {
            return signBit | roundSmall(format, negative, exponent, significand);
        }
        int shift = 62 - format.fractionBits;
        long kept = significand >>> shift;
        long rest = significand & (1L << shift) - 1;
        if (roundsUp(rounding, negative, kept, rest, shift)) {
            kept++;
        }
        // The implied bit, and a carry out of the significand, add to the exponent field.
        long biased = (long) exponent + format.bias - 1;
        if (biased >= 2L * format.bias || (biased << format.fractionBits) + kept >= format.infinity) {
            return signBit | overflow(format, negative);
        }
        if (rest != 0) {
            flags |= INEXACT;
        }
        return signBit | (biased << format.fractionBits) + kept;
    }

    /** As {@link #round} for a value below the normal range; without the sign. */
    private long roundSmall(FloatFormat format, boolean negative, int exponent, long significand) {
        int normalShift = 62 - format.fractionBits;
        boolean tiny = true;
        if (exponent == format.minExponent - 1) {
            // Tininess after rounding: not tiny if rounding with unbounded exponent carries into the normal range.
            long kept = significand >>> normalShift;
            long rest = significand & (1L << normalShift) - 1;
            tiny = kept != 2 * format.minNormal - 1 || !roundsUp(rounding, negative, kept, rest, normalShift);
        }
        if (tiny && flushToZero) {
            flags |= TINY | UNDERFLOW | INEXACT;
            return rounding == (negative ? ROUND_DOWN : ROUND_UP) ? format.minNormal : 0;
        }
        long shift = (long) normalShift + format.minExponent - exponent;
        long aligned = shift > 62 ? shiftRightSticky(significand, (int) Math.min(shift - 62, 64)) : significand;
        int bounded = (int) Math.min(shift, 62);
        long kept = aligned >>> bounded;
        long rest = aligned & (1L << bounded) - 1;
        if (roundsUp(rounding, negative, kept, rest, bounded)) {
            kept++;
        }
        if (tiny) {
            flags |= TINY;
        }
        if (rest != 0) {
            flags |= tiny ? INEXACT | UNDERFLOW : INEXACT;
        }
        return kept;
    }

    private long overflow(FloatFormat format, boolean negative) {
        flags |= OVERFLOW | INEXACT;
        boolean toInfinity = rounding == ROUND_NEAREST || rounding == (negative ? ROUND_DOWN : ROUND_UP);
        return toInfinity ? format.infinity : format.maxFinite;
    }

    /** Whether {@code kept}, followed by the {@code restBits} (0..63) bits {@code rest}, is rounded to the next magnitude. */
    private static boolean roundsUp(int mode, boolean negative, long kept, long rest, int restBits) {
        if (rest == 0) {
            return false;
        }
        return switch (mode) {
            case ROUND_NEAREST -> {
                long half = 1L << restBits - 1;
                yield rest > half || rest == half && (kept & 1) != 0;
            }
            case ROUND_UP -> !negative;
            case ROUND_DOWN -> negative;
            default -> false;
        };
    }
}
