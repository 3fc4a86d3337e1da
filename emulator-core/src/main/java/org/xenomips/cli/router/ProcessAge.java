package org.xenomips.cli.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long ago the user started the program: the launcher's and the JVM's own start are part of it, as the launcher becomes the JVM.
 *
 * @see "proc(5): /proc/pid/stat, starttime; /proc/uptime"
 */
public final class ProcessAge {
    private static final double TICKS_PER_SECOND = 100;
    private static final int STARTTIME = 22;
    /** Where the host's uptime is not that of its processes (some containers) the result would be absurd. */
    private static final double MOST_SECONDS = 300;

    private ProcessAge() {}

    /** Seconds from the start of the process to now, in steps of 10 ms. Where the host does not tell: since the class was loaded. */
    public static double seconds() {
        return Origin.AGE + (System.nanoTime() - Origin.NOW_NS) / 1e9;
    }

    /** Seconds from the start of the process to the time {@code nanoTime} of {@link System#nanoTime}. */
    public static double secondsAt(long nanoTime) {
        return Origin.AGE + (nanoTime - Origin.NOW_NS) / 1e9;
    }

    private static final class Origin {
        static final double AGE = age();
        static final long NOW_NS = System.nanoTime();

        private Origin() {}

        private static double age() {
            try {
                String stat = Files.readString(Path.of("/proc/self/stat"));
                // The second field, the name, may contain blanks.
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                double started = Long.parseLong(fields[STARTTIME - 3]) / TICKS_PER_SECOND;
                String uptime = Files.readString(Path.of("/proc/uptime"));
                double age = Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) - started;
                return age >= 0 && age < MOST_SECONDS ? age : 0;
            } catch (IOException | RuntimeException e) {
                return 0;
            }
        }
    }
}
