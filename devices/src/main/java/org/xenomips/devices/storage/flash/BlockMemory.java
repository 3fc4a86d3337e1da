package org.xenomips.devices.storage.flash;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xenomips.devices.storage.ImageKeeper;

/**
 * The bytes of a large chip in blocks. A block of equal bytes, erased or never used, takes no memory.
 *
 * <p>Thread: as its owner says; nothing is locked here.
 */
final class BlockMemory implements ImageKeeper.Content {
    /** Bytes per block; a memory is a whole number of blocks long. */
    static final int BLOCK_BYTES = 0x1_0000;

    private final int size;
    /** Null for a block of equal bytes, whose value is in {@link #uniform}. */
    private final byte[] @Nullable [] blocks;
    private final byte[] uniform;

    /** {@code size} zero bytes. */
    BlockMemory(int size) {
        if (size <= 0 || size % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("size " + size);
        }
        this.size = size;
        blocks = new byte[size / BLOCK_BYTES][];
        uniform = new byte[size / BLOCK_BYTES];
    }

    @Override
    public int size() {
        return size;
    }

    /** The byte at {@code at}. */
    byte get(int at) {
        byte[] block = blocks[at / BLOCK_BYTES];
        return block == null ? uniform[at / BLOCK_BYTES] : block[at % BLOCK_BYTES];
    }

    /** Sets the byte at {@code at}. */
    void set(int at, byte value) {
        byte[] block = blocks[at / BLOCK_BYTES];
        if (block == null) {
            if (uniform[at / BLOCK_BYTES] == value) {
                return;
            }
            block = new byte[BLOCK_BYTES];
            Arrays.fill(block, uniform[at / BLOCK_BYTES]);
            blocks[at / BLOCK_BYTES] = block;
        }
        block[at % BLOCK_BYTES] = value;
    }

    /** Sets the bytes {@code from}, {@code from + step}, ... before {@code to}. */
    void fill(int from, int to, int step, byte value) {
        for (int at = from; at < to; at += step) {
            set(at, value);
        }
        for (int index = from / BLOCK_BYTES; index * BLOCK_BYTES < to; index++) {
            byte[] block = blocks[index];
            if (block != null && isUniform(block, block[0])) {
                uniform[index] = block[0];
                blocks[index] = null;
            }
        }
    }

    /** Makes the block that begins at {@code at} a copy of {@code bytes}. */
    void setBlock(int at, byte[] bytes) {
        boolean isUniform = isUniform(bytes, bytes[0]);
        blocks[at / BLOCK_BYTES] = isUniform ? null : Arrays.copyOf(bytes, BLOCK_BYTES);
        uniform[at / BLOCK_BYTES] = bytes[0];
    }

    /** True when the block that begins at {@code at} consists of {@code bytes}. */
    boolean isBlock(int at, byte[] bytes) {
        byte[] block = blocks[at / BLOCK_BYTES];
        return block == null ? isUniform(bytes, uniform[at / BLOCK_BYTES]) : Arrays.equals(block, bytes);
    }

    @Override
    public byte[] copy(int from, int to) {
        byte[] copy = new byte[to - from];
        int end;
        for (int at = from; at < to; at = end) {
            end = Math.min((at / BLOCK_BYTES + 1) * BLOCK_BYTES, to);
            byte[] block = blocks[at / BLOCK_BYTES];
            if (block == null) {
                Arrays.fill(copy, at - from, end - from, uniform[at / BLOCK_BYTES]);
            } else {
                System.arraycopy(block, at % BLOCK_BYTES, copy, at - from, end - at);
            }
        }
        return copy;
    }

    private static boolean isUniform(byte[] bytes, byte value) {
        return bytes[0] == value && Arrays.equals(bytes, 0, bytes.length - 1, bytes, 1, bytes.length);
    }
}
