package org.xenomips.jit.region;

import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;

/** Which instructions have code of their own in a unit, and which are left to the interpreter. */
public final class Translatable {
    private Translatable() {}

    /**
     * True when a unit executes the instruction by itself. All others are executed by the interpreter in the middle of the unit, which
     * is not possible in a delay slot.
     */
    public static boolean isInline(GuestInstruction instruction) {
        return isPlain(instruction) || isSystem(instruction);
    }

    /** True for inline instructions that can be in a delay slot: nothing need be looked at behind them. */
    public static boolean isPlain(GuestInstruction instruction) {
        return isInteger(instruction.op()) || isFpu(instruction);
    }

    /** True for instructions of the FPU that a unit executes, apart from branches. */
    public static boolean isFpu(GuestInstruction instruction) {
        Op op = instruction.op();
        return instruction.callable() && op.has(Trait.COP1) && !op.has(Trait.BRANCH) && switch (op) {
            case LWXC1, LDXC1, SWXC1, SDXC1 -> false;
            default -> true;
        };
    }

    /**
     * True for instructions of kernel mode that work on coprocessor 0 and have code of their own: after them the unit looks whether
     * it may go on.
     */
    public static boolean isSystem(GuestInstruction instruction) {
        return instruction.kernel() && switch (instruction.op()) {
            case MFC0, MTC0, DMFC0, DMTC0, TLBR, TLBWI, TLBWR, TLBP -> true;
            default -> false;
        };
    }

    /** True for inline instructions that touch general registers, HI, LO and memory only. */
    public static boolean isInteger(Op op) {
        return switch (op) {
            case ADD, ADDI, ADDU, ADDIU, SUB, SUBU, AND, ANDI, OR, ORI, XOR, XORI, NOR, LUI, SLT, SLTI, SLTU, SLTIU,
                    SLL,
                    SRL, SRA, SLLV, SRLV, SRAV, DADDU, DADDIU, DSUBU, DSLL, DSRL, DSRA, DSLL32, DSRL32, DSRA32, DSLLV,
                    DSRLV, DSRAV, MOVZ, MOVN, MULT, MULTU, MUL, DIV, DIVU, DMULT, DMULTU, DDIV, DDIVU, MAD, MADU, MADD,
                    MADDU, MSUB, MSUBU, MFHI, MFLO, MTHI, MTLO, CLZ, CLO, DCLZ, DCLO, LB, LBU, LH, LHU, LW, LWU, LD, SB,
                    SH, SW, SD, LWL, LWR, SWL, SWR, SYNC, PREF, TEQ, TNE, TGE, TGEU, TLT, TLTU, TEQI, TNEI, TGEI, TGEIU,
                    TLTI, TLTIU ->
                true;
            default -> false;
        };
    }

    /** True when the next instruction can follow in the same block. */
    public static boolean canContinueAfter(Op op) {
        return !op.has(Trait.ENDS_BLOCK);
    }
}
