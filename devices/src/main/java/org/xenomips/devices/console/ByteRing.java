package org.xenomips.devices.console;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Bounded queue of bytes from one thread to one other. Allocates nothing after construction.
 *
 * <p>Threads: {@link #offer} by the producer, {@link #poll} and {@link #drain} by the consumer, {@link #isEmpty} by either.
 * Publication is release/acquire on the producer's index.
 */
final class ByteRing {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(ByteRing.class, "head", long.class);
            TAIL = lookup.findVarHandle(ByteRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] bytes;
    private long head;
    private long tail;

    /** A ring that holds {@code capacity} bytes (a power of two). */
    ByteRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        bytes = new byte[capacity];
    }

    /** Adds a byte; false if the ring is full. */
    boolean offer(int value) {
        long t = (long) TAIL.getOpaque(this);
        if (t - (long) HEAD.getAcquire(this) == bytes.length) {
            return false;
        }
        bytes[(int) t & bytes.length - 1] = (byte) value;
        TAIL.setRelease(this, t + 1);
        return true;
    }

    /** Takes the oldest byte, 0..255, or -1. */
    int poll() {
        long h = (long) HEAD.getOpaque(this);
        if (h == (long) TAIL.getAcquire(this)) {
            return -1;
        }
        int value = bytes[(int) h & bytes.length - 1] & 0xff;
        HEAD.setRelease(this, h + 1);
        return value;
    }

    /** Moves up to {@code length} bytes to {@code into[at..]}; returns how many. */
    int drain(byte[] into, int at, int length) {
        long h = (long) HEAD.getOpaque(this);
        int count = (int) Math.min(length, (long) TAIL.getAcquire(this) - h);
        for (int i = 0; i < count; i++) {
            into[at + i] = bytes[(int) (h + i) & bytes.length - 1];
        }
        HEAD.setRelease(this, h + count);
        return count;
    }

    boolean isEmpty() {
        return (long) HEAD.getAcquire(this) == (long) TAIL.getAcquire(this);
    }
}
