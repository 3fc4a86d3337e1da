package org.xenomips.telemetry;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Guest mistakes and gaps of the models: logged once per device and place, counted always. Thread: any.
 */
public final class DeviceLog {
    private static final System.Logger LOG = System.getLogger("org.xenomips.device");
    private static final int MOST_PLACES = 10_000;
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

    private DeviceLog() {}

    /** The guest read an offset at which {@code chip} has no register. */
    public static void undefinedRead(String chip, int offset) {
        note("not-implemented", chip, "read of undefined offset 0x" + Integer.toHexString(offset));
    }

    /** The guest wrote an offset at which {@code chip} has no register. */
    public static void undefinedWrite(String chip, int offset, int value) {
        note("not-implemented", chip, "write to undefined offset 0x" + Integer.toHexString(offset));
    }

    /** The guest used {@code chip} in a way the hardware does not allow. */
    public static void guestError(String chip, String what) {
        note("guest-error", chip, what);
    }

    /** How often each kind of note was made, by {@code level chip}. */
    public static Map<String, LongAdder> counts() {
        return Map.copyOf(COUNTS);
    }

    private static void note(String level, String chip, String what) {
        COUNTS.computeIfAbsent(level + " " + chip, key -> new LongAdder()).increment();
        if (SEEN.size() < MOST_PLACES && SEEN.add(level + chip + what)) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}: {2}", level, chip, what);
        }
    }
}
