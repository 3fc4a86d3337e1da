package org.xenomips.devices.netio;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.xenomips.net.Frame;
import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;
import org.xenomips.net.PortStatistics;
import org.xenomips.net.PortStatistics.Counter;

/**
 * A port that also writes what passes, in both directions, to a capture file. Statistics are those of the port inside.
 *
 * <p>Threads: as {@link FramePort}. Received frames take one more hop on the port's thread, through a queue that is emptied at
 * once.
 */
public final class CapturePort implements FramePort {
    private static final int HOP_FRAMES = 2;

    private final FramePort port;
    private final PcapWriter writer;
    private @Nullable FrameQueue hop;
    private @Nullable FrameQueue inbound;

    private CapturePort(FramePort port, PcapWriter writer) {
        this.port = port;
        this.writer = writer;
    }

    /** {@code port}, with its Ethernet frames recorded in {@code file}; an existing file is replaced. */
    public static FramePort wrap(FramePort port, Path file) throws IOException {
        return wrap(port, file, PcapWriter.EN10MB);
    }

    /** {@code port}, with its frames recorded in {@code file} as link type {@code linkType}. */
    public static FramePort wrap(FramePort port, Path file, int linkType) throws IOException {
        return new CapturePort(port, new PcapWriter(file, linkType));
    }

    @Override
    public String name() {
        return port.name();
    }

    @Override
    public void start(FrameQueue queue, Runnable linkChanged) {
        inbound = queue;
        hop = new FrameQueue(HOP_FRAMES, this::forward);
        port.start(hop, linkChanged);
    }

    private void forward() {
        FrameQueue from = hop;
        FrameQueue to = inbound;
        if (from == null || to == null) {
            return;
        }
        for (Frame frame = from.peek(); frame != null; frame = from.peek()) {
            record(frame.data(), 0, frame.length());
            Frame copy = to.claim();
            if (copy == null) {
                port.statistics().count(Counter.QUEUE_FULL);
            } else {
                System.arraycopy(frame.data(), 0, copy.data(), 0, frame.length());
                copy.setLength(frame.length());
                to.publish();
            }
            from.release();
        }
    }

    private void record(byte[] frame, int offset, int length) {
        if (!writer.write(frame, offset, length)) {
            port.statistics().count(Counter.CAPTURE_DROPPED);
        }
    }

    @Override
    public void transmit(byte[] frame, int offset, int length) {
        record(frame, offset, length);
        port.transmit(frame, offset, length);
    }

    @Override
    public boolean linkUp() {
        return port.linkUp();
    }

    @Override
    public PortStatistics statistics() {
        return port.statistics();
    }

    @Override
    public void close() {
        port.close();
        writer.close();
    }
}
