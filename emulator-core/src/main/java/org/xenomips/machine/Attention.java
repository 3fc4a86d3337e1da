package org.xenomips.machine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one word through which host threads reach a machine thread: "look at your event sources". Looked at where a slice ends;
 * wakes a parked (idle) machine thread at once.
 *
 * <p>Threads: {@link #signal} any; the rest the machine thread.
 */
public final class Attention implements Runnable {
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile @Nullable Thread owner;

    /** The machine thread presents itself. */
    void attach(Thread machineThread) {
        owner = machineThread;
    }

    /** Asks the machine thread to poll its event sources. */
    public void signal() {
        if (!wanted.getAndSet(true)) {
            LockSupport.unpark(owner);
        }
    }

    /** {@link #signal}, so that an attention can be handed out as a callback. */
    @Override
    public void run() {
        signal();
    }

    /** Takes the request; whatever was signalled before this call is seen by the poll that follows it. */
    boolean take() {
        return wanted.get() && wanted.getAndSet(false);
    }

    /** True while a request waits. */
    boolean isWanted() {
        return wanted.get();
    }

    /** Parks until signalled or {@code nanos} have passed; may return early. */
    void await(long nanos) {
        if (!wanted.get()) {
            LockSupport.parkNanos(this, nanos);
        }
    }
}
