package org.xenomips.devices.netio.offload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The Internet checksum (RFC 1071) over parts of a frame. Stateless. */
public final class Checksums {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private Checksums() {}

    /** One's complement sum of {@code length} bytes, not folded; add sums of even-sized parts and {@link #fold} the total. */
    static long sum(byte[] data, int offset, int length) {
        long sum = 0;
        int at = offset;
        int end = offset + length;
        for (; at + Integer.BYTES <= end; at += Integer.BYTES) {
            sum += (int) INT.get(data, at) & 0xffff_ffffL;
        }
        if (at + Short.BYTES <= end) {
            sum += (short) SHORT.get(data, at) & 0xffffL;
            at += Short.BYTES;
        }
        if (at < end) {
            sum += (data[at] & 0xffL) << 8;
        }
        return sum;
    }

    /** The 16-bit checksum field for a total: folded and complemented. */
    static int fold(long sum) {
        long s = (sum >>> 32) + (sum & 0xffff_ffffL);
        while (s >>> 16 != 0) {
            s = (s >>> 16) + (s & 0xffff);
        }
        return (int) ~s & 0xffff;
    }

    static int getShort(byte[] data, int at) {
        return (short) SHORT.get(data, at) & 0xffff;
    }

    static void putShort(byte[] data, int at, int value) {
        SHORT.set(data, at, (short) value);
    }

    /** The 32 bits at {@code at}, in network order. */
    public static int getInt(byte[] data, int at) {
        return (int) INT.get(data, at);
    }

    /** Stores 32 bits at {@code at}, in network order. */
    public static void putInt(byte[] data, int at, int value) {
        INT.set(data, at, value);
    }

    /**
     * Does what a network card with transmit checksum offload does: sums from {@code start} to the end of the frame, with the
     * pseudo header's sum already in the field, and stores the complement at {@code start + offset}; 0 is stored as 0xffff.
     *
     * @return false, and nothing is changed, if the field does not lie in the frame
     */
    public static boolean finish(byte[] frame, int length, int start, int offset) {
        if (start < 0 || offset < 0 || start > length || offset > length - start - Short.BYTES) {
            return false;
        }
        putShort(frame, start + offset, nonZero(fold(sum(frame, start, length - start))));
        return true;
    }

    /** A checksum of 0 as it must be sent where 0 means "none". */
    static int nonZero(int checksum) {
        return checksum == 0 ? 0xffff : checksum;
    }
}
