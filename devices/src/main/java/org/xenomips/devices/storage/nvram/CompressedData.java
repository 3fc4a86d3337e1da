package org.xenomips.devices.storage.nvram;

import java.util.Arrays;
import org.xenomips.machine.ConfigurationException;

/**
 * Decoder of the {@code .Z} format: LZW with codes of 9 to 16 bits, least significant bit first, in groups of eight
 * codes.
 *
 * <p>Any input ends in a result or a {@link ConfigurationException}; the work is bounded by the wanted length, memory
 * by twice that.
 *
 * @see "T. A. Welch, A Technique for High-Performance Data Compression; IEEE Std 1003.1-2024, compress"
 */
final class CompressedData {
    private static final int HEADER_BYTES = 3;
    private static final int MAGIC = 0x1f9d;
    private static final int CLEAR = 256;
    private static final int FIRST_WIDTH = 9;
    private static final int LAST_WIDTH = 16;
    private static final int NONE = -1;

    private final byte[] in;
    private final int lastWidth;
    private final boolean blockMode;
    private final int[] prefix;
    private final byte[] suffix;
    private byte[] out;
    private int length;
    /** Bit numbers within {@code in}: the next code, and the first of the current group. */
    private long at = 8L * HEADER_BYTES;
    private long group = at;
    private int width = FIRST_WIDTH;
    private int free;

    private CompressedData(byte[] in, int wanted) throws ConfigurationException {
        this.in = in;
        if (in.length < HEADER_BYTES || ((in[0] & 0xff) << 8 | in[1] & 0xff) != MAGIC) {
            throw damaged("it does not begin with 1F 9D");
        }
        lastWidth = in[2] & 0x1f;
        blockMode = (in[2] & 0x80) != 0;
        if (lastWidth < FIRST_WIDTH || lastWidth > LAST_WIDTH) {
            throw damaged("codes of " + lastWidth + " bits do not exist");
        }
        prefix = new int[1 << lastWidth];
        suffix = new byte[1 << lastWidth];
        out = new byte[Math.min(wanted, 1 << 12)];
        free = firstFree();
    }

    /** Decodes {@code in} to exactly {@code wanted} bytes; what follows them is not looked at. */
    static byte[] decode(byte[] in, int wanted) throws ConfigurationException {
        CompressedData data = new CompressedData(in, wanted);
        data.run(wanted);
        return Arrays.copyOf(data.out, wanted);
    }

    private void run(int wanted) throws ConfigurationException {
        int previous = NONE;
        while (length < wanted) {
            int code = next();
            if (code == NONE) {
                throw damaged("it ends after %d of %d bytes".formatted(length, wanted));
            }
            if (code == CLEAR && blockMode) {
                skipGroup();
                width = FIRST_WIDTH;
                free = firstFree();
                previous = NONE;
                continue;
            }
            if (code > (previous == NONE ? CLEAR - 1 : free)) {
                throw damaged("code %d is not defined yet".formatted(code));
            }
            // The entry being defined ends with its own first byte.
            boolean undefined = previous != NONE && code == free;
            int first = emit(undefined ? previous : code);
            if (undefined) {
                append(first);
            }
            if (previous != NONE && free < prefix.length) {
                prefix[free] = previous;
                suffix[free] = (byte) first;
                free++;
            }
            previous = code;
        }
    }

    private int firstFree() {
        return blockMode ? CLEAR + 1 : CLEAR;
    }

    /** The next code, or {@link #NONE} at the end. */
    private int next() {
        if (free >= 1 << width && width < lastWidth) {
            skipGroup();
            width++;
        }
        if (at + width > 8L * in.length) {
            return NONE;
        }
        int code = 0;
        for (int i = 0; i < width; i++) {
            long bit = at + i;
            code |= (in[(int) (bit >>> 3)] >>> (bit & 7) & 1) << i;
        }
        at += width;
        return code;
    }

    /**
     * Codes are written in groups of eight, {@code width} bytes; when the width changes the rest of a group is void.
     */
    private void skipGroup() {
        long groupBits = 8L * width;
        at = group + Math.ceilDiv(at - group, groupBits) * groupBits;
        group = at;
    }

    /** Appends the string of {@code code} and returns its first byte. */
    private int emit(int code) {
        int size = 1;
        for (int c = code; c >= CLEAR; c = prefix[c]) {
            size++;
        }
        ensure(size);
        int to = length + size;
        length = to;
        int c = code;
        for (; c >= CLEAR; c = prefix[c]) {
            out[--to] = suffix[c];
        }
        out[--to] = (byte) c;
        return c;
    }

    private void append(int value) {
        ensure(1);
        out[length++] = (byte) value;
    }

    private void ensure(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
        }
    }

    private static ConfigurationException damaged(String how) {
        return new ConfigurationException("the compressed configuration is damaged: " + how);
    }
}
