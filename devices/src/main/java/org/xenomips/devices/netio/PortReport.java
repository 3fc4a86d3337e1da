package org.xenomips.devices.netio;

import java.util.Locale;
import java.util.Map;
import org.xenomips.net.FramePort;
import org.xenomips.net.PortStatistics.Counter;

/** A port's state in words, for the monitor and at the end of a run. Stateless; thread: any. */
public final class PortReport {
    private PortReport() {}

    /** Name, link state, and every counter that is not 0, one per line. */
    public static String describe(FramePort port) {
        StringBuilder text = new StringBuilder(port.name());
        text.append(port.linkUp() ? ": link up" : ": link down").append(System.lineSeparator());
        for (Map.Entry<Counter, Long> entry : port.statistics().nonZero().entrySet()) {
            text.append(String.format(Locale.ROOT, "  %-20s %,d%n", words(entry.getKey()), entry.getValue()));
        }
        return text.toString();
    }

    private static String words(Counter counter) {
        return counter.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
