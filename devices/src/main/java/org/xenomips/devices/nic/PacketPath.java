package org.xenomips.devices.nic;

import java.util.Locale;

/**
 * Counters of what became of the frames that met one controller, one per step a frame can take, so that a lost frame can be
 * found by comparing neighbours.
 *
 * <p>Thread: written by the machine thread; other threads read values that may lag behind.
 */
public final class PacketPath {
    /** A step or an end of a frame's way through a controller. */
    public enum Step {
        /** Offered by the link. */
        RX_OFFERED,
        /** Ignored: receiver off, no ring, or loopback. */
        RX_OFF,
        /** Dropped: longer than the chip can store, or too short to have addresses. */
        RX_BAD_LENGTH,
        /** Not for this station. */
        RX_FILTERED,
        /** Lost for want of a descriptor. */
        RX_NO_DESCRIPTOR,
        /** Stored, but cut because the ring ran out of descriptors within the frame. */
        RX_CUT,
        /** Stored in guest memory. */
        RX_STORED,
        /** Taken from guest memory. */
        TX_FETCHED,
        /** Dropped: longer than a frame can be, or an endless chain of segments. */
        TX_MALFORMED,
        /** Sent back to the receiver instead of the link. */
        TX_LOOPED,
        /** Dropped because nothing is plugged in. */
        TX_UNPLUGGED,
        /** Handed to the link. */
        TX_SENT,
        /** Address filters loaded. */
        TX_SETUP
    }

    private final long[] counts = new long[Step.values().length];

    public void count(Step step) {
        counts[step.ordinal()]++;
    }

    /** Every step that was taken, one per line. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (Step step : Step.values()) {
            if (get(step) != 0) {
                text.append(String.format(Locale.ROOT, "  %-20s %,d%n", step, get(step)));
            }
        }
        return text.toString();
    }

    /** How many frames took {@code step} since the controller was made. */
    public long get(Step step) {
        return counts[step.ordinal()];
    }
}
