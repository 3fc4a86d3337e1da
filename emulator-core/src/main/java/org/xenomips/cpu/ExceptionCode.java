package org.xenomips.cpu;

/**
 * Causes of CPU exceptions with their Cause.ExcCode.
 *
 * @see "MIPS64 Architecture For Programmers Volume III, Cause Register; MIPS R4000 Microprocessor User's Manual, chapter 5"
 */
public enum ExceptionCode {
    /** Interrupt. */
    INT(0),
    /** Store to a TLB page that is not dirty. */
    MOD(1),
    /** TLB miss or invalid entry, load or fetch. */
    TLBL(2),
    /** TLB miss or invalid entry, store. */
    TLBS(3),
    /** Address error, load or fetch. */
    ADEL(4),
    /** Address error, store. */
    ADES(5),
    /** Bus error, fetch. */
    IBE(6),
    /** Bus error, load or store. */
    DBE(7),
    /** SYSCALL. */
    SYS(8),
    /** BREAK. */
    BP(9),
    /** Reserved instruction. */
    RI(10),
    /** Coprocessor unusable; Cause.CE tells which. */
    CPU(11),
    /** Integer overflow. */
    OV(12),
    /** Trap instruction. */
    TR(13),
    /** Virtual coherency, instruction. */
    VCEI(14),
    /** Floating point. */
    FPE(15),
    /** Fetch from a watched address (RM7000). */
    IWATCH(16),
    /** Access to a watched address; on MIPS64 also a fetch. */
    WATCH(23),
    /** Machine check. */
    MCHECK(24),
    /** Virtual coherency, data. */
    VCED(31);

    private final int code;

    ExceptionCode(int code) {
        this.code = code;
    }

    /** Value of Cause.ExcCode, 0..31. */
    public int code() {
        return code;
    }
}
