package org.xenomips.cpu;

/**
 * The short way through {@link IeeeArithmetic} in round-to-nearest: the host computes, and an error-free transformation tells
 * whether it rounded. Answers only where the result is well inside the normal range, so that nothing but inexact can be signalled.
 *
 * <p>Thread: machine thread.
 *
 * @see "T. J. Dekker, A Floating-Point Technique for Extending the Available Precision, 1971; D. E. Knuth, TAOCP 2, section 4.2.2"
 */
final class FastArithmetic {
    /** No answer; a NaN, which never is one. */
    static final long NONE = -1;

    /** Below this the error of a double product or quotient might itself be a denormal. */
    private static final long LEAST_DOUBLE = (long) (1023 - 900) << 52;
    private static final long DOUBLE_SPAN = ((long) (1023 + 1000) << 52) - LEAST_DOUBLE;
    private static final int LEAST_SINGLE = 0x0100_0000;
    private static final int SINGLE_SPAN = 0x7f00_0000 - LEAST_SINGLE;

    /** {@link IeeeArithmetic#INEXACT} or 0, for the last answer that was not {@link #NONE}. */
    private int inexact;

    /** What the last answer signals. */
    int inexact() {
        return inexact;
    }

    long add(FloatFormat format, long a, long b) {
        if (format == FloatFormat.SINGLE) {
            double x = Float.intBitsToFloat((int) a);
            double y = Float.intBitsToFloat((int) b);
            double sum = x + y;
            float result = (float) sum;
            return single(result, result != sum || sumError(x, y, sum) != 0);
        }
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double sum = x + y;
        return isPlain(sum) ? answer(sum, sumError(x, y, sum) != 0) : NONE;
    }

    long mul(FloatFormat format, long a, long b) {
        if (format == FloatFormat.SINGLE) {
            // 24 by 24 bits fit in the 53 of a double.
            double product = (double) Float.intBitsToFloat((int) a) * Float.intBitsToFloat((int) b);
            float result = (float) product;
            return single(result, result != product);
        }
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double product = x * y;
        return isPlain(product) ? answer(product, Math.fma(x, y, -product) != 0) : NONE;
    }

    long div(FloatFormat format, long a, long b) {
        if (format == FloatFormat.SINGLE) {
            double x = Float.intBitsToFloat((int) a);
            double y = Float.intBitsToFloat((int) b);
            float result = (float) (x / y);
            return single(result, (double) result * y != x);
        }
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        double quotient = x / y;
        return isPlain(quotient) && isPlain(x) ? answer(quotient, Math.fma(quotient, y, -x) != 0) : NONE;
    }

    long sqrt(FloatFormat format, long a) {
        if (format == FloatFormat.SINGLE) {
            double x = Float.intBitsToFloat((int) a);
            float result = (float) Math.sqrt(x);
            return single(result, (double) result * result != x);
        }
        double x = Double.longBitsToDouble(a);
        double root = Math.sqrt(x);
        return isPlain(root) && isPlain(x) ? answer(root, Math.fma(root, root, -x) != 0) : NONE;
    }

    private long answer(double result, boolean rounded) {
        inexact = rounded ? IeeeArithmetic.INEXACT : 0;
        return Double.doubleToRawLongBits(result);
    }

    /** A single computed in double and rounded again, which is harmless: 53 bits are more than twice 24 and 2. */
    private long single(float result, boolean rounded) {
        int bits = Float.floatToRawIntBits(result);
        if (Integer.compareUnsigned((bits & Integer.MAX_VALUE) - LEAST_SINGLE, SINGLE_SPAN) > 0) {
            return NONE;
        }
        inexact = rounded ? IeeeArithmetic.INEXACT : 0;
        return bits & 0xffff_ffffL;
    }

    private static boolean isPlain(double x) {
        long magnitude = Double.doubleToRawLongBits(x) & Long.MAX_VALUE;
        return Long.compareUnsigned(magnitude - LEAST_DOUBLE, DOUBLE_SPAN) <= 0;
    }

    /** The exact difference between {@code x + y} and {@code sum}, its rounded value. */
    private static double sumError(double x, double y, double sum) {
        double yPart = sum - x;
        double xPart = sum - yPart;
        return x - xPart + (y - yPart);
    }
}
