package org.xenomips.jit.lockstep;

import java.util.Arrays;
import org.xenomips.memory.HostMemory;

/** What translated code has stored in one segment, in order, and what was there before. Machine thread. */
final class StoreLog {
    private long[] hosts = new long[256];
    private long[] before = new long[256];
    private long[] after = new long[256];
    private byte[] sizes = new byte[256];
    private int count;

    /** Nothing was stored. */
    void clear() {
        count = 0;
    }

    /** {@code size} bytes (1, 2, 4, 8) at the host address {@code host} are about to be overwritten. */
    void add(long host, int size) {
        complete();
        if (count == hosts.length) {
            int length = 2 * count;
            hosts = Arrays.copyOf(hosts, length);
            before = Arrays.copyOf(before, length);
            after = Arrays.copyOf(after, length);
            sizes = Arrays.copyOf(sizes, length);
        }
        hosts[count] = host;
        sizes[count] = (byte) size;
        before[count] = read(host, size);
        count++;
    }

    /** Notes what the last store has left; nothing else was stored since. */
    void complete() {
        if (count != 0) {
            after[count - 1] = read(hosts[count - 1], sizes[count - 1]);
        }
    }

    /** Memory becomes what it was before the first store. */
    void undo() {
        for (int i = count - 1; i >= 0; i--) {
            write(hosts[i], sizes[i], before[i]);
        }
    }

    int count() {
        return count;
    }

    long host(int index) {
        return hosts[index];
    }

    int size(int index) {
        return sizes[index];
    }

    /** What store {@code index} has left, zero-extended. */
    long value(int index) {
        return after[index];
    }

    /** The {@code size} bytes at {@code host}, zero-extended. */
    static long read(long host, int size) {
        return switch (size) {
            case 1 -> HostMemory.getByte(host) & 0xffL;
            case 2 -> HostMemory.getShort(host) & 0xffffL;
            case 4 -> HostMemory.getInt(host) & 0xffff_ffffL;
            default -> HostMemory.getLong(host);
        };
    }

    private static void write(long host, int size, long value) {
        switch (size) {
            case 1 -> HostMemory.putByte(host, (byte) value);
            case 2 -> HostMemory.putShort(host, (short) value);
            case 4 -> HostMemory.putInt(host, (int) value);
            default -> HostMemory.putLong(host, value);
        }
    }
}
