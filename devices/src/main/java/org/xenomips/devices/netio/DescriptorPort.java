package org.xenomips.devices.netio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.Errno;
import org.xenomips.devices.linux.NativeException;
import org.xenomips.devices.linux.Poller;
import org.xenomips.net.Frame;
import org.xenomips.net.PortStatistics.Counter;

/**
 * A port over a Linux file descriptor: waits for frames, for changes of the link and for its end at once, then reads up to 64
 * frames without waiting.
 *
 * <p>Threads: as {@link HostPort}. The receive buffer belongs to the port's thread, the send buffer to the machine thread.
 */
abstract class DescriptorPort extends HostPort {
    private static final int DATA = 0;
    private static final int WATCH = 1;
    private static final int ERRORS_BEFORE_PAUSE = 8;
    private static final int PAUSE_MS = 200;

    /** Frees itself when the port is closed. */
    final Arena arena = Arena.ofShared();
    final Descriptor descriptor;
    final MemorySegment in;
    final MemorySegment out;
    private final Poller poller;
    private final int sendHeader;
    private int errors;

    /**
     * Takes over {@code descriptor}.
     *
     * @param watched readable when the link may have changed; null = nothing to watch
     * @param receiveBytes size of the receive buffer
     * @param sendHeaderBytes zeros before each frame in the send buffer
     */
    DescriptorPort(String name, Descriptor descriptor, @Nullable Descriptor watched, int receiveBytes,
            int sendHeaderBytes) throws NativeException {
        super(name);
        this.descriptor = descriptor;
        this.poller = new Poller(descriptor, watched);
        this.in = arena.allocate(receiveBytes, Long.BYTES);
        this.out = arena.allocate(sendHeaderBytes + (long) LONGEST_SENT, Long.BYTES);
        this.sendHeader = sendHeaderBytes;
    }

    /** Reads one frame into {@link #in}: its length or the negative error number. */
    abstract long read();

    /** Delivers the {@code length} bytes in {@link #in}. */
    abstract void take(int length);

    /** Takes the first {@code length} bytes of {@link #in} as an Ethernet frame: refuses what has no header, pads runts. */
    final void takeEthernet(int length) {
        if (length < ETHERNET_HEADER) {
            count(Counter.RECEIVE_ERRORS);
            return;
        }
        Frame frame = claim(length);
        if (frame != null) {
            MemorySegment.copy(in, ValueLayout.JAVA_BYTE, 0, frame.data(), 0, length);
            publish(frame, pad(frame.data(), length));
        }
    }

    /** Sends the first {@code length} bytes of {@link #out}: a byte count or the negative error number. */
    abstract long write(int length);

    /** Finds out whether the link is up. Called on the port's thread, first thing, after a change and after errors. */
    abstract void checkLink();

    /** Milliseconds until {@link #checkLink} is called without a cause; -1 = never. */
    int checkIntervalMs() {
        return -1;
    }

    /** What to tell the user about frames lost for {@code errno} on the way out; null = nothing. */
    @Nullable
    String sendHint(int errno) {
        return null;
    }

    /** Watches {@code watched} instead of the descriptor given at first. Thread: the port's. */
    final void watch(@Nullable Descriptor watched) {
        poller.replace(WATCH, watched);
    }

    @Override
    final void send(byte[] frame, int offset, int length) {
        MemorySegment.copy(frame, offset, out, ValueLayout.JAVA_BYTE, sendHeader, length);
        long result = write(sendHeader + length);
        if (result == sendHeader + length) {
            sent(length);
            return;
        }
        count(Counter.SEND_ERRORS);
        String hint = result < 0 ? sendHint((int) -result) : null;
        if (hint != null) {
            hint(Counter.SEND_ERRORS, hint);
        }
    }

    @Override
    final void receive() {
        checkLink();
        while (!closing()) {
            poller.await(checkIntervalMs());
            if (closing()) {
                return;
            }
            boolean data = poller.ready(DATA);
            if (poller.ready(WATCH) || !data) {
                checkLink();
            }
            if (data) {
                drain();
            }
            if (errors >= ERRORS_BEFORE_PAUSE) {
                checkLink();
                poller.pause(PAUSE_MS);
                errors = 0;
            }
        }
    }

    private void drain() {
        for (int i = 0; i < BURST; i++) {
            long length = read();
            if (length == -Errno.EAGAIN) {
                // Readiness without a frame is an error state that poll keeps reporting.
                errors += i == 0 ? 1 : 0;
                return;
            }
            if (length < 0) {
                errors++;
                failed((int) -length);
                return;
            }
            errors = 0;
            take((int) length);
        }
    }

    /** Reading failed with {@code errno}. */
    void failed(int errno) {
        if (errno != Errno.EINTR) {
            count(Counter.RECEIVE_ERRORS);
            checkLink();
        }
    }

    @Override
    final void wake() {
        poller.wake();
    }

    @Override
    void release() {
        descriptor.close();
        poller.close();
        arena.close();
    }
}
