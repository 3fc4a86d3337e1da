package org.xenomips.cpu;

/**
 * A binary floating-point format and the classification of its bit patterns by the MIPS rules in force before the 2008 revision
 * of IEEE 754: a NaN whose topmost fraction bit is <em>set</em> is signalling.
 *
 * <p>Bit patterns are {@code long}; a single uses the low 32 bits and the rest is 0.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, chapter 6, Floating-Point Formats; chapter 7, Invalid Operation Exception"
 */
enum FloatFormat {
    /** 1 sign, 8 exponent and 23 fraction bits. */
    SINGLE(8, 23),
    /** 1 sign, 11 exponent and 52 fraction bits. */
    DOUBLE(11, 52);

    /** Number of fraction bits stored. */
    final int fractionBits;
    /** What is added to an exponent to get the stored field. */
    final int bias;
    /** Least exponent of a normal number; the greatest is {@link #bias}. */
    final int minExponent;
    /** The sign bit. */
    final long sign;
    /** Mask of the fraction field. */
    final long fractionMask;
    /** Least normal number, which is also the implied leading bit of a significand. */
    final long minNormal;
    /** Positive infinity, which is also the mask of the exponent field. */
    final long infinity;
    /** The number 1. */
    final long one;
    /** Largest finite number. */
    final long maxFinite;
    /** Result of an invalid operation that is not trapped: fraction all ones but the topmost bit. */
    final long defaultNan;

    private final long signallingBit;

    FloatFormat(int exponentBits, int fractionBits) {
        this.fractionBits = fractionBits;
        bias = (1 << exponentBits - 1) - 1;
        minExponent = 1 - bias;
        sign = 1L << exponentBits + fractionBits;
        fractionMask = (1L << fractionBits) - 1;
        minNormal = 1L << fractionBits;
        infinity = sign - minNormal;
        one = (long) bias << fractionBits;
        maxFinite = infinity - 1;
        signallingBit = 1L << fractionBits - 1;
        defaultNan = infinity | fractionMask ^ signallingBit;
    }

    boolean isNan(long bits) {
        return magnitude(bits) > infinity;
    }

    boolean isSignallingNan(long bits) {
        return isNan(bits) && (bits & signallingBit) != 0;
    }

    boolean isInfinite(long bits) {
        return magnitude(bits) == infinity;
    }

    boolean isFinite(long bits) {
        return magnitude(bits) < infinity;
    }

    boolean isZero(long bits) {
        return magnitude(bits) == 0;
    }

    boolean isNegative(long bits) {
        return (bits & sign) != 0;
    }

    /** The pattern without its sign; as an unsigned number it orders magnitudes. */
    long magnitude(long bits) {
        return bits & sign - 1;
    }

    /** Exponent of the leading 1 of a finite number other than 0; less than {@link #minExponent} for a denormal. */
    int exponent(long bits) {
        long magnitude = magnitude(bits);
        if (magnitude < minNormal) {
            return minExponent - fractionBits + 63 - Long.numberOfLeadingZeros(magnitude);
        }
        return (int) (magnitude >>> fractionBits) - bias;
    }

    /** Significand of a finite number other than 0, moved so that its leading 1 is bit 62. */
    long significand(long bits) {
        long magnitude = magnitude(bits);
        if (magnitude < minNormal) {
            return magnitude << Long.numberOfLeadingZeros(magnitude) - 1;
        }
        return (magnitude & fractionMask | minNormal) << 62 - fractionBits;
    }
}
