package org.xenomips.devices.nic.dec21140;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xenomips.net.Frame;
import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;
import org.xenomips.net.PortStatistics;

/** A host port that keeps what is sent and delivers what a test gives it. */
final class RecordingPort implements FramePort {
    final List<byte[]> sent = new ArrayList<>();
    private final PortStatistics statistics = new PortStatistics();
    private FrameQueue inbound = new FrameQueue(1, () -> {});
    private boolean up = true;

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public void start(FrameQueue queue, Runnable linkChanged) {
        inbound = queue;
    }

    void deliver(byte[] frame) {
        Frame slot = inbound.claim();
        if (slot == null) {
            throw new AssertionError("queue full");
        }
        System.arraycopy(frame, 0, slot.data(), 0, frame.length);
        slot.setLength(frame.length);
        inbound.publish();
    }

    void setLink(boolean linkUp) {
        up = linkUp;
    }

    @Override
    public void transmit(byte[] frame, int offset, int length) {
        sent.add(Arrays.copyOfRange(frame, offset, offset + length));
    }

    @Override
    public boolean linkUp() {
        return up;
    }

    @Override
    public PortStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() {}
}
