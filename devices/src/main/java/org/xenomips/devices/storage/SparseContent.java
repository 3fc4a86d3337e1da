package org.xenomips.devices.storage;

import java.util.Arrays;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;

/** Large, mostly empty contents in a snapshot: chunks in which all bytes are equal take one byte. */
public final class SparseContent {
    /** Bytes per chunk; contents are a whole number of chunks long. */
    public static final int CHUNK_BYTES = 1 << 16;

    private SparseContent() {}

    /** Delivers content to be saved. */
    public interface Source {
        /** Fills {@code into} with the bytes at {@code at}. */
        void read(long at, byte[] into);
    }

    /** Takes restored content. */
    public interface Sink {
        /** Replaces the bytes at {@code at}; {@code bytes} is reused afterwards. */
        void write(long at, byte[] bytes);
    }

    /** Saves the {@code size} bytes of {@code source}, a whole number of chunks. */
    public static void save(SnapshotWriter out, long size, Source source) {
        byte[] chunk = new byte[CHUNK_BYTES];
        out.putLong("size", size);
        for (long at = 0; at < size; at += CHUNK_BYTES) {
            source.read(at, chunk);
            byte first = chunk[0];
            boolean uniform = true;
            for (int i = 1; i < CHUNK_BYTES && uniform; i++) {
                uniform = chunk[i] == first;
            }
            if (!uniform) {
                out.putBytes(name(at), chunk.clone());
            } else if (first != 0) {
                out.putBytes(name(at), new byte[]{ first });
            }
        }
    }

    /**
     * Restores what {@link #save} saved, all of it.
     *
     * @throws SnapshotException if it was saved with another size, or is damaged
     */
    public static void restore(SnapshotReader in, long size, Sink sink) throws SnapshotException {
        if (in.getLong("size") != size) {
            throw new SnapshotException(
                    "the saved machine has %d bytes of storage where this one has %d".formatted(in.getLong("size"),
                            size));
        }
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long at = 0; at < size; at += CHUNK_BYTES) {
            byte[] saved = in.getBytesIfPresent(name(at));
            if (saved == null) {
                Arrays.fill(chunk, (byte) 0);
            } else if (saved.length == 1) {
                Arrays.fill(chunk, saved[0]);
            } else if (saved.length == CHUNK_BYTES) {
                System.arraycopy(saved, 0, chunk, 0, CHUNK_BYTES);
            } else {
                throw new SnapshotException("storage chunk of " + saved.length + " bytes");
            }
            sink.write(at, chunk);
        }
    }

    private static String name(long at) {
        return "0x" + Long.toHexString(at);
    }
}
