package org.xenomips.cpu;

import java.math.BigInteger;

/** The oracle of the arithmetic tests: exact rational numbers, rounded by the text of IEEE 754 alone. */
final class ExactArithmetic {
    private ExactArithmetic() {}

    /** A rounded result and what it signals, in the flag bits of {@link IeeeArithmetic}. */
    record Rounded(long bits, int flags) {
    }

    /** The quotient of two integers; the denominator is positive. */
    record Rational(BigInteger numerator, BigInteger denominator) {
        Rational plus(Rational other) {
            return new Rational(
                    numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                    denominator.multiply(other.denominator));
        }

        Rational times(Rational other) {
            return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
        }

        Rational dividedBy(Rational other) {
            BigInteger top = numerator.multiply(other.denominator);
            BigInteger bottom = denominator.multiply(other.numerator);
            return bottom.signum() < 0 ? new Rational(top.negate(), bottom.negate()) : new Rational(top, bottom);
        }

        /**
         * The square root, truncated after far more bits than any format has; a digit 1 at the end stands for the rest if it is
         * not exact, so it rounds as the true root does.
         */
        Rational sqrt() {
            // sqrt(n/d) = sqrt(n*d)/d
            BigInteger[] root = numerator.multiply(denominator).shiftLeft(2 * 400).sqrtAndRemainder();
            BigInteger digits = root[0].shiftLeft(1).add(root[1].signum() != 0 ? BigInteger.ONE : BigInteger.ZERO);
            return new Rational(digits, denominator.shiftLeft(401));
        }
    }

    /** The value of a finite pattern. */
    static Rational value(FloatFormat format, long bits) {
        int fractionBits = format.fractionBits;
        long fraction = bits & (1L << fractionBits) - 1;
        int field = (int) (bits >>> fractionBits) & 2 * format.bias + 1;
        long integer = field == 0 ? fraction : fraction | 1L << fractionBits;
        int exponent = Math.max(field, 1) - format.bias - fractionBits;
        BigInteger signed = BigInteger.valueOf((bits & format.sign) != 0 ? -integer : integer);
        return exponent >= 0
                ? new Rational(signed.shiftLeft(exponent), BigInteger.ONE)
                : new Rational(signed, BigInteger.ONE.shiftLeft(-exponent));
    }

    /** Rounds a value other than 0. */
    static Rounded round(FloatFormat format, int mode, Rational value) {
        boolean negative = value.numerator.signum() < 0;
        BigInteger n = value.numerator.abs();
        BigInteger d = value.denominator;
        int exponent = n.bitLength() - d.bitLength();
        if (compareScaled(n, d, exponent) < 0) {
            exponent--;
        }
        BigInteger unbounded = quotient(mode, negative, n, d, exponent - format.fractionBits);
        int roundedExponent = unbounded.bitLength() - 1 + exponent - format.fractionBits;
        boolean tiny = roundedExponent < 1 - format.bias;
        int quantum = Math.max(exponent, 1 - format.bias) - format.fractionBits;
        BigInteger integer = quotient(mode, negative, n, d, quantum);
        boolean exact = compareScaled(n, d.multiply(integer), quantum) == 0;
        long sign = negative ? format.sign : 0;
        if (integer.bitLength() - 1 + quantum > format.bias) {
            boolean away = mode == IeeeArithmetic.ROUND_NEAREST
                    || mode == (negative ? IeeeArithmetic.ROUND_DOWN : IeeeArithmetic.ROUND_UP);
            return new Rounded(sign | (away ? format.infinity : format.infinity - 1),
                    IeeeArithmetic.OVERFLOW | IeeeArithmetic.INEXACT);
        }
        int flags = exact ? 0 : IeeeArithmetic.INEXACT;
        if (tiny) {
            flags |= exact ? IeeeArithmetic.TINY : IeeeArithmetic.TINY | IeeeArithmetic.UNDERFLOW;
        }
        return new Rounded(sign | encode(format, integer, quantum), flags);
    }

    /** {@code value} as an integer, rounded by {@code mode}. */
    static BigInteger roundToInteger(int mode, Rational value) {
        boolean negative = value.numerator.signum() < 0;
        BigInteger magnitude = quotient(mode, negative, value.numerator.abs(), value.denominator, 0);
        return negative ? magnitude.negate() : magnitude;
    }

    private static long encode(FloatFormat format, BigInteger integer, int quantum) {
        if (integer.bitLength() <= format.fractionBits) {
            return integer.longValueExact();
        }
        int extra = integer.bitLength() - 1 - format.fractionBits;
        long significand = integer.shiftRight(extra).longValueExact();
        long field = quantum + extra + format.fractionBits + format.bias;
        return field << format.fractionBits | significand & (1L << format.fractionBits) - 1;
    }

    /** {@code n / d} in units of {@code 2^quantum}, rounded to an integer. */
    private static BigInteger quotient(int mode, boolean negative, BigInteger n, BigInteger d, int quantum) {
        BigInteger top = quantum < 0 ? n.shiftLeft(-quantum) : n;
        BigInteger bottom = quantum > 0 ? d.shiftLeft(quantum) : d;
        BigInteger[] parts = top.divideAndRemainder(bottom);
        int half = parts[1].shiftLeft(1).compareTo(bottom);
        boolean up = parts[1].signum() != 0 && switch (mode) {
            case IeeeArithmetic.ROUND_NEAREST -> half > 0 || half == 0 && parts[0].testBit(0);
            case IeeeArithmetic.ROUND_UP -> !negative;
            case IeeeArithmetic.ROUND_DOWN -> negative;
            default -> false;
        };
        return up ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    /** Compares {@code n} with {@code d * 2^exponent}. */
    private static int compareScaled(BigInteger n, BigInteger d, int exponent) {
        return exponent < 0 ? n.shiftLeft(-exponent).compareTo(d) : n.compareTo(d.shiftLeft(exponent));
    }
}
