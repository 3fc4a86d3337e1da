package org.xenomips.bench.latency;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times from the match of Count and Compare to the guest's first instructions in its handler, of one or more repetitions.
 *
 * @param interrupts how many
 * @param shortest ticks of Count, as are {@code sum} and {@code longest}
 * @param over10us how many were longer
 * @param over100us how many were longer
 * @param over1ms how many were longer
 */
record Latencies(long interrupts, long shortest, long sum, long longest, long over10us, long over100us, long over1ms) {
    static final Latencies NONE = new Latencies(0, Long.MAX_VALUE, 0, 0, 0, 0, 0);
    /** The guest program's repetitions have so many. */
    static final int INTERRUPTS = 500;
    /** Count runs at half the clock of an NPE-400, for which the program's limits are made. */
    private static final double TICKS_PER_US = 175;
    private static final Pattern LINE = Pattern.compile("ticks (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)\\s*");

    /** What a line of the program says; null if it is another line. */
    static @Nullable Latencies parse(String line) {
        Matcher numbers = LINE.matcher(line);
        if (!numbers.matches()) {
            return null;
        }
        long[] number = new long[6];
        for (int i = 0; i < number.length; i++) {
            number[i] = Long.parseLong(numbers.group(i + 1));
        }
        return new Latencies(INTERRUPTS, number[0], number[1], number[2], number[3], number[4], number[5]);
    }

    Latencies plus(Latencies other) {
        return new Latencies(interrupts + other.interrupts, Math.min(shortest, other.shortest), sum + other.sum,
                Math.max(longest, other.longest), over10us + other.over10us, over100us + other.over100us,
                over1ms + other.over1ms);
    }

    static String head() {
        return "engine       interrupts  min us  mean us    max us  > 10 us  > 100 us  > 1 ms";
    }

    String row(String engine) {
        return String.format(Locale.ROOT, "%-11s  %10d  %6.2f  %7.2f  %8.1f  %7d  %8d  %6d", engine, interrupts,
                shortest / TICKS_PER_US, sum / TICKS_PER_US / interrupts, longest / TICKS_PER_US, over10us, over100us,
                over1ms);
    }
}
