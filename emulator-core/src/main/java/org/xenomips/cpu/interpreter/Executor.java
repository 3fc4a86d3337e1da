// Generated from Op and the Semantics classes by DispatchGenerator; do not edit.
package org.xenomips.cpu.interpreter;

import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.SemanticsAlu;
import org.xenomips.cpu.SemanticsBranch;
import org.xenomips.cpu.SemanticsFpuArithmetic;
import org.xenomips.cpu.SemanticsFpuConvert;
import org.xenomips.cpu.SemanticsFpuMemory;
import org.xenomips.cpu.SemanticsFpuMove;
import org.xenomips.cpu.SemanticsHint;
import org.xenomips.cpu.SemanticsMemory;
import org.xenomips.cpu.SemanticsMultiply;
import org.xenomips.cpu.SemanticsShift;
import org.xenomips.cpu.SemanticsSystem;
import org.xenomips.cpu.SemanticsTrap;
import org.xenomips.isa.Op;

// @formatter:off
/**
 * Executes any single instruction by its meaning, after the checks its traits stand for. Control transfers are the engine's: here
 * only the condition of a branch is evaluated.
 */
@SuppressWarnings({"UnusedVariable", "RefactorSwitch"}) // all groups are generated alike
final class Executor {
    private Executor() {}

    /** Executes {@code word}, which is an {@code op}; true if it is a branch that is taken. */
    static boolean execute(Cpu cpu, Op op, int word) {
        return switch (op) {
            case RESERVED, SYSCALL, BREAK, TGE, TGEU, TLT, TLTU, TEQ, TNE, TGEI, TGEIU, TLTI, TLTIU, TEQI, TNEI,
                    COP2_OPERATION, LWC2, LDC2, SWC2, SDC2, SDBBP ->
                trap(cpu, op, word);
            case SLL, SRL, SRA, SLLV, SRLV, SRAV, DSLLV, DSRLV, DSRAV, DSLL, DSRL, DSRA, DSLL32, DSRL32, DSRA32 ->
                shift(cpu, op, word);
            case MOVF, MOVT, MFC1, DMFC1, CFC1, MTC1, DMTC1, CTC1, BC1F, BC1T, BC1FL, BC1TL, MOV_S, MOV_D, MOVF_S,
                    MOVT_S, MOVZ_S, MOVN_S, MOVF_D, MOVT_D, MOVZ_D, MOVN_D ->
                fpuMove(cpu, op, word);
            case MOVZ, MOVN, ADD, ADDU, SUB, SUBU, AND, OR, XOR, NOR, SLT, SLTU, DADD, DADDU, DSUB, DSUBU, ADDI,
                    ADDIU, SLTI, SLTIU, ANDI, ORI, XORI, LUI, DADDI, DADDIU, CLZ, CLO, DCLZ, DCLO ->
                alu(cpu, op, word);
            case SYNC, PREF, PREFX ->
                hint(cpu, op, word);
            case MFHI, MTHI, MFLO, MTLO, MULT, MULTU, DIV, DIVU, DMULT, DMULTU, DDIV, DDIVU, MAD, MADU, MADD,
                    MADDU, MUL, MSUB, MSUBU ->
                multiply(cpu, op, word);
            case BLTZ, BGEZ, BLTZL, BGEZL, BLTZAL, BGEZAL, BLTZALL, BGEZALL, BEQ, BNE, BLEZ, BGTZ, BEQL, BNEL,
                    BLEZL, BGTZL ->
                branch(cpu, op, word);
            case MFC0, DMFC0, CFC0, MTC0, DMTC0, CTC0, TLBR, TLBWI, TLBWR, TLBP, ERET, DERET, WAIT, CACHE ->
                system(cpu, op, word);
            case LDL, LDR, LB, LH, LWL, LW, LBU, LHU, LWR, LWU, SB, SH, SWL, SW, SDL, SDR, SWR, LL, LLD, LD,
                    SC, SCD, SD ->
                memory(cpu, op, word);
            case LWC1, LDC1, SWC1, SDC1, LWXC1, LDXC1, SWXC1, SDXC1 ->
                fpuMemory(cpu, op, word);
            case ADD_S, ADD_D, SUB_S, SUB_D, MUL_S, MUL_D, DIV_S, DIV_D, SQRT_S, SQRT_D, ABS_S, ABS_D, NEG_S,
                    NEG_D, RECIP_S, RECIP_D, RSQRT_S, RSQRT_D, C_COND_S, C_COND_D, MADD_S, MADD_D, MSUB_S, MSUB_D,
                    NMADD_S, NMADD_D, NMSUB_S, NMSUB_D ->
                fpuArithmetic(cpu, op, word);
            case ROUND_L_S, ROUND_L_D, TRUNC_L_S, TRUNC_L_D, CEIL_L_S, CEIL_L_D, FLOOR_L_S, FLOOR_L_D, ROUND_W_S,
                    ROUND_W_D, TRUNC_W_S, TRUNC_W_D, CEIL_W_S, CEIL_W_D, FLOOR_W_S, FLOOR_W_D, CVT_S_D, CVT_S_W,
                    CVT_S_L, CVT_D_S, CVT_D_W, CVT_D_L, CVT_W_S, CVT_W_D, CVT_L_S, CVT_L_D ->
                fpuConvert(cpu, op, word);
            case JR, JALR, J, JAL -> false;
        };
    }

    private static boolean trap(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case RESERVED -> {
                SemanticsTrap.reserved(cpu);
            }
            case SYSCALL -> {
                SemanticsTrap.syscall(cpu);
            }
            case BREAK -> {
                SemanticsTrap.breakpoint(cpu);
            }
            case TGE -> {
                SemanticsTrap.tge(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case TGEU -> {
                SemanticsTrap.tgeu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case TLT -> {
                SemanticsTrap.tlt(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case TLTU -> {
                SemanticsTrap.tltu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case TEQ -> {
                SemanticsTrap.teq(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case TNE -> {
                SemanticsTrap.tne(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case TGEI -> {
                SemanticsTrap.tgei(cpu, r[word >>> 21 & 31], (short) word);
            }
            case TGEIU -> {
                SemanticsTrap.tgeiu(cpu, r[word >>> 21 & 31], (short) word);
            }
            case TLTI -> {
                SemanticsTrap.tlti(cpu, r[word >>> 21 & 31], (short) word);
            }
            case TLTIU -> {
                SemanticsTrap.tltiu(cpu, r[word >>> 21 & 31], (short) word);
            }
            case TEQI -> {
                SemanticsTrap.teqi(cpu, r[word >>> 21 & 31], (short) word);
            }
            case TNEI -> {
                SemanticsTrap.tnei(cpu, r[word >>> 21 & 31], (short) word);
            }
            case COP2_OPERATION -> {
                SemanticsTrap.cop2(cpu);
            }
            case LWC2 -> {
                SemanticsTrap.cop2(cpu);
            }
            case LDC2 -> {
                SemanticsTrap.cop2(cpu);
            }
            case SWC2 -> {
                SemanticsTrap.cop2(cpu);
            }
            case SDC2 -> {
                SemanticsTrap.cop2(cpu);
            }
            case SDBBP -> {
                SemanticsTrap.reserved(cpu);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean shift(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case SLL -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.sll(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            case SRL -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.srl(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            case SRA -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.sra(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            case SLLV -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.sllv(r[word >>> 16 & 31], r[word >>> 21 & 31]);
            }
            case SRLV -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.srlv(r[word >>> 16 & 31], r[word >>> 21 & 31]);
            }
            case SRAV -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.srav(r[word >>> 16 & 31], r[word >>> 21 & 31]);
            }
            case DSLLV -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsllv(r[word >>> 16 & 31], r[word >>> 21 & 31]);
            }
            case DSRLV -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsrlv(r[word >>> 16 & 31], r[word >>> 21 & 31]);
            }
            case DSRAV -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsrav(r[word >>> 16 & 31], r[word >>> 21 & 31]);
            }
            case DSLL -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsll(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            case DSRL -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsrl(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            case DSRA -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsra(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            case DSLL32 -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsll32(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            case DSRL32 -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsrl32(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            case DSRA32 -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsShift.dsra32(r[word >>> 16 & 31], word >>> 6 & 31);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean fpuMove(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case MOVF -> {
                cpu.requireCop1();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsFpuMove.movf(cpu, r[word >>> 11 & 31], r[word >>> 21 & 31], word >>> 18 & 7);
            }
            case MOVT -> {
                cpu.requireCop1();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsFpuMove.movt(cpu, r[word >>> 11 & 31], r[word >>> 21 & 31], word >>> 18 & 7);
            }
            case MFC1 -> {
                cpu.requireCop1();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsFpuMove.mfc1(cpu, word >>> 11 & 31);
            }
            case DMFC1 -> {
                cpu.requireCop1();
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsFpuMove.dmfc1(cpu, word >>> 11 & 31);
            }
            case CFC1 -> {
                cpu.requireCop1();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsFpuMove.cfc1(cpu, word >>> 11 & 31);
            }
            case MTC1 -> {
                cpu.requireCop1();
                SemanticsFpuMove.mtc1(cpu, r[word >>> 16 & 31], word >>> 11 & 31);
            }
            case DMTC1 -> {
                cpu.requireCop1();
                cpu.require64BitOperations();
                SemanticsFpuMove.dmtc1(cpu, r[word >>> 16 & 31], word >>> 11 & 31);
            }
            case CTC1 -> {
                cpu.requireCop1();
                SemanticsFpuMove.ctc1(cpu, r[word >>> 16 & 31], word >>> 11 & 31);
            }
            case BC1F -> {
                cpu.requireCop1();
                return SemanticsFpuMove.bc1f(cpu, word >>> 18 & 7);
            }
            case BC1T -> {
                cpu.requireCop1();
                return SemanticsFpuMove.bc1t(cpu, word >>> 18 & 7);
            }
            case BC1FL -> {
                cpu.requireCop1();
                return SemanticsFpuMove.bc1f(cpu, word >>> 18 & 7);
            }
            case BC1TL -> {
                cpu.requireCop1();
                return SemanticsFpuMove.bc1t(cpu, word >>> 18 & 7);
            }
            case MOV_S -> {
                cpu.requireCop1();
                SemanticsFpuMove.movS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case MOV_D -> {
                cpu.requireCop1();
                SemanticsFpuMove.movD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case MOVF_S -> {
                cpu.requireCop1();
                SemanticsFpuMove.movfS(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 18 & 7);
            }
            case MOVT_S -> {
                cpu.requireCop1();
                SemanticsFpuMove.movtS(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 18 & 7);
            }
            case MOVZ_S -> {
                cpu.requireCop1();
                SemanticsFpuMove.movzS(cpu, word >>> 6 & 31, word >>> 11 & 31, r[word >>> 16 & 31]);
            }
            case MOVN_S -> {
                cpu.requireCop1();
                SemanticsFpuMove.movnS(cpu, word >>> 6 & 31, word >>> 11 & 31, r[word >>> 16 & 31]);
            }
            case MOVF_D -> {
                cpu.requireCop1();
                SemanticsFpuMove.movfD(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 18 & 7);
            }
            case MOVT_D -> {
                cpu.requireCop1();
                SemanticsFpuMove.movtD(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 18 & 7);
            }
            case MOVZ_D -> {
                cpu.requireCop1();
                SemanticsFpuMove.movzD(cpu, word >>> 6 & 31, word >>> 11 & 31, r[word >>> 16 & 31]);
            }
            case MOVN_D -> {
                cpu.requireCop1();
                SemanticsFpuMove.movnD(cpu, word >>> 6 & 31, word >>> 11 & 31, r[word >>> 16 & 31]);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean alu(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case MOVZ -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.movz(r[word >>> 11 & 31], r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MOVN -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.movn(r[word >>> 11 & 31], r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case ADD -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.add(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case ADDU -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.addu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case SUB -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.sub(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case SUBU -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.subu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case AND -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.and(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case OR -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.or(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case XOR -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.xor(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case NOR -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.nor(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case SLT -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.slt(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case SLTU -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.sltu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DADD -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.dadd(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DADDU -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.daddu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DSUB -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.dsub(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DSUBU -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.dsubu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case ADDI -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.addi(cpu, r[word >>> 21 & 31], (short) word);
            }
            case ADDIU -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.addiu(r[word >>> 21 & 31], (short) word);
            }
            case SLTI -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.slti(r[word >>> 21 & 31], (short) word);
            }
            case SLTIU -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.sltiu(r[word >>> 21 & 31], (short) word);
            }
            case ANDI -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.andi(r[word >>> 21 & 31], word & 0xffff);
            }
            case ORI -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.ori(r[word >>> 21 & 31], word & 0xffff);
            }
            case XORI -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.xori(r[word >>> 21 & 31], word & 0xffff);
            }
            case LUI -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.lui(word & 0xffff);
            }
            case DADDI -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.daddi(cpu, r[word >>> 21 & 31], (short) word);
            }
            case DADDIU -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsAlu.daddiu(r[word >>> 21 & 31], (short) word);
            }
            case CLZ -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.clz(r[word >>> 21 & 31]);
            }
            case CLO -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.clo(r[word >>> 21 & 31]);
            }
            case DCLZ -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.dclz(r[word >>> 21 & 31]);
            }
            case DCLO -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsAlu.dclo(r[word >>> 21 & 31]);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean hint(Cpu cpu, Op op, int word) {
        switch (op) {
            case SYNC -> {
                SemanticsHint.nothing();
            }
            case PREF -> {
                SemanticsHint.nothing();
            }
            case PREFX -> {
                cpu.requireCop1();
                SemanticsHint.nothing();
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean multiply(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case MFHI -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsMultiply.mfhi(cpu);
            }
            case MTHI -> {
                SemanticsMultiply.mthi(cpu, r[word >>> 21 & 31]);
            }
            case MFLO -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsMultiply.mflo(cpu);
            }
            case MTLO -> {
                SemanticsMultiply.mtlo(cpu, r[word >>> 21 & 31]);
            }
            case MULT -> {
                SemanticsMultiply.mult(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MULTU -> {
                SemanticsMultiply.multu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DIV -> {
                SemanticsMultiply.div(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DIVU -> {
                SemanticsMultiply.divu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DMULT -> {
                cpu.require64BitOperations();
                SemanticsMultiply.dmult(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DMULTU -> {
                cpu.require64BitOperations();
                SemanticsMultiply.dmultu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DDIV -> {
                cpu.require64BitOperations();
                SemanticsMultiply.ddiv(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case DDIVU -> {
                cpu.require64BitOperations();
                SemanticsMultiply.ddivu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MAD -> {
                SemanticsMultiply.madd(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MADU -> {
                SemanticsMultiply.maddu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MADD -> {
                SemanticsMultiply.madd(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MADDU -> {
                SemanticsMultiply.maddu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MUL -> {
                r[Cpu.destination(word >>> 11 & 31)] = SemanticsMultiply.mul(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MSUB -> {
                SemanticsMultiply.msub(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case MSUBU -> {
                SemanticsMultiply.msubu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean branch(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case BLTZ -> {
                return SemanticsBranch.bltz(r[word >>> 21 & 31]);
            }
            case BGEZ -> {
                return SemanticsBranch.bgez(r[word >>> 21 & 31]);
            }
            case BLTZL -> {
                return SemanticsBranch.bltz(r[word >>> 21 & 31]);
            }
            case BGEZL -> {
                return SemanticsBranch.bgez(r[word >>> 21 & 31]);
            }
            case BLTZAL -> {
                return SemanticsBranch.bltz(r[word >>> 21 & 31]);
            }
            case BGEZAL -> {
                return SemanticsBranch.bgez(r[word >>> 21 & 31]);
            }
            case BLTZALL -> {
                return SemanticsBranch.bltz(r[word >>> 21 & 31]);
            }
            case BGEZALL -> {
                return SemanticsBranch.bgez(r[word >>> 21 & 31]);
            }
            case BEQ -> {
                return SemanticsBranch.beq(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case BNE -> {
                return SemanticsBranch.bne(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case BLEZ -> {
                return SemanticsBranch.blez(r[word >>> 21 & 31]);
            }
            case BGTZ -> {
                return SemanticsBranch.bgtz(r[word >>> 21 & 31]);
            }
            case BEQL -> {
                return SemanticsBranch.beq(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case BNEL -> {
                return SemanticsBranch.bne(r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case BLEZL -> {
                return SemanticsBranch.blez(r[word >>> 21 & 31]);
            }
            case BGTZL -> {
                return SemanticsBranch.bgtz(r[word >>> 21 & 31]);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
    }

    private static boolean system(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case MFC0 -> {
                cpu.requireCop0();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsSystem.mfc0(cpu, word >>> 11 & 31, word & 7);
            }
            case DMFC0 -> {
                cpu.requireCop0();
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsSystem.dmfc0(cpu, word >>> 11 & 31, word & 7);
            }
            case CFC0 -> {
                cpu.requireCop0();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsSystem.cfc0(cpu, word >>> 11 & 31);
            }
            case MTC0 -> {
                cpu.requireCop0();
                SemanticsSystem.mtc0(cpu, word >>> 11 & 31, word & 7, r[word >>> 16 & 31]);
            }
            case DMTC0 -> {
                cpu.requireCop0();
                cpu.require64BitOperations();
                SemanticsSystem.dmtc0(cpu, word >>> 11 & 31, word & 7, r[word >>> 16 & 31]);
            }
            case CTC0 -> {
                cpu.requireCop0();
                SemanticsSystem.ctc0(cpu, word >>> 11 & 31, r[word >>> 16 & 31]);
            }
            case TLBR -> {
                cpu.requireCop0();
                SemanticsSystem.tlbr(cpu);
            }
            case TLBWI -> {
                cpu.requireCop0();
                SemanticsSystem.tlbwi(cpu);
            }
            case TLBWR -> {
                cpu.requireCop0();
                SemanticsSystem.tlbwr(cpu);
            }
            case TLBP -> {
                cpu.requireCop0();
                SemanticsSystem.tlbp(cpu);
            }
            case ERET -> {
                cpu.requireCop0();
                SemanticsSystem.eret(cpu);
            }
            case DERET -> {
                cpu.requireCop0();
                SemanticsSystem.deret(cpu);
            }
            case WAIT -> {
                cpu.requireCop0();
                SemanticsSystem.await(cpu);
            }
            case CACHE -> {
                cpu.requireCop0();
                SemanticsSystem.cache(cpu, word >>> 16 & 31, r[word >>> 21 & 31], (short) word);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean memory(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case LDL -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.ldl(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case LDR -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.ldr(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case LB -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lb(cpu, r[word >>> 21 & 31], (short) word);
            }
            case LH -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lh(cpu, r[word >>> 21 & 31], (short) word);
            }
            case LWL -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lwl(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case LW -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lw(cpu, r[word >>> 21 & 31], (short) word);
            }
            case LBU -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lbu(cpu, r[word >>> 21 & 31], (short) word);
            }
            case LHU -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lhu(cpu, r[word >>> 21 & 31], (short) word);
            }
            case LWR -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lwr(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case LWU -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lwu(cpu, r[word >>> 21 & 31], (short) word);
            }
            case SB -> {
                SemanticsMemory.sb(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case SH -> {
                SemanticsMemory.sh(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case SWL -> {
                SemanticsMemory.swl(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case SW -> {
                SemanticsMemory.sw(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case SDL -> {
                cpu.require64BitOperations();
                SemanticsMemory.sdl(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case SDR -> {
                cpu.require64BitOperations();
                SemanticsMemory.sdr(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case SWR -> {
                SemanticsMemory.swr(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case LL -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.ll(cpu, r[word >>> 21 & 31], (short) word);
            }
            case LLD -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.lld(cpu, r[word >>> 21 & 31], (short) word);
            }
            case LD -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.ld(cpu, r[word >>> 21 & 31], (short) word);
            }
            case SC -> {
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.sc(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case SCD -> {
                cpu.require64BitOperations();
                r[Cpu.destination(word >>> 16 & 31)] = SemanticsMemory.scd(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            case SD -> {
                cpu.require64BitOperations();
                SemanticsMemory.sd(cpu, r[word >>> 16 & 31], r[word >>> 21 & 31], (short) word);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean fpuMemory(Cpu cpu, Op op, int word) {
        long[] r = cpu.registers();
        switch (op) {
            case LWC1 -> {
                cpu.requireCop1();
                SemanticsFpuMemory.lwc1(cpu, word >>> 16 & 31, r[word >>> 21 & 31], (short) word);
            }
            case LDC1 -> {
                cpu.requireCop1();
                SemanticsFpuMemory.ldc1(cpu, word >>> 16 & 31, r[word >>> 21 & 31], (short) word);
            }
            case SWC1 -> {
                cpu.requireCop1();
                SemanticsFpuMemory.swc1(cpu, word >>> 16 & 31, r[word >>> 21 & 31], (short) word);
            }
            case SDC1 -> {
                cpu.requireCop1();
                SemanticsFpuMemory.sdc1(cpu, word >>> 16 & 31, r[word >>> 21 & 31], (short) word);
            }
            case LWXC1 -> {
                cpu.requireCop1();
                SemanticsFpuMemory.lwxc1(cpu, word >>> 6 & 31, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case LDXC1 -> {
                cpu.requireCop1();
                SemanticsFpuMemory.ldxc1(cpu, word >>> 6 & 31, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case SWXC1 -> {
                cpu.requireCop1();
                SemanticsFpuMemory.swxc1(cpu, word >>> 11 & 31, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            case SDXC1 -> {
                cpu.requireCop1();
                SemanticsFpuMemory.sdxc1(cpu, word >>> 11 & 31, r[word >>> 21 & 31], r[word >>> 16 & 31]);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean fpuArithmetic(Cpu cpu, Op op, int word) {
        switch (op) {
            case ADD_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.addS(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case ADD_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.addD(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case SUB_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.subS(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case SUB_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.subD(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case MUL_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.mulS(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case MUL_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.mulD(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case DIV_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.divS(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case DIV_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.divD(cpu, word >>> 6 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case SQRT_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.sqrtS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case SQRT_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.sqrtD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case ABS_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.absS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case ABS_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.absD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case NEG_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.negS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case NEG_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.negD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case RECIP_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.recipS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case RECIP_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.recipD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case RSQRT_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.rsqrtS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case RSQRT_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.rsqrtD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case C_COND_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.compareS(cpu, word >>> 8 & 7, word >>> 11 & 31, word >>> 16 & 31, word & 15);
            }
            case C_COND_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.compareD(cpu, word >>> 8 & 7, word >>> 11 & 31, word >>> 16 & 31, word & 15);
            }
            case MADD_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.maddS(cpu, word >>> 6 & 31, word >>> 21 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case MADD_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.maddD(cpu, word >>> 6 & 31, word >>> 21 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case MSUB_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.msubS(cpu, word >>> 6 & 31, word >>> 21 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case MSUB_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.msubD(cpu, word >>> 6 & 31, word >>> 21 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case NMADD_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.nmaddS(cpu, word >>> 6 & 31, word >>> 21 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case NMADD_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.nmaddD(cpu, word >>> 6 & 31, word >>> 21 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case NMSUB_S -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.nmsubS(cpu, word >>> 6 & 31, word >>> 21 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            case NMSUB_D -> {
                cpu.requireCop1();
                SemanticsFpuArithmetic.nmsubD(cpu, word >>> 6 & 31, word >>> 21 & 31, word >>> 11 & 31, word >>> 16 & 31);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }

    private static boolean fpuConvert(Cpu cpu, Op op, int word) {
        switch (op) {
            case ROUND_L_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.roundLS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case ROUND_L_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.roundLD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case TRUNC_L_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.truncLS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case TRUNC_L_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.truncLD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CEIL_L_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.ceilLS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CEIL_L_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.ceilLD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case FLOOR_L_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.floorLS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case FLOOR_L_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.floorLD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case ROUND_W_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.roundWS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case ROUND_W_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.roundWD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case TRUNC_W_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.truncWS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case TRUNC_W_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.truncWD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CEIL_W_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.ceilWS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CEIL_W_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.ceilWD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case FLOOR_W_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.floorWS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case FLOOR_W_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.floorWD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_S_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtSD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_S_W -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtSW(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_S_L -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtSL(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_D_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtDS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_D_W -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtDW(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_D_L -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtDL(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_W_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtWS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_W_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtWD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_L_S -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtLS(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            case CVT_L_D -> {
                cpu.requireCop1();
                SemanticsFpuConvert.cvtLD(cpu, word >>> 6 & 31, word >>> 11 & 31);
            }
            default -> throw new IllegalArgumentException(op.name());
        }
        return false;
    }
}
