package org.xenomips.bits;

/** Small pure functions on words; every one compiles to a few host instructions. */
public final class Bits {
    private Bits() {}

    /** The unsigned field of {@code word} that starts at bit {@code low} (0 = least significant) and is {@code width} wide. */
    public static int field(int word, int low, int width) {
        return width == 32 ? word : word >>> low & (1 << width) - 1;
    }

    /** True when bit {@code bit} (0..31) of {@code word} is set. */
    public static boolean isSet(int word, int bit) {
        return (word >>> bit & 1) != 0;
    }

    /** {@code word} with bit {@code bit} set or cleared. */
    public static int with(int word, int bit, boolean value) {
        return value ? word | 1 << bit : word & ~(1 << bit);
    }

    /** The low {@code width} bits (1..64) of {@code value}, sign-extended to 64 bits. */
    public static long signExtend(long value, int width) {
        int shift = 64 - width;
        return value << shift >> shift;
    }

    /** Mask of the low {@code 8 * sizeBytes} bits; {@code sizeBytes} is 1, 2, 4 or 8. */
    public static long sizeMask(int sizeBytes) {
        return -1L >>> 64 - 8 * sizeBytes;
    }

    /** Exchanges the bytes of the low {@code sizeBytes} bytes of {@code value}; the rest of the result is 0. */
    public static long swapBytes(long value, int sizeBytes) {
        return Long.reverseBytes(value) >>> 64 - 8 * sizeBytes;
    }
}
