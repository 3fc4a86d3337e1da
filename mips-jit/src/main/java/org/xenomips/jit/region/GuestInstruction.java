package org.xenomips.jit.region;

import org.xenomips.isa.Disassembler;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;

/**
 * One instruction.
 *
 * @param pc its virtual address
 * @param word its word
 * @param op what the word means in the region's mode
 * @param kernel true in kernel mode, where units execute system instructions by themselves
 * @param callable true when units may call meanings that change more than general registers and memory
 */
public record GuestInstruction(long pc, int word, Op op, boolean kernel, boolean callable) {
    /** Number of the register in bits 25..21: rs or base. */
    public int rs() {
        return word >>> 21 & 31;
    }

    /** Number of the register in bits 20..16: rt. */
    public int rt() {
        return word >>> 16 & 31;
    }

    /** Number of the register in bits 15..11: rd. */
    public int rd() {
        return word >>> 11 & 31;
    }

    /** Shift amount, bits 10..6. */
    public int sa() {
        return word >>> 6 & 31;
    }

    /** Bits 15..0, sign-extended. */
    public int simm() {
        return (short) word;
    }

    /** Bits 15..0. */
    public int uimm() {
        return word & 0xffff;
    }

    /** True for branches and jumps: instructions with a delay slot. */
    public boolean isTransfer() {
        return op.has(Trait.BRANCH) || op.has(Trait.JUMP);
    }

    /** Where a branch or a jump with immediate target goes. */
    public long target() {
        long slot = pc + 4;
        return op.has(Trait.BRANCH)
                ? slot + ((long) simm() << 2)
                : slot & -0x1000_0000L | (word & 0x3ff_ffffL) << 2;
    }

    /** True for a jump whose target is in a register. */
    public boolean isIndirect() {
        return op == Op.JR || op == Op.JALR;
    }

    /** True for {@code jr $ra}: the usual return. */
    public boolean isReturn() {
        return op == Op.JR && rs() == 31;
    }

    @Override
    public String toString() {
        return "%08x  %08x  %s".formatted((int) pc, word, word == 0 ? "nop" : Disassembler.text(op, word, pc));
    }
}
