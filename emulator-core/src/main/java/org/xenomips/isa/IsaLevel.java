package org.xenomips.isa;

/**
 * Instruction set levels. Each includes what {@link #includes} says; an instruction of a level the processor does not have is a
 * reserved instruction.
 */
public enum IsaLevel {
    MIPS1, MIPS2, MIPS3, MIPS4,
    /** MIPS IV with MAD, MADU, MUL, as in RM52xx (R527x). */
    RM52XX,
    /** RM52xx and the second CP0 register set. */
    RM7000,
    /** MIPS64 Release 1. */
    MIPS64;

    /** True when a processor of this level executes instructions introduced at {@code other}. */
    public boolean includes(IsaLevel other) {
        if (this == MIPS64) {
            return other != RM52XX && other != RM7000;
        }
        return other != MIPS64 && other.compareTo(this) <= 0;
    }
}
