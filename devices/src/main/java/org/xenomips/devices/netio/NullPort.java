package org.xenomips.devices.netio;

import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;
import org.xenomips.net.PortStatistics;

/** A port that swallows what is sent and never receives; its link is up. Thread: any. */
final class NullPort implements FramePort {
    private final PortStatistics statistics = new PortStatistics();

    @Override
    public String name() {
        return "null";
    }

    @Override
    public void start(FrameQueue inbound, Runnable linkChanged) {
        // Nothing ever comes from here.
    }

    @Override
    public void transmit(byte[] frame, int offset, int length) {
        statistics.sent(length);
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
    public void close() {
        // Nothing is held.
    }
}
