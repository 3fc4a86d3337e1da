// Generated from Op and the Semantics classes by DispatchGenerator; do not edit.
package org.xenomips.cpu.interpreter;

import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.PageTables;
import org.xenomips.cpu.SemanticsAlu;
import org.xenomips.cpu.SemanticsBranch;
import org.xenomips.cpu.SemanticsMultiply;
import org.xenomips.cpu.SemanticsShift;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.memory.HostMemory;

// @formatter:off
/**
 * The loop that executes the frequent instructions. It calls nothing that is not inlined: whatever needs more leaves the
 * loop, is done by the engine, and enters it again.
 *
 * <p>A decoded instruction is a {@code long}: bits 63:48 the number this loop switches on (0 = not decoded yet), 47:38 the
 * ordinal of the {@link Op}, 37:32 the place in {@link Cpu#registers} that is written, 31:0 the instruction word.
 *
 * <p>hot: one method below HotSpot's limit of 8,000 bytes of bytecode, registers of the loop in locals.
 */
final class HotLoop {
    /** Number of an instruction that is not decoded. */
    static final int UNDECODED = 0;
    /** Number of an instruction that does nothing. */
    static final int NOP = 1;
    /** Number of what follows the last instruction of a page. */
    static final int PAGE_END = 2;
    /** Number of instructions the loop leaves to the engine. */
    static final int SLOW = 75;
    /** Number of a control transfer the loop leaves to the engine, which reports it. */
    static final int PROFILED = SLOW + 1;
    /** Bits of a number below the marks. */
    static final int PLAIN = 0xff;
    /** Mark, added to the number, of an instruction where something faster may go on; the loop leaves before it. */
    static final int ENTRY = 0x100;
    /** Mark of an instruction that may be the head of an idle loop; the loop leaves before it. */
    static final int IDLE = 0x200;

    private static final Op[] HOT = {
            Op.ADDIU, Op.ADDU, Op.DADDIU, Op.DADDU, Op.SUBU, Op.AND, Op.OR, Op.XOR, Op.ANDI, Op.ORI, Op.LUI, Op.SLL,
            Op.SRL, Op.SRA, Op.SLT, Op.SLTU, Op.SLTI, Op.SLTIU, Op.LW, Op.SW, Op.LD, Op.SD, Op.LBU, Op.SB, Op.LHU,
            Op.SH, Op.XORI, Op.NOR, Op.DSUBU, Op.SLLV, Op.SRLV, Op.SRAV, Op.DSLL, Op.DSRL, Op.DSRA, Op.DSLL32, Op.DSRL32,
            Op.DSRA32, Op.DSLLV, Op.DSRLV, Op.DSRAV, Op.MOVZ, Op.MOVN, Op.MULT, Op.MULTU, Op.MUL, Op.MFHI, Op.MFLO,
            Op.MTHI, Op.MTLO, Op.LB, Op.LH, Op.LWU, Op.SYNC, Op.PREF, Op.BEQ, Op.BNE, Op.BLEZ, Op.BGTZ, Op.BLTZ,
            Op.BGEZ, Op.BEQL, Op.BNEL, Op.BLEZL, Op.BGTZL, Op.BLTZL, Op.BGEZL, Op.BGEZAL, Op.J, Op.JAL, Op.JR, Op.JALR,

    };
    private static final byte[] NUMBERS = numbers();

    private HotLoop() {}

    private static byte[] numbers() {
        var numbers = new byte[Op.values().length];
        java.util.Arrays.fill(numbers, (byte) SLOW);
        for (int i = 0; i < HOT.length; i++) {
            numbers[HOT[i].ordinal()] = (byte) (3 + i);
        }
        return numbers;
    }

    /** The instructions this loop executes. */
    static java.util.stream.Stream<Op> ops() {
        return java.util.Arrays.stream(HOT);
    }

    /** True when this loop executes {@code op} also where it is {@link #PROFILED}, as long as reports are left out. */
    static boolean isSampled(Op op) {
        return number(op) != SLOW && op != Op.JR && (op.has(Trait.BRANCH) || op.has(Trait.JUMP));
    }

    /** The number this loop switches on for {@code op}; {@link #SLOW} for most. */
    static int number(Op op) {
        return NUMBERS[op.ordinal()];
    }

    /** Runs from {@code state} until something else must be done; the result says what, {@code state} says where. */
    @SuppressWarnings("LabelledBreakTarget") // hot: structured as the control flow that HotSpot compiles best
    static int run(LoopState state) {
        final Cpu cpu = state.cpu;
        final long[] r = state.registers;
        final long[] read = state.read;
        final long[] write = state.write;
        final long[] tags = state.tags;
        final long[][] pages = state.pages;
        final long context = state.context;
        long[] code = state.code;
        long page = state.page;
        int index = state.index;
        int slot = state.slot;
        int unreported = state.unreported;
        int budget = state.slice.remaining;
        int start = index;
        long target = 0;
        int exit;
        loop: for (;;) {
            transfer: {
                long insn;
                int word;
                far: {
                    insn = code[index++];
                    word = (int) insn;
                    switch ((int) (insn >>> 48)) {
                        case NOP:
                            continue;
                        case PAGE_END:
                            if (slot == index - 1) {
                                exit = LoopState.SLOW;
                                break loop;
                            }
                            // back on the last instruction, so that this is no backward transfer
                            index--;
                            budget -= index - start;
                            target = page + (index << 2);
                            break transfer;
                        case 3: // ADDIU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.addiu(r[word >>> 21 & 31], (short) word);
                            continue;
                        case 4: // ADDU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.addu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 5: // DADDIU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.daddiu(r[word >>> 21 & 31], (short) word);
                            continue;
                        case 6: // DADDU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.daddu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 7: // SUBU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.subu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 8: // AND
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.and(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 9: // OR
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.or(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 10: // XOR
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.xor(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 11: // ANDI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.andi(r[word >>> 21 & 31], word & 0xffff);
                            continue;
                        case 12: // ORI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.ori(r[word >>> 21 & 31], word & 0xffff);
                            continue;
                        case 13: // LUI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.lui(word & 0xffff);
                            continue;
                        case 14: // SLL
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.sll(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 15: // SRL
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.srl(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 16: // SRA
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.sra(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 17: // SLT
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.slt(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 18: // SLTU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.sltu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 19: // SLTI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.slti(r[word >>> 21 & 31], (short) word);
                            continue;
                        case 20: // SLTIU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.sltiu(r[word >>> 21 & 31], (short) word);
                            continue;
                        case 21: // LW
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getInt(address + entry);
                                continue;
                            }
                        case 22: // SW
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = write[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                HostMemory.putInt(address + entry, (int) r[word >>> 16 & 31]);
                                continue;
                            }
                        case 23: // LD
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0007L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getLong(address + entry);
                                continue;
                            }
                        case 24: // SD
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = write[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0007L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                HostMemory.putLong(address + entry, r[word >>> 16 & 31]);
                                continue;
                            }
                        case 25: // LBU
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0000L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getByte(address + entry) & 0xff;
                                continue;
                            }
                        case 26: // SB
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = write[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0000L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                HostMemory.putByte(address + entry, (byte) r[word >>> 16 & 31]);
                                continue;
                            }
                        case 27: // LHU
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0001L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getShort(address + entry) & 0xffff;
                                continue;
                            }
                        case 28: // SH
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = write[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0001L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                HostMemory.putShort(address + entry, (short) r[word >>> 16 & 31]);
                                continue;
                            }
                        case 29: // XORI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.xori(r[word >>> 21 & 31], word & 0xffff);
                            continue;
                        case 30: // NOR
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.nor(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 31: // DSUBU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.dsubu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 32: // SLLV
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.sllv(r[word >>> 16 & 31], r[word >>> 21 & 31]);
                            continue;
                        case 33: // SRLV
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.srlv(r[word >>> 16 & 31], r[word >>> 21 & 31]);
                            continue;
                        case 34: // SRAV
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.srav(r[word >>> 16 & 31], r[word >>> 21 & 31]);
                            continue;
                        case 35: // DSLL
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsll(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 36: // DSRL
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsrl(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 37: // DSRA
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsra(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 38: // DSLL32
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsll32(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 39: // DSRL32
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsrl32(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 40: // DSRA32
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsra32(r[word >>> 16 & 31], word >>> 6 & 31);
                            continue;
                        case 41: // DSLLV
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsllv(r[word >>> 16 & 31], r[word >>> 21 & 31]);
                            continue;
                        case 42: // DSRLV
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsrlv(r[word >>> 16 & 31], r[word >>> 21 & 31]);
                            continue;
                        case 43: // DSRAV
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.dsrav(r[word >>> 16 & 31], r[word >>> 21 & 31]);
                            continue;
                        case 44: // MOVZ
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.movz(r[word >>> 11 & 31], r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 45: // MOVN
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.movn(r[word >>> 11 & 31], r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 46: // MULT
                            SemanticsMultiply.mult(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 47: // MULTU
                            SemanticsMultiply.multu(cpu, r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 48: // MUL
                            r[(int) (insn >>> 32) & 63] = SemanticsMultiply.mul(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            continue;
                        case 49: // MFHI
                            r[(int) (insn >>> 32) & 63] = SemanticsMultiply.mfhi(cpu);
                            continue;
                        case 50: // MFLO
                            r[(int) (insn >>> 32) & 63] = SemanticsMultiply.mflo(cpu);
                            continue;
                        case 51: // MTHI
                            SemanticsMultiply.mthi(cpu, r[word >>> 21 & 31]);
                            continue;
                        case 52: // MTLO
                            SemanticsMultiply.mtlo(cpu, r[word >>> 21 & 31]);
                            continue;
                        case 53: // LB
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0000L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getByte(address + entry);
                                continue;
                            }
                        case 54: // LH
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0001L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getShort(address + entry);
                                continue;
                            }
                        case 55: // LWU
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                    exit = LoopState.SLOW;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getInt(address + entry) & 0xffff_ffffL;
                                continue;
                            }
                        case 56: // SYNC
                            continue;
                        case 57: // PREF
                            continue;
                        case 58: // BEQ
                            if (!SemanticsBranch.beq(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                slot = index;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 59: // BNE
                            if (!SemanticsBranch.bne(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                slot = index;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 60: // BLEZ
                            if (!SemanticsBranch.blez(r[word >>> 21 & 31])) {
                                slot = index;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 61: // BGTZ
                            if (!SemanticsBranch.bgtz(r[word >>> 21 & 31])) {
                                slot = index;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 62: // BLTZ
                            if (!SemanticsBranch.bltz(r[word >>> 21 & 31])) {
                                slot = index;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 63: // BGEZ
                            if (!SemanticsBranch.bgez(r[word >>> 21 & 31])) {
                                slot = index;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 64: // BEQL
                            if (!SemanticsBranch.beq(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                index++;
                                start++;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 65: // BNEL
                            if (!SemanticsBranch.bne(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                index++;
                                start++;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 66: // BLEZL
                            if (!SemanticsBranch.blez(r[word >>> 21 & 31])) {
                                index++;
                                start++;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 67: // BGTZL
                            if (!SemanticsBranch.bgtz(r[word >>> 21 & 31])) {
                                index++;
                                start++;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 68: // BLTZL
                            if (!SemanticsBranch.bltz(r[word >>> 21 & 31])) {
                                index++;
                                start++;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 69: // BGEZL
                            if (!SemanticsBranch.bgez(r[word >>> 21 & 31])) {
                                index++;
                                start++;
                                continue;
                            }
                            target = page + (index + (short) word << 2);
                            break;
                        case 70: // BGEZAL
                            {
                                boolean taken = SemanticsBranch.bgez(r[word >>> 21 & 31]);
                                r[31] = page + (index + 1 << 2);
                                if (!taken) {
                                    slot = index;
                                    continue;
                                }
                                target = page + (index + (short) word << 2);
                                break;
                            }
                        case 71: // J
                            target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;
                            break;
                        case 72: // JAL
                            target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;
                            r[31] = page + (index + 1 << 2);
                            break;
                        case 73: // JR
                            target = r[word >>> 21 & 31];
                            break;
                        case 74: // JALR
                            target = r[word >>> 21 & 31];
                            r[(int) (insn >>> 32) & 63] = page + (index + 1 << 2);
                            break;
                        case PROFILED:
                            switch (unreported == 0 ? SLOW : NUMBERS[(int) (insn >>> 38) & 0x3ff]) {
                                case 58: // BEQ
                                    unreported--;
                                    if (!SemanticsBranch.beq(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 59: // BNE
                                    unreported--;
                                    if (!SemanticsBranch.bne(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 60: // BLEZ
                                    unreported--;
                                    if (!SemanticsBranch.blez(r[word >>> 21 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 61: // BGTZ
                                    unreported--;
                                    if (!SemanticsBranch.bgtz(r[word >>> 21 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 62: // BLTZ
                                    unreported--;
                                    if (!SemanticsBranch.bltz(r[word >>> 21 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 63: // BGEZ
                                    unreported--;
                                    if (!SemanticsBranch.bgez(r[word >>> 21 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 64: // BEQL
                                    unreported--;
                                    if (!SemanticsBranch.beq(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 65: // BNEL
                                    unreported--;
                                    if (!SemanticsBranch.bne(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 66: // BLEZL
                                    unreported--;
                                    if (!SemanticsBranch.blez(r[word >>> 21 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 67: // BGTZL
                                    unreported--;
                                    if (!SemanticsBranch.bgtz(r[word >>> 21 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 68: // BLTZL
                                    unreported--;
                                    if (!SemanticsBranch.bltz(r[word >>> 21 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 69: // BGEZL
                                    unreported--;
                                    if (!SemanticsBranch.bgez(r[word >>> 21 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    target = page + (index + (short) word << 2);
                                    break;
                                case 70: // BGEZAL
                                    unreported--;
                                    {
                                        boolean taken = SemanticsBranch.bgez(r[word >>> 21 & 31]);
                                        r[31] = page + (index + 1 << 2);
                                        if (!taken) {
                                            slot = index;
                                            continue;
                                        }
                                        target = page + (index + (short) word << 2);
                                        break;
                                    }
                                case 71: // J
                                    unreported--;
                                    target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;
                                    break;
                                case 72: // JAL
                                    unreported--;
                                    target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;
                                    r[31] = page + (index + 1 << 2);
                                    break;
                                case 74: // JALR
                                    unreported--;
                                    target = r[word >>> 21 & 31];
                                    r[(int) (insn >>> 32) & 63] = page + (index + 1 << 2);
                                    break;
                                default:
                                    exit = LoopState.SLOW;
                                    break loop;
                            }
                            break;
                        default:
                            exit = LoopState.SLOW;
                            break loop;
                    }
                    // the delay slot of a taken branch
                    insn = code[index];
                    word = (int) insn;
                    switch ((int) (insn >>> 48)) {
                        case NOP:
                            break;
                        case 3: // ADDIU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.addiu(r[word >>> 21 & 31], (short) word);
                            break;
                        case 4: // ADDU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.addu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            break;
                        case 5: // DADDIU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.daddiu(r[word >>> 21 & 31], (short) word);
                            break;
                        case 6: // DADDU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.daddu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            break;
                        case 7: // SUBU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.subu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            break;
                        case 8: // AND
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.and(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            break;
                        case 9: // OR
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.or(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            break;
                        case 10: // XOR
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.xor(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            break;
                        case 11: // ANDI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.andi(r[word >>> 21 & 31], word & 0xffff);
                            break;
                        case 12: // ORI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.ori(r[word >>> 21 & 31], word & 0xffff);
                            break;
                        case 13: // LUI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.lui(word & 0xffff);
                            break;
                        case 14: // SLL
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.sll(r[word >>> 16 & 31], word >>> 6 & 31);
                            break;
                        case 15: // SRL
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.srl(r[word >>> 16 & 31], word >>> 6 & 31);
                            break;
                        case 16: // SRA
                            r[(int) (insn >>> 32) & 63] = SemanticsShift.sra(r[word >>> 16 & 31], word >>> 6 & 31);
                            break;
                        case 17: // SLT
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.slt(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            break;
                        case 18: // SLTU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.sltu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                            break;
                        case 19: // SLTI
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.slti(r[word >>> 21 & 31], (short) word);
                            break;
                        case 20: // SLTIU
                            r[(int) (insn >>> 32) & 63] = SemanticsAlu.sltiu(r[word >>> 21 & 31], (short) word);
                            break;
                        case 21: // LW
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                    exit = LoopState.SLOT;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getInt(address + entry);
                                break;
                            }
                        case 22: // SW
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = write[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                    exit = LoopState.SLOT;
                                    break far;
                                }
                                HostMemory.putInt(address + entry, (int) r[word >>> 16 & 31]);
                                break;
                            }
                        case 23: // LD
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0007L) != 0) {
                                    exit = LoopState.SLOT;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getLong(address + entry);
                                break;
                            }
                        case 24: // SD
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = write[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0007L) != 0) {
                                    exit = LoopState.SLOT;
                                    break far;
                                }
                                HostMemory.putLong(address + entry, r[word >>> 16 & 31]);
                                break;
                            }
                        case 25: // LBU
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0000L) != 0) {
                                    exit = LoopState.SLOT;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getByte(address + entry) & 0xff;
                                break;
                            }
                        case 26: // SB
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = write[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0000L) != 0) {
                                    exit = LoopState.SLOT;
                                    break far;
                                }
                                HostMemory.putByte(address + entry, (byte) r[word >>> 16 & 31]);
                                break;
                            }
                        case 27: // LHU
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0001L) != 0) {
                                    exit = LoopState.SLOT;
                                    break far;
                                }
                                r[(int) (insn >>> 32) & 63] = HostMemory.getShort(address + entry) & 0xffff;
                                break;
                            }
                        case 28: // SH
                            {
                                long address = r[word >>> 21 & 31] + (short) word;
                                long entry = write[(int) (address >>> 12) & 0xfffff];
                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0001L) != 0) {
                                    exit = LoopState.SLOT;
                                    break far;
                                }
                                HostMemory.putShort(address + entry, (short) r[word >>> 16 & 31]);
                                break;
                            }
                        default:
                            exit = LoopState.SLOT;
                            break loop;
                    }
                    budget -= index + 1 - start;
                    break transfer;
                }
                if (!Cp0.reachesXkphys((int) context)) {
                    break loop;
                }
                long address = PageTables.alias(r[word >>> 21 & 31] + (short) word);
                if ((int) address != address) {
                    break loop;
                }
                long entry;
                switch ((int) (insn >>> 48)) {
                    case 21: // LW
                        entry = read[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0 || (address & 3) != 0) {
                            break loop;
                        }
                        r[(int) (insn >>> 32) & 63] = HostMemory.getInt(address + entry);
                        break;
                    case 22: // SW
                        entry = write[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0 || (address & 3) != 0) {
                            break loop;
                        }
                        HostMemory.putInt(address + entry, (int) r[word >>> 16 & 31]);
                        break;
                    case 23: // LD
                        entry = read[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0 || (address & 7) != 0) {
                            break loop;
                        }
                        r[(int) (insn >>> 32) & 63] = HostMemory.getLong(address + entry);
                        break;
                    case 24: // SD
                        entry = write[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0 || (address & 7) != 0) {
                            break loop;
                        }
                        HostMemory.putLong(address + entry, r[word >>> 16 & 31]);
                        break;
                    case 25: // LBU
                        entry = read[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0) {
                            break loop;
                        }
                        r[(int) (insn >>> 32) & 63] = HostMemory.getByte(address + entry) & 0xff;
                        break;
                    case 26: // SB
                        entry = write[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0) {
                            break loop;
                        }
                        HostMemory.putByte(address + entry, (byte) r[word >>> 16 & 31]);
                        break;
                    case 27: // LHU
                        entry = read[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0 || (address & 1) != 0) {
                            break loop;
                        }
                        r[(int) (insn >>> 32) & 63] = HostMemory.getShort(address + entry) & 0xffff;
                        break;
                    case 28: // SH
                        entry = write[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0 || (address & 1) != 0) {
                            break loop;
                        }
                        HostMemory.putShort(address + entry, (short) r[word >>> 16 & 31]);
                        break;
                    case 53: // LB
                        entry = read[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0) {
                            break loop;
                        }
                        r[(int) (insn >>> 32) & 63] = HostMemory.getByte(address + entry);
                        break;
                    case 54: // LH
                        entry = read[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0 || (address & 1) != 0) {
                            break loop;
                        }
                        r[(int) (insn >>> 32) & 63] = HostMemory.getShort(address + entry);
                        break;
                    case 55: // LWU
                        entry = read[(int) (address >>> 12) & 0xfffff];
                        if (entry == 0 || (address & 3) != 0) {
                            break loop;
                        }
                        r[(int) (insn >>> 32) & 63] = HostMemory.getInt(address + entry) & 0xffff_ffffL;
                        break;
                    default:
                        break loop;
                }
                if (exit == LoopState.SLOW) {
                    continue;
                }
                budget -= index + 1 - start;
            }
            slot = -1;
            if (budget <= 0 && target <= page + (index - 1 << 2)) {
                exit = LoopState.BUDGET;
                break;
            }
            index = (int) (target >>> 2) & 1023;
            start = index;
            if (((target ^ page) & ~0xffcL) != 0) {
                long tag = target & -4096 | context;
                int at = LoopState.slotOf(target);
                if (tags[at] != tag || (target & 3) != 0) {
                    exit = LoopState.FETCH;
                    break;
                }
                code = pages[at];
                page = target & -4096;
            }
        }
        if (exit == LoopState.SLOW) {
            budget -= index - 1 - start;
        } else if (exit == LoopState.SLOT) {
            budget -= index - start;
        }
        state.code = code;
        state.page = page;
        state.index = index;
        state.slot = slot;
        state.unreported = unreported;
        state.slice.remaining = budget;
        state.target = target;
        return exit;
    }
}
