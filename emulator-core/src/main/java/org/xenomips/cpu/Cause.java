package org.xenomips.cpu;

/**
 * Bits of the CP0 Cause register.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, section 5.4, Cause Register"
 */
public final class Cause {
    /** Position of ExcCode, 5 bits. */
    public static final int EXC_CODE_SHIFT = 2;
    /** ExcCode. */
    public static final int EXC_CODE = 0x1f << EXC_CODE_SHIFT;
    /** Software interrupts IP1..IP0. */
    public static final int IP_SOFTWARE = 0x0300;
    /** Interrupt pending, IP7..IP0. */
    public static final int IP = 0xff00;
    /** The Count/Compare interrupt. */
    public static final int IP7 = 1 << 15;
    /** A watched access happened while EXL or ERL was set, and its exception is still to come (MIPS64). */
    public static final int WP = 1 << 22;
    /** Interrupts use the vector at offset 0x200 (RM52xx, MIPS64). */
    public static final int IV = 1 << 23;
    /** The same on RM7000, whose interrupt inputs reach up to bit 23. */
    public static final int IV_RM7000 = 1 << 24;
    /** Position of W1 and W2: which Watch register of RM7000 raised the last Watch exception. */
    public static final int W_SHIFT = 25;
    /** W1 and W2. */
    public static final int W = 3 << W_SHIFT;
    /** Position of CE, the number of the unusable coprocessor. */
    public static final int CE_SHIFT = 28;
    /** Number of the unusable coprocessor. */
    public static final int CE = 3 << CE_SHIFT;
    /** The exception happened in a branch delay slot; EPC is the branch. */
    public static final int BD = 1 << 31;

    private Cause() {}
}
