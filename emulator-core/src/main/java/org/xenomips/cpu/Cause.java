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
    /** Interrupts use the vector at offset 0x200 (RM52xx, RM7000, MIPS64). */
    public static final int IV = 1 << 23;
    /** Position of CE, the number of the unusable coprocessor. */
    public static final int CE_SHIFT = 28;
    /** Number of the unusable coprocessor. */
    public static final int CE = 3 << CE_SHIFT;
    /** The exception happened in a branch delay slot; EPC is the branch. */
    public static final int BD = 1 << 31;

    private Cause() {}
}
