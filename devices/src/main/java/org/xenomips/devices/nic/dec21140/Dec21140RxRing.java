package org.xenomips.devices.nic.dec21140;

/**
 * Step 4 of a received frame's way: the receive descriptor ring. Finds descriptors, checks ownership, fills buffers and gives
 * the descriptors back, the first one last.
 *
 * <p>Per frame at most {@link #MOST_DESCRIPTORS} descriptors are used, so a ring of empty buffers costs bounded time.
 *
 * <p>Deviation: the four CRC bytes are counted in the length but not stored.
 *
 * <p>Thread: machine thread.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4.2.1"
 */
final class Dec21140RxRing extends Dec21140Ring {
    /** What became of a frame. */
    enum Result {
        STORED,
        /** Stored as far as there were descriptors. */
        CUT, NO_DESCRIPTOR
    }

    private static final int CRC_BYTES = 4;
    /** Enough for the longest frame in buffers of 4 bytes. */
    private static final int MOST_DESCRIPTORS = 512;

    Dec21140RxRing(Dec21140Dma dma) {
        super(dma);
    }

    /** True when the chip owns the descriptor it needs next. */
    boolean isAvailable() {
        return Rdes0.OWN.isSet(dma.word(position, 0));
    }

    /**
     * Stores a frame.
     *
     * @param status bits for the status word of its last descriptor
     * @param skipWords longwords between descriptors that are not chained
     */
    Result store(byte[] frame, int length, int status, int skipWords) {
        if (!isAvailable()) {
            return Result.NO_DESCRIPTOR;
        }
        long first = position;
        int firstStatus = Rdes0.FS.mask();
        int lastStatus = Rdes0.FL.with(status, length + CRC_BYTES) | Rdes0.LS.mask();
        int done = 0;
        for (int used = 1;; used++) {
            long descriptor = position;
            int control = dma.word(descriptor, 1);
            done = fill(descriptor, control, frame, done, length);
            position = next(descriptor, control, skipWords);
            boolean complete = done == length;
            boolean cut = !complete && (position == first || used == MOST_DESCRIPTORS || !isAvailable());
            int written = complete ? lastStatus : cut ? lastStatus | Rdes0.DE.mask() | Rdes0.ES.mask() : 0;
            if (descriptor == first) {
                firstStatus |= written;
            } else {
                dma.setStatus(descriptor, written);
            }
            if (complete || cut) {
                dma.setStatus(first, firstStatus);
                return complete ? Result.STORED : Result.CUT;
            }
        }
    }

    /** Fills the descriptor's buffers from byte {@code done} of the frame on; returns how far the frame is stored then. */
    private int fill(long descriptor, int control, byte[] frame, int done, int length) {
        int at = done;
        int chunk = Math.min(Rdes1.RBS1.get(control), length - at);
        if (chunk > 0) {
            dma.write(dma.word(descriptor, 2), frame, at, chunk);
            at += chunk;
        }
        chunk = Rdes1.RCH.isSet(control) ? 0 : Math.min(Rdes1.RBS2.get(control), length - at);
        if (chunk > 0) {
            dma.write(dma.word(descriptor, 3), frame, at, chunk);
            at += chunk;
        }
        return at;
    }

    private long next(long descriptor, int control, int skipWords) {
        return next(descriptor, Rdes1.RER.isSet(control), Rdes1.RCH.isSet(control), skipWords);
    }
}
