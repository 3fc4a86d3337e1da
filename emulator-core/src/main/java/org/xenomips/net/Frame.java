package org.xenomips.net;

/** A frame buffer of a {@link FrameQueue}: bytes without FCS; reused, so never keep it. */
public final class Frame {
    /** Largest frame a queue carries: ISL on top of Q-in-Q, with room to spare; in bytes. */
    public static final int CAPACITY = 2048;

    private final byte[] data = new byte[CAPACITY];
    private int length;

    /** The buffer; bytes 0 to {@link #length} - 1 are valid. */
    public byte[] data() {
        return data;
    }

    public int length() {
        return length;
    }

    /** Sets the number of valid bytes, 0..{@link #CAPACITY}. */
    public void setLength(int bytes) {
        if (bytes < 0 || bytes > CAPACITY) {
            throw new IllegalArgumentException("frame length " + bytes);
        }
        length = bytes;
    }
}
