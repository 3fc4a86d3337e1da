package org.xenomips.bench.compare;

import java.util.Arrays;
import java.util.Collection;

/** Figures about figures. */
final class Statistics {
    private Statistics() {}

    /** The middle one, or the mean of the two in the middle; there must be one. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double median(Collection<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The geometric mean; there must be one value. */
    static double geometricMean(Collection<Double> values) {
        return Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow());
    }
}
