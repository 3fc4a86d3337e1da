package org.xenomips.cpu;

import java.util.random.RandomGenerator;

/** Register values and immediates at which instructions differ, for tests here and in other modules. */
public final class OperandValues {
    private static final long[] REGISTERS = { 0, 1, 2, 31, 32, 63, 64, -1, -2, 7, -7, 0x7fff_ffffL,
            0xffff_ffff_8000_0000L, 0x8000_0000L,
            0xffff_ffffL, 0x1_0000_0000L, 0x7fff_ffff_ffff_ffffL, 0x8000_0000_0000_0000L, 0x8000_0000_0000_0001L,
            0x1234_5678_9abc_def0L };
    private static final int[] IMMEDIATES = { 0, 1, 2, 0x7fff, 0x8000, 0x8001, 0xfffe, 0xffff, 0x1234 };

    private OperandValues() {}

    /** Values of 64-bit registers: small ones, both ends of words and doublewords, and some that are no sign-extended words. */
    public static long[] registers() {
        return REGISTERS.clone();
    }

    /** Sixteen-bit immediates, as in the instruction. */
    public static int[] immediates() {
        return IMMEDIATES.clone();
    }

    /** A register value: one of {@link #registers}, a random sign-extended word, or random bits. */
    public static long register(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> REGISTERS[random.nextInt(REGISTERS.length)];
            case 1 -> random.nextInt();
            case 2 -> random.nextLong() >> random.nextInt(64);
            default -> random.nextLong();
        };
    }
}
