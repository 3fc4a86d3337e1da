package org.xenomips.jit.unit;

/** Small static methods that generated code calls and HotSpot inlines. */
public final class Support {
    private Support() {}

    /** {@code others} with bits set that are not 0 when {@code value} is not a sign-extended word. */
    public static long notWord(long others, long value) {
        return others | value ^ (int) value;
    }
}
