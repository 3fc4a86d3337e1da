package org.xenomips.devices.storage.nvram;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Writes {@code .Z} streams, so that tests need no stored samples. */
final class LzwEncoder {
    private final int lastWidth;
    private final boolean blockMode;
    private byte[] out;
    private long at = 24;
    private long group = 24;
    private int width = 9;
    private int free;
    private final Map<Integer, Integer> codes = new HashMap<>();

    private LzwEncoder(int lastWidth, boolean blockMode, int inputLength) {
        this.lastWidth = lastWidth;
        this.blockMode = blockMode;
        this.out = new byte[24 * inputLength + 1_000];
        this.free = blockMode ? 257 : 256;
        out[0] = 0x1f;
        out[1] = (byte) 0x9d;
        out[2] = (byte) (lastWidth | (blockMode ? 0x80 : 0));
    }

    /** Compresses {@code in}; a positive {@code clearEvery} puts a clear code after so many codes (block mode only). */
    static byte[] encode(byte[] in, int lastWidth, boolean blockMode, int clearEvery) {
        LzwEncoder encoder = new LzwEncoder(lastWidth, blockMode, in.length);
        encoder.run(in, clearEvery);
        return Arrays.copyOf(encoder.out, (int) ((encoder.at + 7) / 8));
    }

    private void run(byte[] in, int clearEvery) {
        int current = -1;
        int written = 0;
        for (byte b : in) {
            int next = b & 0xff;
            Integer longer = current < 0 ? Integer.valueOf(next) : codes.get(current << 8 | next);
            if (longer != null) {
                current = longer;
                continue;
            }
            put(current);
            written++;
            if (blockMode && clearEvery > 0 && written % clearEvery == 0) {
                clear();
            } else if (free < 1 << lastWidth) {
                codes.put(current << 8 | next, free++);
            }
            current = next;
        }
        if (current >= 0) {
            put(current);
        }
    }

    private void clear() {
        put(256);
        skipGroup();
        width = 9;
        free = 257;
        codes.clear();
    }

    private void put(int code) {
        // The decoder defines an entry one code later than the encoder.
        if (free - 1 >= 1 << width && width < lastWidth) {
            skipGroup();
            width++;
        }
        for (int i = 0; i < width; i++) {
            if ((code >> i & 1) != 0) {
                out[(int) (at + i >> 3)] |= (byte) (1 << (at + i & 7));
            }
        }
        at += width;
    }

    private void skipGroup() {
        long bits = 8L * width;
        at = group + Math.ceilDiv(at - group, bits) * bits;
        group = at;
    }
}
