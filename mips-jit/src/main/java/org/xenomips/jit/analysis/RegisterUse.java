package org.xenomips.jit.analysis;

import org.xenomips.cpu.Cpu;
import org.xenomips.isa.Op;
import org.xenomips.isa.Operand;
import org.xenomips.isa.Trait;
import org.xenomips.jit.region.Block;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Translatable;

/**
 * Which registers an instruction reads and writes, as sets: bit n stands for element n of {@link Cpu#registers}. $0 is never in a
 * set.
 */
public final class RegisterUse {
    private static final long HI = 1L << Cpu.HI;
    private static final long LO = 1L << Cpu.LO;

    private RegisterUse() {}

    /** The registers that {@code instruction} reads. */
    public static long reads(GuestInstruction instruction) {
        long set = 0;
        for (Operand operand : instruction.op().sources()) {
            if (operand.kind() == Operand.Kind.GPR) {
                set |= 1L << operand.get(instruction.word());
            }
        }
        return (set | switch (instruction.op()) {
            case MFHI -> HI;
            case MFLO -> LO;
            case MAD, MADU, MADD, MADDU, MSUB, MSUBU -> HI | LO;
            default -> 0;
        }) & ~1L;
    }

    /** The registers that {@code instruction} writes. */
    public static long writes(GuestInstruction instruction) {
        Op op = instruction.op();
        long set = switch (op) {
            case MTHI -> HI;
            case MTLO -> LO;
            case MULT, MULTU, DIV, DIVU, DMULT, DMULTU, DDIV, DDIVU, MAD, MADU, MADD, MADDU, MSUB, MSUBU -> HI | LO;
            default -> 0;
        };
        Operand destination = op.destination();
        if (destination != null && destination.kind() == Operand.Kind.GPR) {
            set |= 1L << destination.get(instruction.word());
        } else if (op.has(Trait.LINK)) {
            set |= 1L << 31;
        }
        return set & ~1L;
    }

    /** The registers that the instructions of {@code block} read, as far as a unit executes them itself. */
    public static long reads(Block block) {
        long set = 0;
        for (GuestInstruction instruction : block.body()) {
            set |= Translatable.isInline(instruction) ? reads(instruction) : 0;
        }
        GuestInstruction transfer = block.transfer();
        GuestInstruction slot = block.slot();
        return transfer == null || slot == null ? set : set | reads(transfer) | reads(slot);
    }

    /** The registers that the instructions of {@code block} write, as far as a unit executes them itself. */
    public static long writes(Block block) {
        long set = 0;
        for (GuestInstruction instruction : block.body()) {
            set |= Translatable.isInline(instruction) ? writes(instruction) : 0;
        }
        GuestInstruction transfer = block.transfer();
        GuestInstruction slot = block.slot();
        return transfer == null || slot == null ? set : set | writes(transfer) | writes(slot);
    }
}
