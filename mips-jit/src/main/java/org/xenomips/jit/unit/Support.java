package org.xenomips.jit.unit;

/** Small static methods that generated code calls and HotSpot inlines. */
public final class Support {
    private Support() {}

    /** {@code set} with {@code register} added if {@code value}, which it holds, is no sign-extended word. */
    public static long addIfWide(long set, long value, int register) {
        return value == (int) value ? set : set | 1L << register;
    }

    /** The registers that hold something else than sign-extended words. */
    public static long wideRegisters(long[] registers) {
        long differences = 0;
        for (int i = 0; i < registers.length; i++) {
            differences |= registers[i] ^ (int) registers[i];
        }
        long set = 0;
        if (differences != 0) {
            for (int i = 0; i < registers.length; i++) {
                set = addIfWide(set, registers[i], i);
            }
        }
        return set;
    }

    /** {@code host}, after {@code runtime} was told that {@code size} bytes there are overwritten next. */
    public static long storing(long host, UnitRuntime runtime, int size) {
        runtime.storing(host, size);
        return host;
    }
}
