package org.xenomips.net;

import org.xenomips.device.EventSource;

/**
 * Joins a controller and a host port: carries frames from the port's queue to the controller on the machine thread.
 *
 * <p>Thread: machine thread, except {@link #close}.
 */
public final class NetworkLink implements EventSource, AutoCloseable {
    /** Frames waiting between the port's thread and the machine; about 3 ms of 100 Mbit/s with full-size frames. */
    private static final int QUEUE_FRAMES = 256;
    /** Frames delivered in one go, so that one busy port cannot starve the others. */
    private static final int BURST = 64;

    private final FramePort port;
    private final FrameReceiver receiver;
    private final FrameQueue queue;
    private boolean lastLink;

    /** {@code attention} is run (any thread) when {@link #poll} should be called. */
    public NetworkLink(FramePort port, FrameReceiver receiver, Runnable attention) {
        this.port = port;
        this.receiver = receiver;
        this.queue = new FrameQueue(QUEUE_FRAMES, attention);
        port.start(queue, attention);
        lastLink = port.linkUp();
        receiver.linkChanged(lastLink);
    }

    public FramePort port() {
        return port;
    }

    @Override
    public boolean poll() {
        boolean link = port.linkUp();
        if (link != lastLink) {
            lastLink = link;
            receiver.linkChanged(link);
        }
        for (int i = 0; i < BURST; i++) {
            Frame frame = queue.peek();
            if (frame == null) {
                return false;
            }
            receiver.receive(frame.data(), frame.length());
            queue.release();
        }
        return queue.size() > 0;
    }

    /** Sends a frame of the controller. */
    public void transmit(byte[] frame, int offset, int length) {
        port.transmit(frame, offset, length);
    }

    @Override
    public void close() {
        port.close();
    }
}
