package org.xenomips.cpu;

import java.util.Random;

/** Operands for floating-point tests: every kind of number, and random ones that meet each other's exponents often. */
final class FloatOperands {
    private FloatOperands() {}

    /** Numbers at every edge of {@code format}, both signs, infinities and NaNs included. */
    static long[] edges(FloatFormat format) {
        long one = (long) format.bias << format.fractionBits;
        long ulp = 1;
        long[] positive = {
                0,
                ulp,
                2,
                3,
                format.minNormal >>> 1,
                format.minNormal - 1,
                format.minNormal,
                format.minNormal + 1,
                2 * format.minNormal - 1,
                2 * format.minNormal,
                one - 1,
                one,
                one + 1,
                one + (format.minNormal >>> 1),
                one + format.minNormal,
                one + format.minNormal - 1,
                one + 3 * format.minNormal,
                one + ((long) format.fractionBits << format.fractionBits),
                one + ((long) format.fractionBits + 1 << format.fractionBits),
                one - ((long) format.fractionBits + 1 << format.fractionBits),
                one / 2,
                one + 31 * format.minNormal,
                one + 31 * format.minNormal - 1,
                one + 63 * format.minNormal,
                one + 63 * format.minNormal - 1,
                format.infinity - format.minNormal,
                format.infinity - 2,
                format.infinity - 1,
                format.infinity,
                format.defaultNan,
                format.infinity | 5,
                format.infinity | format.minNormal >>> 1,
                format.infinity | format.fractionMask };
        long[] all = new long[2 * positive.length];
        for (int i = 0; i < positive.length; i++) {
            all[2 * i] = positive[i];
            all[2 * i + 1] = positive[i] | format.sign;
        }
        return all;
    }

    /** A random number, finite or not; exponents cluster around 1 and at the ends of the range. */
    static long random(FloatFormat format, Random random) {
        long fraction = random.nextLong() & format.fractionMask;
        if (random.nextInt(3) == 0) {
            fraction &= -1L << random.nextInt(format.fractionBits);
        }
        int range = 2 * format.bias + 2;
        long field = switch (random.nextInt(6)) {
            case 0 -> random.nextInt(range);
            case 1 -> random.nextInt(4);
            case 2 -> range - 1 - random.nextInt(4);
            case 3 -> format.bias / 2 + random.nextInt(8) - 4;
            default -> format.bias + random.nextInt(format.fractionBits * 2 + 6) - format.fractionBits - 3;
        };
        return (random.nextBoolean() ? format.sign : 0) | field << format.fractionBits | fraction;
    }
}
