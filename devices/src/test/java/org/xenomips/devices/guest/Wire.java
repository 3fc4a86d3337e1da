package org.xenomips.devices.guest;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xenomips.net.Frame;
import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;
import org.xenomips.net.PortStatistics;

/** The test's end of a link: sends frames to the guest and keeps what the guest sends. */
final class Wire implements FramePort {
    private final BlockingQueue<byte[]> sentByGuest = new LinkedBlockingQueue<>();
    private final PortStatistics statistics = new PortStatistics();
    private @Nullable FrameQueue inbound;

    @Override
    public String name() {
        return "wire";
    }

    @Override
    public void start(FrameQueue queue, Runnable linkChanged) {
        inbound = queue;
    }

    @Override
    public void transmit(byte[] frame, int offset, int length) {
        sentByGuest.add(Arrays.copyOfRange(frame, offset, offset + length));
    }

    /** Sends a frame to the guest; false if the queue in front of the controller is full. */
    boolean send(byte[] bytes) {
        FrameQueue queue = inbound;
        if (queue == null) {
            throw new IllegalStateException("the wire is not plugged in");
        }
        Frame frame = queue.claim();
        if (frame == null) {
            return false;
        }
        System.arraycopy(bytes, 0, frame.data(), 0, bytes.length);
        frame.setLength(bytes.length);
        queue.publish();
        return true;
    }

    /** The next frame of the guest with this Ethernet type; others before it are dropped. */
    byte[] receive(int type) throws InterruptedException {
        for (;;) {
            byte[] frame = sentByGuest.poll(60, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("the guest sent no frame of type 0x%04x".formatted(type));
            }
            if (((frame[12] & 0xff) << 8 | frame[13] & 0xff) == type) {
                return frame;
            }
        }
    }

    @Override
    public boolean linkUp() {
        return true;
    }

    @Override
    public PortStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() {}
}
