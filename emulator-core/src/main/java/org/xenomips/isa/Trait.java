package org.xenomips.isa;

/**
 * What engines, compilers and tools must know about an instruction beyond its operands. Exceptions of the fetch, and those a trait
 * such as {@link #COP1} or {@link #DOUBLEWORD} announces by itself, are not repeated in {@link #MAY_TRAP}.
 */
public enum Trait {
    /** Conditional, pc-relative control transfer with a delay slot; its meaning returns whether it is taken. */
    BRANCH,
    /** Unconditional control transfer with a delay slot, to {@code target} or to the address in {@code rs}; has no meaning of its own. */
    JUMP,
    /** The delay slot is nullified when the branch is not taken. */
    LIKELY,
    /** Writes the address after the delay slot to {@code rd} if there is one, else to $31; before the slot, taken or not. */
    LINK,
    /** Reads memory. */
    LOAD,
    /** Writes memory. */
    STORE,
    /** LL, LLD, SC, SCD: works on LLbit; as a store it also writes a general register. */
    LINKED,
    /** Conditional trap: reads its register operands, writes nothing. */
    TRAP,
    /** Can raise an exception by what it does. */
    MAY_TRAP,
    /** Execution does not simply go on with the next instruction; no delay slot. */
    ENDS_BLOCK,
    /** Can change Status, address translation, interrupt recognition or another mode bit that compiled code depends on. */
    CHANGES_MODE,
    /** Privileged: Coprocessor Unusable (CE 0) outside kernel mode unless Status.CU0 is set. */
    COP0,
    /** Coprocessor Unusable (CE 1) unless Status.CU1 is set. */
    COP1,
    /** Coprocessor Unusable (CE 2) unless Status.CU2 is set. */
    COP2,
    /** 64-bit operation: Reserved Instruction in user mode without Status.UX and in supervisor mode without Status.SX. */
    DOUBLEWORD,
    /** The destination's old value matters too. */
    READS_DESTINATION,
    /** The first operand of the syntax is a source although the instruction is neither branch, trap nor plain store. */
    NO_RESULT,
    /** The destination is the second operand of the syntax, a register of a coprocessor. */
    TO_COPROCESSOR,
    /** An extension of the RM52xx that MIPS64 has with the same encoding, name and meaning. */
    ALSO_MIPS64
}
