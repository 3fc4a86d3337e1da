package org.xenomips.devices.netio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes frames to a capture file in the classic pcap format (big-endian, microseconds, at most 65535 bytes of a frame) that
 * Wireshark and tcpdump read. Every record is given to the kernel as soon as it is there, so that an end of the program, however
 * sudden, loses nothing that was written.
 *
 * <p>Threads: {@link #write} on any; it copies the frame into a bounded queue and never waits for the disk. A thread of its own
 * writes. What finds the queue full is counted and not in the file.
 */
public final class PcapWriter implements AutoCloseable {
    /** Link type of Ethernet. */
    public static final int EN10MB = 1;
    /** Link types by the names that the compatible program's capture filter uses. */
    private static final Map<String, Integer> LINK_TYPES = Map.of("EN10MB", EN10MB, "PPP_SERIAL", 50, "ATM_RFC1483",
            100, "RAW", 101, "C_HDLC", 104, "FRELAY", 107, "SUNATM", 123);

    private static final int MAGIC = 0xa1b2_c3d4;
    private static final int SNAP_LENGTH = 65_535;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int QUEUE_BYTES = 4 << 20;

    private final FileChannel file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Thread thread;
    private final LongAdder dropped = new LongAdder();
    private final long startMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    private final long startNanos = System.nanoTime();
    private ByteBuffer filling = ByteBuffer.allocateDirect(QUEUE_BYTES);
    private boolean closed;

    /**
     * Creates {@code path}; an existing file is replaced.
     *
     * @param linkType what the frames are, as in the file header; see {@link #linkType}
     */
    public PcapWriter(Path path, int linkType) throws IOException {
        file = create(path, linkType);
        thread = Thread.ofPlatform().daemon().name("pcap-" + path.getFileName()).start(this::drain);
    }

    private static FileChannel create(Path path, int linkType) throws IOException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
            header.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(SNAP_LENGTH);
            writeFully(channel, header.putInt(linkType).flip());
            return channel;
        } catch (NoSuchFileException e) {
            throw new IOException("capture file " + path + ": the directory does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("capture file " + path + ": not writable for this user", e);
        } catch (IOException e) {
            HostPort.closeQuietly(channel);
            throw new IOException("capture file " + path + ": " + e.getMessage(), e);
        }
    }

    /** The number for a link type's name in any case, or the one of Ethernet for an unknown name. */
    public static int linkType(String name) {
        return LINK_TYPES.getOrDefault(name.toUpperCase(Locale.ROOT), EN10MB);
    }

    /** Records one frame with the current time; returns false, and counts, if it had to be left out. */
    public boolean write(byte[] frame, int offset, int length) {
        int captured = Math.min(length, SNAP_LENGTH);
        lock.lock();
        try {
            if (closed || filling.remaining() < RECORD_HEADER + captured) {
                dropped.increment();
                return false;
            }
            long micros = startMicros + (System.nanoTime() - startNanos) / 1000;
            filling.putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000));
            filling.putInt(captured).putInt(length).put(frame, offset, captured);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Frames that are not in the file because the disk was too slow or failed. */
    public long dropped() {
        return dropped.sum();
    }

    private void drain() {
        ByteBuffer empty = ByteBuffer.allocateDirect(QUEUE_BYTES);
        try {
            while (true) {
                ByteBuffer full;
                lock.lock();
                try {
                    while (filling.position() == 0 && !closed) {
                        filled.awaitUninterruptibly();
                    }
                    if (filling.position() == 0) {
                        return;
                    }
                    full = filling;
                    filling = empty;
                } finally {
                    lock.unlock();
                }
                writeFully(file, full.flip());
                empty = full.clear();
            }
        } catch (IOException e) {
            HostPort.LOG.log(System.Logger.Level.WARNING, "the capture ends here: {0}", e.getMessage());
            lock.lock();
            try {
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** Writes what is queued and closes the file; idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
        HostPort.uninterruptibly(thread::join);
        HostPort.closeQuietly(file);
    }
}
