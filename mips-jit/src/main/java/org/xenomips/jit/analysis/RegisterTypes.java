package org.xenomips.jit.analysis;

import org.xenomips.cpu.Cpu;
import org.xenomips.isa.Op;
import org.xenomips.jit.region.Block;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.region.Translatable;

/**
 * Which registers hold sign-extended words wherever the region writes them: these are kept as {@code int}. Whether they do so when
 * the region is entered is tested there.
 *
 * <p>Found by assuming it of all registers and taking back what an instruction contradicts, until nothing changes.
 */
public final class RegisterTypes {
    private static final long HI_LO = 1L << Cpu.HI | 1L << Cpu.LO;

    private long wide;

    private RegisterTypes(long wide) {
        this.wide = wide;
    }

    /** The types of the registers of {@code region}. */
    public static RegisterTypes of(Region region) {
        var types = new RegisterTypes(region.hints().wideRegisters());
        long before;
        do {
            before = types.wide;
            for (Block block : region.blocks()) {
                block.body().forEach(types::widen);
                GuestInstruction slot = block.slot();
                if (slot != null) {
                    types.widen(slot);
                }
            }
        } while (types.wide != before);
        return types;
    }

    /** True when register {@code number} needs 64 bits. */
    public boolean isWide(int number) {
        return (wide >>> number & 1) != 0;
    }

    private void widen(GuestInstruction instruction) {
        if (Translatable.isInline(instruction)) {
            long written = RegisterUse.writes(instruction);
            if ((written & ~wide) != 0 && !givesWords(instruction)) {
                wide |= written;
            }
        }
    }

    /** True when what {@code instruction} writes are sign-extended words if the registers not yet called wide hold such words. */
    private boolean givesWords(GuestInstruction instruction) {
        Op op = instruction.op();
        return switch (op) {
            case ADD, ADDI, ADDU, ADDIU, SUB, SUBU, LUI, ANDI, SLT, SLTI, SLTU, SLTIU, SLL, SRL, SRA, SLLV, SRLV, SRAV,
                    MULT,
                    MULTU, MUL, DIV, DIVU, MAD, MADU, MADD, MADDU, MSUB, MSUBU, LB, LBU, LH, LHU, LW, LWL, LWR, CLZ,
                    CLO, MFC0, MFC1, CFC1 ->
                true;
            case AND, OR, XOR, NOR, ORI, XORI, MOVZ, MOVN, MOVF, MOVT, MTHI, MTLO, MFHI, MFLO ->
                (RegisterUse.reads(instruction) & conditionless(instruction) & wide) == 0;
            case DADDU ->
                (instruction.rs() == 0 || instruction.rt() == 0) && (RegisterUse.reads(instruction) & wide) == 0;
            case DADDIU -> (instruction.rs() == 0 || instruction.simm() == 0)
                    && (RegisterUse.reads(instruction) & wide) == 0;
            case DSUBU -> instruction.rt() == 0 && (RegisterUse.reads(instruction) & wide) == 0;
            default -> false;
        };
    }

    /** The registers that can end up in the destination: of a conditional move not the one that is tested. */
    private static long conditionless(GuestInstruction instruction) {
        Op op = instruction.op();
        if (op == Op.MOVZ || op == Op.MOVN) {
            return 1L << instruction.rs() | 1L << instruction.rd() | HI_LO;
        }
        return -1L;
    }
}
