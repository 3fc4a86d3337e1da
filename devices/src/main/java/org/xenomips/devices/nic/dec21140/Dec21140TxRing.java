package org.xenomips.devices.nic.dec21140;

/**
 * The transmit descriptor ring: gathers frames from their segments, recognises setup frames, and gives the descriptors back,
 * the first one last.
 *
 * <p>One run handles at most {@link #MOST_PER_RUN} descriptors, one frame at most {@link #MOST_PER_FRAME}; a frame whose
 * segments form a loop is released with an error.
 *
 * <p>Thread: machine thread.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4.2.2"
 */
final class Dec21140TxRing extends Dec21140Ring {
    /** How a run ended. */
    enum Outcome {
        /** The current descriptor belongs to the host and nothing was done. */
        EMPTY,
        /** Something was sent or loaded, and now the current descriptor belongs to the host. */
        WORKED,
        /** The run's limit was reached. */
        MORE
    }

    private static final int MOST_PER_RUN = 128;
    private static final int MOST_PER_FRAME = 64;
    private static final int SHORTEST_ON_WIRE = 60;

    private final Dec21140Device chip;
    private final byte[] frame = new byte[Dec21140Device.LONGEST_FRAME];
    private final long[] segments = new long[MOST_PER_FRAME];
    private int segmentCount;
    private int length;
    private boolean overlong;

    Dec21140TxRing(Dec21140Dma dma, Dec21140Device chip) {
        super(dma);
        this.chip = chip;
    }

    /** Works until a descriptor belongs to the host or the limit is reached. */
    Outcome run(int skipWords) {
        int budget = MOST_PER_RUN;
        boolean worked = false;
        while (budget > 0) {
            if (!isOwned(position)) {
                return worked ? Outcome.WORKED : Outcome.EMPTY;
            }
            int control = dma.word(position, 1);
            if (Tdes1.SET.isSet(control) || !Tdes1.FS.isSet(control) && !Tdes1.LS.isSet(control)) {
                special(control, skipWords);
                budget--;
            } else {
                if (!sendFrame(skipWords)) {
                    return worked ? Outcome.WORKED : Outcome.EMPTY;
                }
                budget -= segmentCount;
            }
            worked = true;
        }
        return Outcome.MORE;
    }

    private boolean isOwned(long descriptor) {
        return Tdes0.OWN.isSet(dma.word(descriptor, 0));
    }

    /** A setup frame, or a descriptor without any purpose, which is just released. */
    private void special(int control, int skipWords) {
        long descriptor = position;
        if (Tdes1.SET.isSet(control) && Tdes1.TBS1.get(control) >= AddressFilter.SETUP_BYTES) {
            byte[] setup = new byte[AddressFilter.SETUP_BYTES];
            dma.read(dma.word(descriptor, 2), setup, 0, setup.length);
            int mode = Tdes1.FT1.get(control) << 1 | Tdes1.FT0.get(control);
            chip.loadFilter(setup, AddressFilter.Mode.values()[mode]);
        }
        position = next(descriptor, control, skipWords);
        dma.setStatus(descriptor, 0);
        if (Tdes1.IC.isSet(control)) {
            chip.raise(Csr5.TI);
        }
    }

    /**
     * Gathers the frame that begins at the current descriptor, sends it and moves on. False if a later segment still belongs to
     * the host: then nothing has changed.
     */
    private boolean sendFrame(int skipWords) {
        long descriptor = position;
        segmentCount = 0;
        length = 0;
        overlong = false;
        while (true) {
            int control = dma.word(descriptor, 1);
            segments[segmentCount++] = descriptor;
            gather(descriptor, control);
            long next = next(descriptor, control, skipWords);
            if (Tdes1.LS.isSet(control)) {
                position = next;
                finish(control);
                return true;
            }
            if (next == segments[0] || segmentCount == MOST_PER_FRAME) {
                position = next;
                chip.malformed();
                release(Tdes0.ES.mask() | Tdes0.UF.mask());
                return true;
            }
            if (!isOwned(next)) {
                return false;
            }
            descriptor = next;
        }
    }

    private void gather(long descriptor, int control) {
        append(descriptor, 2, Tdes1.TBS1.get(control));
        if (!Tdes1.TCH.isSet(control)) {
            append(descriptor, 3, Tdes1.TBS2.get(control));
        }
    }

    private void append(long descriptor, int addressWord, int bytes) {
        if (bytes == 0 || overlong) {
            return;
        }
        if (bytes > frame.length - length) {
            overlong = true;
            return;
        }
        dma.read(dma.word(descriptor, addressWord), frame, length, bytes);
        length += bytes;
    }

    private void finish(int lastControl) {
        if (overlong || length == 0) {
            chip.malformed();
        } else {
            if (length < SHORTEST_ON_WIRE && chip.isProgrammed() && !Tdes1.DPD.isSet(lastControl)) {
                java.util.Arrays.fill(frame, length, SHORTEST_ON_WIRE, (byte) 0);
                length = SHORTEST_ON_WIRE;
            }
            IslTrailer.finish(frame, length);
            chip.transmitted(frame, length);
        }
        release(0);
        if (Tdes1.IC.isSet(lastControl)) {
            chip.raise(Csr5.TI);
        }
    }

    private void release(int status) {
        for (int i = segmentCount - 1; i >= 0; i--) {
            dma.setStatus(segments[i], status);
        }
    }

    private long next(long descriptor, int control, int skipWords) {
        return next(descriptor, Tdes1.TER.isSet(control), Tdes1.TCH.isSet(control), skipWords);
    }
}
