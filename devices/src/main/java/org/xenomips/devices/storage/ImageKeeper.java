package org.xenomips.devices.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Contents of a memory chip with a file that follows it transaction by transaction; see the package description for
 * when a transaction ends.
 *
 * <p>Threads: the machine thread reads and changes the bytes. A writer thread, started by the first store, copies
 * changed blocks and saves the copies. Every change and every copy is made inside the monitor of {@code this}, so a
 * copy never falls into the middle of a store; the machine thread may wait for a copy (microseconds for NVRAM, a few
 * milliseconds for a whole flash), never for the host's disk. The order of locks is {@code saving}, then the monitor.
 */
public final class ImageKeeper implements AutoCloseable {
    /** What can be said about a content by looking at it. */
    public enum Completeness {
        /** It is one that its owner meant to leave there. */
        COMPLETE,
        /** Nothing can be said. */
        UNKNOWN,
        /** Its owner is in the middle of rewriting it. */
        INCOMPLETE
    }

    /** Judges a content; must not change it. */
    public interface Judge {
        Completeness judge(byte[] content);
    }

    /** The live bytes, read in the monitor of the keeper. */
    public interface Content {
        /** Bytes in all. */
        int size();

        /** A copy of the bytes from {@code from} to before {@code to}. */
        byte[] copy(int from, int to);
    }

    private static final System.Logger LOG = System.getLogger("org.xenomips.storage");
    /** Time between two looks of the writer while something is unsaved, in host nanoseconds. */
    private static final long LOOK_NS = 4_000_000;
    /** Looks without a store that end a burst: 4 ms. */
    private static final int QUIET = 1;
    /**
     * The same while nothing is known about the content: 20 ms, as the host may have stopped the machine thread for a
     * while.
     */
    private static final int QUIET_UNKNOWN = 5;
    /** The same while the content is incomplete: 500 ms. */
    private static final int QUIET_INCOMPLETE = 125;
    /** Looks after which the content is saved although stores go on: 250 ms. */
    private static final int LONGEST = 62;
    /** The same while the content is incomplete: 2 s. */
    private static final int LONGEST_INCOMPLETE = 500;
    /** Looks between attempts after a failure: 1 s. */
    private static final int RETRY = 250;

    private final String name;
    private final Content content;
    private final int blockBytes;
    private final ImageFile file;
    private final Supplier<Completeness> judge;
    /** Held while the file is written. */
    private final ReentrantLock saving = new ReentrantLock();

    // Guarded by the monitor of this.
    private final BitSet dirty = new BitSet();
    private List<ImageBlock> captured = List.of();
    private long stores;
    private boolean writerIdle = true;
    private @Nullable Thread writer;
    private boolean closed;

    /**
     * The writer wants a copy at the end of the current transaction. Set and cleared in the monitor, looked at outside.
     */
    private volatile boolean captureWanted;
    /** When the file was last saved, of {@link System#nanoTime}; for the rate of saving only. */
    private volatile long lastSave = System.nanoTime() - LONGEST * LOOK_NS;

    // Writer thread only.
    private long storesSeen;
    private int quietLooks;
    private int unsavedLooks;
    private int pauseLooks;

    /** Guarded by {@code saving}. */
    private boolean failing;

    /**
     * A keeper of {@code content}, which says itself when it is complete.
     *
     * @param name of the file, for messages
     * @param content initial bytes, equal to the file's; kept, and changed only inside {@link #store}
     * @param blockBytes unit of copying and saving
     */
    public ImageKeeper(String name, byte[] content, int blockBytes, ImageFile file, Judge judge) {
        this(name, new Bytes(content), blockBytes, file, () -> judge.judge(content));
    }

    /** The same for a chip of which every content is complete. */
    public ImageKeeper(String name, Content content, int blockBytes, ImageFile file) {
        this(name, content, blockBytes, file, () -> Completeness.COMPLETE);
    }

    private ImageKeeper(String name, Content content, int blockBytes, ImageFile file, Supplier<Completeness> judge) {
        this.name = name;
        this.content = content;
        this.blockBytes = blockBytes;
        this.file = file;
        this.judge = judge;
    }

    private record Bytes(byte[] bytes) implements Content {
        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public byte[] copy(int from, int to) {
            return java.util.Arrays.copyOfRange(bytes, from, to);
        }
    }

    /**
     * Runs {@code change}, which changes bytes and reports each of them by {@link #changed}, as one indivisible store.
     */
    public void store(Runnable change) {
        @Nullable
        Thread toWake = null;
        synchronized (this) {
            change.run();
            if (dirty.isEmpty() || closed) {
                return;
            }
            if (writerIdle) {
                writerIdle = false;
                toWake = writer == null ? startWriter() : writer;
            }
        }
        LockSupport.unpark(toWake);
    }

    /** The {@code length} bytes at {@code offset} were changed; only inside {@link #store}. */
    public void changed(int offset, int length) {
        if (length > 0) {
            stores++;
            dirty.set(offset / blockBytes, (offset + length - 1) / blockBytes + 1);
        }
    }

    /**
     * The guest may just have ended a transaction. If so, the content is saved without waiting for a pause: what the guest
     * reports as written should be in the file when the user reads it. Only the first time in a while; a guest that ends one
     * transaction after the other does not keep the host's disk busy.
     */
    public void maybeComplete() {
        if (!captureWanted && System.nanoTime() - lastSave < LONGEST * LOOK_NS) {
            return;
        }
        @Nullable
        Thread toWake;
        synchronized (this) {
            if (dirty.isEmpty() || !captured.isEmpty() || judge.get() != Completeness.COMPLETE) {
                return;
            }
            captured = takeDirty();
            captureWanted = false;
            toWake = writer;
        }
        LockSupport.unpark(toWake);
    }

    /** Saves everything now; on return the file has it, or the user has been warned. */
    public void flush() {
        saving.lock();
        try {
            List<ImageBlock> blocks;
            synchronized (this) {
                giveBack(captured);
                captured = List.of();
                blocks = takeDirty();
            }
            save(blocks);
        } finally {
            saving.unlock();
        }
    }

    /** Saves everything and ends the writer; idempotent. */
    @Override
    public void close() {
        @Nullable
        Thread toEnd;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            toEnd = writer;
        }
        LockSupport.unpark(toEnd);
        flush();
        saving.lock();
        try {
            if (failing) {
                LOG.log(Level.ERROR, "{0}: closed without the latest contents, which are lost", name);
            }
            file.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0}: {1}", name, StorageFiles.reason(e));
        } finally {
            saving.unlock();
        }
    }

    private Thread startWriter() {
        Thread started = Thread.ofPlatform().daemon().name("save-" + name).unstarted(this::run);
        writer = started;
        started.start();
        return started;
    }

    private void run() {
        boolean idle = false;
        while (!isClosed()) {
            if (idle) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, LOOK_NS);
            }
            idle = look();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Saves what is due; true when nothing is unsaved. */
    private boolean look() {
        saving.lock();
        try {
            List<ImageBlock> blocks;
            synchronized (this) {
                if (dirty.isEmpty() && captured.isEmpty()) {
                    writerIdle = true;
                    unsavedLooks = 0;
                    return true;
                }
                quietLooks = stores == storesSeen ? quietLooks + 1 : 0;
                storesSeen = stores;
                unsavedLooks++;
                if (closed || !isDue()) {
                    return false;
                }
                // Without leaving the monitor: the copy must be of the content that was judged.
                blocks = takeDue();
            }
            if (!save(blocks)) {
                pauseLooks = RETRY;
            }
        } finally {
            saving.unlock();
        }
        unsavedLooks = 0;
        return false;
    }

    /** Inside the monitor: true when the blocks should be saved at this look. */
    private boolean isDue() {
        if (pauseLooks > 0) {
            pauseLooks--;
            return false;
        }
        if (!captured.isEmpty() || quietLooks >= QUIET_INCOMPLETE || unsavedLooks >= LONGEST_INCOMPLETE) {
            return true;
        }
        boolean overdue = unsavedLooks >= LONGEST;
        if (quietLooks != QUIET && quietLooks != QUIET_UNKNOWN && !overdue) {
            return false;
        }
        return switch (judge.get()) {
            case COMPLETE -> true;
            case UNKNOWN -> overdue || quietLooks >= QUIET_UNKNOWN;
            case INCOMPLETE -> {
                captureWanted = overdue;
                yield false;
            }
        };
    }

    private List<ImageBlock> takeDue() {
        List<ImageBlock> due = captured.isEmpty() ? takeDirty() : captured;
        captured = List.of();
        captureWanted = false;
        return due;
    }

    private boolean save(List<ImageBlock> blocks) {
        if (blocks.isEmpty()) {
            return true;
        }
        lastSave = System.nanoTime();
        try {
            file.save(blocks);
        } catch (IOException e) {
            synchronized (this) {
                giveBack(blocks);
            }
            if (!failing) {
                failing = true;
                LOG.log(Level.WARNING, "{0}: cannot save ({1}); the machine goes on, saving is tried again", name,
                        StorageFiles.reason(e));
            }
            return false;
        }
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "{0}: saved again", name);
        }
        return true;
    }

    private List<ImageBlock> takeDirty() {
        List<ImageBlock> blocks = new ArrayList<>();
        for (int i = dirty.nextSetBit(0); i >= 0; i = dirty.nextSetBit(i + 1)) {
            int from = i * blockBytes;
            int to = Math.min(from + blockBytes, content.size());
            blocks.add(new ImageBlock(from, content.copy(from, to)));
        }
        dirty.clear();
        return blocks;
    }

    private void giveBack(List<ImageBlock> blocks) {
        for (ImageBlock block : blocks) {
            changed(block.offset(), block.bytes().length);
        }
    }
}
