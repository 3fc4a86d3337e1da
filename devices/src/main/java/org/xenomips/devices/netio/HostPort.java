package org.xenomips.devices.netio;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xenomips.net.Frame;
import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;
import org.xenomips.net.PortStatistics;
import org.xenomips.net.PortStatistics.Counter;

/**
 * What all ports have in common: one receiving platform thread, the queue, the link state, an orderly end. First step of a
 * frame's way to the guest: a frame read from the host is put into the machine's queue.
 *
 * <p>Threads: {@link #send} on the machine thread, {@link #receive} on the port's own; {@link #release} when neither runs any
 * more. The lock around sending is there for {@link #close} alone; nobody else takes it.
 */
abstract class HostPort implements FramePort {
    /** Longest frame that is sent, in bytes; beyond what any port adapter's MTU allows. */
    static final int LONGEST_SENT = 18_000;
    /** Longest frame or stream record that is read, in bytes; what peers of the compatible program may send. */
    static final int LONGEST_READ = 32_768;
    /** Frames read in one go before the stop flag is looked at. */
    static final int BURST = 64;
    /** Shortest Ethernet frame without FCS; shorter ones are padded by real senders. */
    static final int SHORTEST_ETHERNET = 60;
    /** Bytes of an Ethernet header; what is shorter is no frame. */
    static final int ETHERNET_HEADER = 14;

    static final System.Logger LOG = System.getLogger("org.xenomips.netio");

    private final String name;
    private final PortStatistics statistics = new PortStatistics();
    private final Object sending = new Object();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger hinted = new AtomicInteger();
    private volatile boolean linkUp;
    private volatile @Nullable Thread thread;
    private volatile @Nullable FrameQueue inbound;
    private volatile @Nullable Runnable linkChanged;
    private boolean released;

    HostPort(String name) {
        this.name = name;
    }

    /** Sends one frame without blocking; counts it or its loss. */
    abstract void send(byte[] frame, int offset, int length);

    /** Receives until {@link #closing}; I/O errors are counted and, where possible, outlived. */
    abstract void receive();

    /** Makes {@link #receive} look at {@link #closing}. Thread: any. */
    abstract void wake();

    /** Frees what the host gave. */
    abstract void release();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean linkUp() {
        return linkUp;
    }

    @Override
    public PortStatistics statistics() {
        return statistics;
    }

    @Override
    public final void start(FrameQueue queue, Runnable onLinkChange) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException(name + " is started already");
        }
        inbound = queue;
        linkChanged = onLinkChange;
        synchronized (sending) {
            if (!closing.get()) {
                thread = Thread.ofPlatform().daemon().name("netio-" + name).start(this::run);
            }
        }
    }

    private void run() {
        try {
            receive();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, name + ": receiving has ended", e);
        } finally {
            setLink(false);
        }
    }

    @Override
    public final void transmit(byte[] frame, int offset, int length) {
        if (length <= 0 || length > LONGEST_SENT || offset < 0 || offset > frame.length - length) {
            statistics.count(Counter.SEND_ERRORS);
            return;
        }
        synchronized (sending) {
            if (released) {
                statistics.count(Counter.SEND_ERRORS);
            } else {
                send(frame, offset, length);
            }
        }
    }

    /** Runs {@code action} unless the port's resources have been freed. */
    final void whileOpen(Runnable action) {
        synchronized (sending) {
            if (!released) {
                action.run();
            }
        }
    }

    @Override
    public final void close() {
        if (!closing.compareAndSet(false, true)) {
            if (Thread.currentThread() != thread) {
                uninterruptibly(closed::await);
            }
            return;
        }
        Thread t;
        synchronized (sending) {
            t = thread;
        }
        wake();
        if (t != null && t != Thread.currentThread()) {
            uninterruptibly(t::join);
        }
        synchronized (sending) {
            released = true;
            release();
        }
        setLink(false);
        closed.countDown();
    }

    /** Something that waits. */
    interface Waiting {
        void run() throws InterruptedException;
    }

    static void uninterruptibly(Waiting waiting) {
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            try {
                waiting.run();
                done = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes all of {@code resources}; what fails on the way is of no use to anybody. */
    static void closeQuietly(@Nullable AutoCloseable... resources) {
        for (AutoCloseable resource : resources) {
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "close", e);
            }
        }
    }

    final boolean closing() {
        return closing.get();
    }

    /** Changes the link state and tells the machine if that is news. */
    final void setLink(boolean up) {
        if (linkUp != up) {
            linkUp = up;
            Runnable listener = linkChanged;
            if (listener != null) {
                listener.run();
            }
        }
    }

    /** A buffer for a received frame of {@code length} bytes; null, and the loss is counted, if it cannot be taken. */
    final @Nullable Frame claim(int length) {
        FrameQueue queue = inbound;
        if (length > Frame.CAPACITY) {
            statistics.count(Counter.OVERSIZED);
            return null;
        }
        Frame frame = queue == null ? null : queue.claim();
        if (frame == null) {
            statistics.count(Counter.QUEUE_FULL);
        }
        return frame;
    }

    /** Hands over the frame from the last {@link #claim}, now with {@code length} bytes. */
    final void publish(Frame frame, int length) {
        FrameQueue queue = inbound;
        if (queue != null) {
            frame.setLength(length);
            statistics.received(length);
            queue.publish();
        }
    }

    /** Fills a short Ethernet frame with zeros; its length then. */
    static int pad(byte[] frame, int length) {
        if (length >= SHORTEST_ETHERNET) {
            return length;
        }
        Arrays.fill(frame, length, SHORTEST_ETHERNET, (byte) 0);
        return SHORTEST_ETHERNET;
    }

    /** Delivers the remaining bytes of {@code buffer}. */
    final void deliver(ByteBuffer buffer) {
        int length = buffer.remaining();
        Frame frame = claim(length);
        if (frame != null) {
            buffer.get(frame.data(), 0, length);
            publish(frame, length);
        }
    }

    final void count(Counter counter) {
        statistics.count(counter);
    }

    final void count(Counter counter, long amount) {
        statistics.add(counter, amount);
    }

    final void sent(int length) {
        statistics.sent(length);
    }

    /** Tells the user, once per port and counter, what its increment means and what to do. */
    final void hint(Counter counter, String text) {
        int bit = 1 << counter.ordinal();
        if ((hinted.getAndUpdate(bits -> bits | bit) & bit) == 0) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", name, text);
        }
    }
}
