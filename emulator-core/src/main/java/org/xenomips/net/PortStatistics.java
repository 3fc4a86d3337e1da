package org.xenomips.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters of a host port. Thread: any; each counter is exact, the set is not a consistent cut. */
public final class PortStatistics {
    /** What is counted. "in" is toward the guest, "out" from the guest. */
    public enum Counter {
        FRAMES_IN, BYTES_IN, FRAMES_OUT, BYTES_OUT,
        /** The machine did not take frames fast enough. */
        QUEUE_FULL,
        /** The host's kernel dropped frames before we read them. */
        KERNEL_DROPPED,
        /** Frames longer than a controller can take. */
        OVERSIZED,
        /** Segmentation-offload frames that were split, or could not be. */
        GSO_SPLIT, GSO_DROPPED,
        /** Unfinished checksums that were completed. */
        CHECKSUM_FINISHED,
        /** VLAN tags put back. */
        TAG_RESTORED, SEND_ERRORS, RECEIVE_ERRORS,
        /** Frames that passed but are missing in a capture file, because the disk was too slow. */
        CAPTURE_DROPPED
    }

    private final LongAdder[] counters = new LongAdder[Counter.values().length];

    public PortStatistics() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new LongAdder();
        }
    }

    public void count(Counter counter) {
        counters[counter.ordinal()].increment();
    }

    public void add(Counter counter, long amount) {
        counters[counter.ordinal()].add(amount);
    }

    /** Counts one frame of {@code bytes} toward the guest. */
    public void received(int bytes) {
        count(Counter.FRAMES_IN);
        add(Counter.BYTES_IN, bytes);
    }

    /** Counts one frame of {@code bytes} from the guest. */
    public void sent(int bytes) {
        count(Counter.FRAMES_OUT);
        add(Counter.BYTES_OUT, bytes);
    }

    public long get(Counter counter) {
        return counters[counter.ordinal()].sum();
    }

    /** All counters that are not 0, in declaration order. */
    public Map<Counter, Long> nonZero() {
        Map<Counter, Long> result = new LinkedHashMap<>();
        for (Counter c : Counter.values()) {
            if (get(c) != 0) {
                result.put(c, get(c));
            }
        }
        return result;
    }
}
