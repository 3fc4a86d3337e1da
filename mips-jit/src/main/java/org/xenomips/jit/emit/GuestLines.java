package org.xenomips.jit.emit;

/**
 * The line numbers of generated classes, which say in profiles, stack traces and {@code view}s what guest instruction a piece of
 * bytecode belongs to: {@value #ORIGIN} is the unit's entry, {@code ORIGIN + 1} the instruction behind it, and so on.
 */
public final class GuestLines {
    /** Code that reads the registers where the unit begins. */
    public static final int ENTRY = 1;
    /** Code that side exits share. */
    public static final int EXITS = 2;
    /** Code in front of a block's first instruction. */
    public static final int BLOCK = 3;
    private static final int ORIGIN = 20_000;
    private static final int LAST = 65_535;

    private GuestLines() {}

    /** The line of the instruction at {@code pc} in the unit of {@code entry}. */
    public static int of(long entry, long pc) {
        return Math.clamp(ORIGIN + (pc - entry >> 2), BLOCK + 1, LAST);
    }

    /** The address of the instruction of {@code line}. */
    public static long pc(long entry, int line) {
        return entry + (line - ORIGIN << 2);
    }
}
