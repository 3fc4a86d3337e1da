package org.xenomips.cpu;

/**
 * Bits of the CP0 Status register.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, section 5.4, Status Register"
 */
public final class Status {
    /** Interrupt enable. */
    public static final int IE = 1;
    /** Exception level: an exception is being handled. */
    public static final int EXL = 1 << 1;
    /** Error level: kuseg is unmapped, ERET returns to ErrorEPC. */
    public static final int ERL = 1 << 2;
    /** Mode when neither EXL nor ERL is set: 0 kernel, 1 supervisor, 2 user. */
    public static final int KSU = 3 << 3;
    /** 64-bit addressing and operations in user mode. */
    public static final int UX = 1 << 5;
    /** 64-bit addressing and operations in supervisor mode. */
    public static final int SX = 1 << 6;
    /** 64-bit addressing in kernel mode. */
    public static final int KX = 1 << 7;
    /** Interrupt mask, IM7..IM0. */
    public static final int IM = 0xff00;
    /** Soft reset or non-maskable interrupt. */
    public static final int SR = 1 << 20;
    /** Bootstrap exception vectors. */
    public static final int BEV = 1 << 22;
    /** 1: 32 floating-point registers of 64 bits; 0: 16 pairs. */
    public static final int FR = 1 << 26;
    /** Coprocessor 0 usable outside kernel mode; CU1..CU3 follow. */
    public static final int CU0 = 1 << 28;
    /** Coprocessor 1, the FPU, usable. */
    public static final int CU1 = 1 << 29;
    /** MIPS IV instructions in user mode, on R5000, RM52xx and RM7000; others have CU3 here. */
    public static final int XX = 1 << 31;

    /** Bits on which the mode, its addressing and the registers of the FPU depend. */
    static final int DECIDE_MODE = EXL | ERL | KSU | UX | SX | KX | FR | XX;
    /** Bits that keep what is written. */
    static final int WRITABLE = 0xff77_ffff;
    /** Deviation: ERL is clear after reset, because ROM code written for the compatible emulator never clears it. */
    static final int RESET = BEV;

    private Status() {}
}
