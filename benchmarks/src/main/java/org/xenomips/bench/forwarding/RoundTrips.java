package org.xenomips.bench.forwarding;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Round trips that ping has reported, one a line.
 *
 * @param ms milliseconds, in ascending order; at least one
 */
record RoundTrips(double[] ms) {
    private static final Pattern TIME = Pattern.compile("time=([0-9.]+) ms");

    /** Reads what ping has printed. */
    static RoundTrips parse(String report) throws IOException {
        double[] times = TIME.matcher(report)
                .results()
                .mapToDouble(time -> Double.parseDouble(time.group(1)))
                .sorted()
                .toArray();
        if (times.length == 0) {
            throw new IOException("no answer: " + report);
        }
        return new RoundTrips(times);
    }

    double median() {
        int middle = ms.length / 2;
        return ms.length % 2 == 1 ? ms[middle] : (ms[middle - 1] + ms[middle]) / 2;
    }

    /** How many of a hundred took less than a millisecond. */
    double percentBelow1ms() {
        return 100.0 * Arrays.stream(ms).filter(time -> time < 1).count() / ms.length;
    }

    static String head() {
        return "round trip                                              number  min ms  median  average     max  < 1 ms";
    }

    String row(String what) {
        return String.format(Locale.ROOT, "%-54s  %6d  %6.3f  %6.3f  %7.3f  %6.1f  %4.0f %%", what, ms.length, ms[0],
                median(),
                Arrays.stream(ms).average().orElseThrow(), ms[ms.length - 1], percentBelow1ms());
    }
}
