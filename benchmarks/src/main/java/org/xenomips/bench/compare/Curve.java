package org.xenomips.bench.compare;

import java.util.Arrays;

/**
 * CPU time of the emulating thread over repetitions. Single steps are not to be trusted: the kernel counts in ticks of some
 * milliseconds. So everything is taken over stretches of many ticks.
 */
final class Curve {
    private static final long STRETCH_NS = 100_000_000;
    private static final long WARM_UP_STRETCH_NS = 60_000_000;

    private final long[] repetitions;
    private final long[] ns;

    /** When {@code repetitions[i]} repetitions were over, the CPU time was {@code ns[i]} nanoseconds; both increase. */
    Curve(long[] repetitions, long[] ns) {
        this.repetitions = repetitions.clone();
        this.ns = ns.clone();
    }

    /** CPU time of one repetition in ns: the median over stretches of at least 100 ms in the second half. */
    double steadyNs() {
        int last = ns.length - 1;
        double[] stretches = new double[last];
        int count = 0;
        int half = 0;
        while (half < last - 1 && repetitions[half] < repetitions[last] / 2) {
            half++;
        }
        for (int from = half, to = half + 1; to <= last; to++) {
            if (ns[to] - ns[from] >= STRETCH_NS) {
                stretches[count++] = nsBetween(from, to);
                from = to;
            }
        }
        return count == 0 ? nsBetween(half, last) : Statistics.median(Arrays.copyOf(stretches, count));
    }

    /**
     * CPU time in ns, counted from the program's start, from which on the speed was {@code part} of the steady one for at least 60 ms.
     * Not of the highest one: a core whose sibling thread rests for a moment runs half as fast again.
     */
    long nsUntil(double part) {
        double limit = steadyNs() / part;
        for (int i = 0; i < ns.length; i++) {
            if (nsFrom(i, WARM_UP_STRETCH_NS) <= limit) {
                return ns[i] - ns[0];
            }
        }
        return ns[ns.length - 1] - ns[0];
    }

    /** CPU time of one repetition in the stretch that begins at point {@code from}; infinite if there is none. */
    private double nsFrom(int from, long stretch) {
        for (int to = from + 1; to < ns.length; to++) {
            if (ns[to] - ns[from] >= stretch) {
                return nsBetween(from, to);
            }
        }
        return Double.MAX_VALUE;
    }

    private double nsBetween(int from, int to) {
        return (double) (ns[to] - ns[from]) / (repetitions[to] - repetitions[from]);
    }
}
