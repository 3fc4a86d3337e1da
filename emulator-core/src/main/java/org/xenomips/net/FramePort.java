package org.xenomips.net;

/**
 * The host end of a link: what a controller's port is plugged into.
 *
 * <p>Threads: {@link #transmit} on the machine thread; received frames are put into the queue given to {@link #start} by the
 * port's own thread; {@link #linkUp} and {@link #statistics} on any thread.
 */
public interface FramePort extends AutoCloseable {
    /** Name for messages, such as {@code udp:10000:127.0.0.1:10001}. */
    String name();

    /**
     * Begins to receive.
     *
     * @param inbound where received frames go; a full queue means the frame is dropped and counted
     * @param linkChanged run (any thread) after {@link #linkUp} has changed
     */
    void start(FrameQueue inbound, Runnable linkChanged);

    /**
     * Sends {@code length} bytes of {@code frame} from {@code offset} on; never blocks, keeps nothing. A frame that cannot be
     * sent is dropped and counted.
     */
    void transmit(byte[] frame, int offset, int length);

    /** True while the host side could carry frames. */
    boolean linkUp();

    PortStatistics statistics();

    /** Stops receiving and frees everything; idempotent; returns when the port's thread has ended. */
    @Override
    void close();
}
