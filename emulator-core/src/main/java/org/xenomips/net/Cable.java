package org.xenomips.net;

import org.jspecify.annotations.Nullable;
import org.xenomips.net.PortStatistics.Counter;

/**
 * A cable between two routers of this process: what goes in at one end is at once in the queue of the other. The link is up while
 * both ends are plugged in.
 *
 * <p>Threads: each end belongs to the machine it is plugged into; a frame is put into the other machine's queue by the sender's
 * machine thread, which is thereby that queue's one producer.
 */
public final class Cable {
    private final End first;
    private final End second;

    /** A cable whose ends are called {@code firstName} and {@code secondName} in messages: after what is at the other end. */
    public Cable(String firstName, String secondName) {
        first = new End(firstName);
        second = new End(secondName);
        first.other = second;
        second.other = first;
    }

    /** One end. */
    public FramePort first() {
        return first;
    }

    /** The other end. */
    public FramePort second() {
        return second;
    }

    private static final class End implements FramePort {
        private final String name;
        private final PortStatistics statistics = new PortStatistics();
        private volatile @Nullable FrameQueue inbound;
        private volatile Runnable linkChanged = () -> {};
        private @Nullable End other;

        End(String name) {
            this.name = name;
        }

        private End other() {
            End end = other;
            if (end == null) {
                throw new IllegalStateException("a cable has two ends");
            }
            return end;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start(FrameQueue queue, Runnable onLinkChange) {
            linkChanged = onLinkChange;
            inbound = queue;
            other().linkChanged.run();
        }

        @Override
        public void transmit(byte[] frame, int offset, int length) {
            End to = other();
            FrameQueue queue = inbound == null ? null : to.inbound;
            if (queue == null || length <= 0 || offset < 0 || offset > frame.length - length) {
                statistics.count(Counter.SEND_ERRORS);
                return;
            }
            statistics.sent(length);
            to.receive(queue, frame, offset, length);
        }

        private void receive(FrameQueue queue, byte[] frame, int offset, int length) {
            if (length > Frame.CAPACITY) {
                statistics.count(Counter.OVERSIZED);
                return;
            }
            Frame into = queue.claim();
            if (into == null) {
                statistics.count(Counter.QUEUE_FULL);
                return;
            }
            System.arraycopy(frame, offset, into.data(), 0, length);
            into.setLength(length);
            statistics.received(length);
            queue.publish();
        }

        @Override
        public boolean linkUp() {
            return inbound != null && other().inbound != null;
        }

        @Override
        public PortStatistics statistics() {
            return statistics;
        }

        @Override
        public void close() {
            inbound = null;
            other().linkChanged.run();
        }
    }
}
