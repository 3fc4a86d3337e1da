package org.xenomips.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Bounded queue of frames from one host thread to the machine thread: step 2 of a received frame's way. Allocates nothing after construction.
 *
 * <p>Threads: {@link #claim} and {@link #publish} by the one producer, {@link #peek} and {@link #release} by the machine
 * thread. Publication is release/acquire on the producer's index: the consumer that sees the index sees the bytes.
 */
public final class FrameQueue {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(FrameQueue.class, "head", long.class);
            TAIL = lookup.findVarHandle(FrameQueue.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Frame[] slots;
    private final Runnable signal;
    private long head;
    private long tail;

    /** A queue of {@code capacity} frames (a power of two); {@code signal} runs on the producer's thread after a publish. */
    public FrameQueue(int capacity, Runnable signal) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        this.slots = new Frame[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Frame();
        }
        this.signal = signal;
    }

    /** Producer: a buffer to fill, or null when the queue is full (the frame is then dropped and counted by the caller). */
    public @Nullable Frame claim() {
        long t = (long) TAIL.getOpaque(this);
        long h = (long) HEAD.getAcquire(this);
        return t - h == slots.length ? null : slots[(int) t & slots.length - 1];
    }

    /** Producer: hands over the frame returned by the last {@link #claim}. */
    public void publish() {
        TAIL.setRelease(this, (long) TAIL.getOpaque(this) + 1);
        signal.run();
    }

    /** Consumer: the oldest frame, or null. It stays valid until {@link #release}. */
    public @Nullable Frame peek() {
        long h = (long) HEAD.getOpaque(this);
        return h == (long) TAIL.getAcquire(this) ? null : slots[(int) h & slots.length - 1];
    }

    /** Consumer: gives back the frame returned by the last {@link #peek}. */
    public void release() {
        HEAD.setRelease(this, (long) HEAD.getOpaque(this) + 1);
    }

    /** Number of waiting frames; exact only on the consumer's thread. */
    public int size() {
        return (int) ((long) TAIL.getAcquire(this) - (long) HEAD.getAcquire(this));
    }
}
