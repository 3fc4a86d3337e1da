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
                long rs;
                long rt;
                long result;
                far: {
                    insn = code[index++];
                    word = (int) insn;
                    jump: {
                        taken: {
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
                                    result = SemanticsAlu.addiu(r[word >>> 21 & 31], (short) word);
                                    break;
                                case 4: // ADDU
                                    result = SemanticsAlu.addu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                                    break;
                                case 5: // DADDIU
                                    result = SemanticsAlu.daddiu(r[word >>> 21 & 31], (short) word);
                                    break;
                                case 6: // DADDU
                                    result = SemanticsAlu.daddu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                                    break;
                                case 7: // SUBU
                                    result = SemanticsAlu.subu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                                    break;
                                case 8: // AND
                                    result = SemanticsAlu.and(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                                    break;
                                case 9: // OR
                                    result = SemanticsAlu.or(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                                    break;
                                case 10: // XOR
                                    result = SemanticsAlu.xor(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                                    break;
                                case 11: // ANDI
                                    result = SemanticsAlu.andi(r[word >>> 21 & 31], word & 0xffff);
                                    break;
                                case 12: // ORI
                                    result = SemanticsAlu.ori(r[word >>> 21 & 31], word & 0xffff);
                                    break;
                                case 13: // LUI
                                    result = SemanticsAlu.lui(word & 0xffff);
                                    break;
                                case 14: // SLL
                                    result = SemanticsShift.sll(r[word >>> 16 & 31], word >>> 6 & 31);
                                    break;
                                case 15: // SRL
                                    result = SemanticsShift.srl(r[word >>> 16 & 31], word >>> 6 & 31);
                                    break;
                                case 16: // SRA
                                    result = SemanticsShift.sra(r[word >>> 16 & 31], word >>> 6 & 31);
                                    break;
                                case 17: // SLT
                                    result = SemanticsAlu.slt(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                                    break;
                                case 18: // SLTU
                                    result = SemanticsAlu.sltu(r[word >>> 21 & 31], r[word >>> 16 & 31]);
                                    break;
                                case 19: // SLTI
                                    result = SemanticsAlu.slti(r[word >>> 21 & 31], (short) word);
                                    break;
                                case 20: // SLTIU
                                    result = SemanticsAlu.sltiu(r[word >>> 21 & 31], (short) word);
                                    break;
                                case 21: // LW
                                    {
                                        long address = r[word >>> 21 & 31] + (short) word;
                                        long entry = read[(int) (address >>> 12) & 0xfffff];
                                        if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                            exit = LoopState.SLOW;
                                            break far;
                                        }
                                        result = HostMemory.getInt(address + entry);
                                        break;
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
                                        result = HostMemory.getLong(address + entry);
                                        break;
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
                                        result = HostMemory.getByte(address + entry) & 0xff;
                                        break;
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
                                        result = HostMemory.getShort(address + entry) & 0xffff;
                                        break;
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
                                case 58: // BEQ
                                    if (!SemanticsBranch.beq(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    break taken;
                                case 59: // BNE
                                    if (!SemanticsBranch.bne(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    break taken;
                                case 60: // BLEZ
                                    if (!SemanticsBranch.blez(r[word >>> 21 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    break taken;
                                case 61: // BGTZ
                                    if (!SemanticsBranch.bgtz(r[word >>> 21 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    break taken;
                                case 62: // BLTZ
                                    if (!SemanticsBranch.bltz(r[word >>> 21 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    break taken;
                                case 63: // BGEZ
                                    if (!SemanticsBranch.bgez(r[word >>> 21 & 31])) {
                                        slot = index;
                                        continue;
                                    }
                                    break taken;
                                case 64: // BEQL
                                    if (!SemanticsBranch.beq(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    break taken;
                                case 65: // BNEL
                                    if (!SemanticsBranch.bne(r[word >>> 21 & 31], r[word >>> 16 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    break taken;
                                case 66: // BLEZL
                                    if (!SemanticsBranch.blez(r[word >>> 21 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    break taken;
                                case 67: // BGTZL
                                    if (!SemanticsBranch.bgtz(r[word >>> 21 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    break taken;
                                case 68: // BLTZL
                                    if (!SemanticsBranch.bltz(r[word >>> 21 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    break taken;
                                case 69: // BGEZL
                                    if (!SemanticsBranch.bgez(r[word >>> 21 & 31])) {
                                        index++;
                                        start++;
                                        continue;
                                    }
                                    break taken;
                                case 70: // BGEZAL
                                    {
                                        boolean taken = SemanticsBranch.bgez(r[word >>> 21 & 31]);
                                        r[31] = page + (index + 1 << 2);
                                        if (!taken) {
                                            slot = index;
                                            continue;
                                        }
                                        break taken;
                                    }
                                case 71: // J
                                    target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;
                                    break jump;
                                case 72: // JAL
                                    target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;
                                    r[31] = page + (index + 1 << 2);
                                    break jump;
                                case 73: // JR
                                    target = r[word >>> 21 & 31];
                                    break jump;
                                case 74: // JALR
                                    target = r[word >>> 21 & 31];
                                    r[(int) (insn >>> 32) & 63] = page + (index + 1 << 2);
                                    break jump;
                                case PROFILED:
                                    rs = r[word >>> 21 & 31];
                                    rt = r[word >>> 16 & 31];
                                    switch (--unreported < 0 ? SLOW : NUMBERS[(int) (insn >>> 38) & 0x3ff]) {
                                        case 58: // BEQ
                                            if (!SemanticsBranch.beq(rs, rt)) {
                                                slot = index;
                                                continue;
                                            }
                                            break taken;
                                        case 59: // BNE
                                            if (!SemanticsBranch.bne(rs, rt)) {
                                                slot = index;
                                                continue;
                                            }
                                            break taken;
                                        case 60: // BLEZ
                                            if (!SemanticsBranch.blez(rs)) {
                                                slot = index;
                                                continue;
                                            }
                                            break taken;
                                        case 61: // BGTZ
                                            if (!SemanticsBranch.bgtz(rs)) {
                                                slot = index;
                                                continue;
                                            }
                                            break taken;
                                        case 62: // BLTZ
                                            if (!SemanticsBranch.bltz(rs)) {
                                                slot = index;
                                                continue;
                                            }
                                            break taken;
                                        case 63: // BGEZ
                                            if (!SemanticsBranch.bgez(rs)) {
                                                slot = index;
                                                continue;
                                            }
                                            break taken;
                                        case 64: // BEQL
                                            if (!SemanticsBranch.beq(rs, rt)) {
                                                index++;
                                                start++;
                                                continue;
                                            }
                                            break taken;
                                        case 65: // BNEL
                                            if (!SemanticsBranch.bne(rs, rt)) {
                                                index++;
                                                start++;
                                                continue;
                                            }
                                            break taken;
                                        case 66: // BLEZL
                                            if (!SemanticsBranch.blez(rs)) {
                                                index++;
                                                start++;
                                                continue;
                                            }
                                            break taken;
                                        case 67: // BGTZL
                                            if (!SemanticsBranch.bgtz(rs)) {
                                                index++;
                                                start++;
                                                continue;
                                            }
                                            break taken;
                                        case 68: // BLTZL
                                            if (!SemanticsBranch.bltz(rs)) {
                                                index++;
                                                start++;
                                                continue;
                                            }
                                            break taken;
                                        case 69: // BGEZL
                                            if (!SemanticsBranch.bgez(rs)) {
                                                index++;
                                                start++;
                                                continue;
                                            }
                                            break taken;
                                        case 70: // BGEZAL
                                            {
                                                boolean taken = SemanticsBranch.bgez(rs);
                                                r[31] = page + (index + 1 << 2);
                                                if (!taken) {
                                                    slot = index;
                                                    continue;
                                                }
                                                break taken;
                                            }
                                        case 71: // J
                                            target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;
                                            break jump;
                                        case 72: // JAL
                                            target = page + (index << 2) & -0x1000_0000L | (word & 0x3ff_ffff) << 2;
                                            r[31] = page + (index + 1 << 2);
                                            break jump;
                                        case 74: // JALR
                                            target = rs;
                                            r[(int) (insn >>> 32) & 63] = page + (index + 1 << 2);
                                            break jump;
                                        default:
                                            unreported++;
                                            exit = LoopState.SLOW;
                                            break loop;
                                    }
                                default:
                                    rs = r[word >>> 21 & 31];
                                    rt = r[word >>> 16 & 31];
                                    switch ((int) (insn >>> 48)) {
                                        case 29: // XORI
                                            result = SemanticsAlu.xori(rs, word & 0xffff);
                                            break;
                                        case 30: // NOR
                                            result = SemanticsAlu.nor(rs, rt);
                                            break;
                                        case 31: // DSUBU
                                            result = SemanticsAlu.dsubu(rs, rt);
                                            break;
                                        case 32: // SLLV
                                            result = SemanticsShift.sllv(rt, rs);
                                            break;
                                        case 33: // SRLV
                                            result = SemanticsShift.srlv(rt, rs);
                                            break;
                                        case 34: // SRAV
                                            result = SemanticsShift.srav(rt, rs);
                                            break;
                                        case 35: // DSLL
                                            result = SemanticsShift.dsll(rt, word >>> 6 & 31);
                                            break;
                                        case 36: // DSRL
                                            result = SemanticsShift.dsrl(rt, word >>> 6 & 31);
                                            break;
                                        case 37: // DSRA
                                            result = SemanticsShift.dsra(rt, word >>> 6 & 31);
                                            break;
                                        case 38: // DSLL32
                                            result = SemanticsShift.dsll32(rt, word >>> 6 & 31);
                                            break;
                                        case 39: // DSRL32
                                            result = SemanticsShift.dsrl32(rt, word >>> 6 & 31);
                                            break;
                                        case 40: // DSRA32
                                            result = SemanticsShift.dsra32(rt, word >>> 6 & 31);
                                            break;
                                        case 41: // DSLLV
                                            result = SemanticsShift.dsllv(rt, rs);
                                            break;
                                        case 42: // DSRLV
                                            result = SemanticsShift.dsrlv(rt, rs);
                                            break;
                                        case 43: // DSRAV
                                            result = SemanticsShift.dsrav(rt, rs);
                                            break;
                                        case 44: // MOVZ
                                            result = SemanticsAlu.movz(r[word >>> 11 & 31], rs, rt);
                                            break;
                                        case 45: // MOVN
                                            result = SemanticsAlu.movn(r[word >>> 11 & 31], rs, rt);
                                            break;
                                        case 46: // MULT
                                            SemanticsMultiply.mult(cpu, rs, rt);
                                            continue;
                                        case 47: // MULTU
                                            SemanticsMultiply.multu(cpu, rs, rt);
                                            continue;
                                        case 48: // MUL
                                            result = SemanticsMultiply.mul(rs, rt);
                                            break;
                                        case 49: // MFHI
                                            result = SemanticsMultiply.mfhi(cpu);
                                            break;
                                        case 50: // MFLO
                                            result = SemanticsMultiply.mflo(cpu);
                                            break;
                                        case 51: // MTHI
                                            SemanticsMultiply.mthi(cpu, rs);
                                            continue;
                                        case 52: // MTLO
                                            SemanticsMultiply.mtlo(cpu, rs);
                                            continue;
                                        case 53: // LB
                                            {
                                                long address = rs + (short) word;
                                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0000L) != 0) {
                                                    exit = LoopState.SLOW;
                                                    break far;
                                                }
                                                result = HostMemory.getByte(address + entry);
                                                break;
                                            }
                                        case 54: // LH
                                            {
                                                long address = rs + (short) word;
                                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0001L) != 0) {
                                                    exit = LoopState.SLOW;
                                                    break far;
                                                }
                                                result = HostMemory.getShort(address + entry);
                                                break;
                                            }
                                        case 55: // LWU
                                            {
                                                long address = rs + (short) word;
                                                long entry = read[(int) (address >>> 12) & 0xfffff];
                                                if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                                    exit = LoopState.SLOW;
                                                    break far;
                                                }
                                                result = HostMemory.getInt(address + entry) & 0xffff_ffffL;
                                                break;
                                            }
                                        case 56: // SYNC
                                            continue;
                                        case 57: // PREF
                                            continue;
                                        default:
                                            exit = LoopState.SLOW;
                                            break loop;
                                    }
                                    break;
                            }
                            r[(int) (insn >>> 32) & 63] = result;
                            continue;
                        }
                        target = page + (index + (short) word << 2);
                    }
                    // the delay slot of a taken branch or jump
                    insn = code[index];
                    word = (int) insn;
                    rs = r[word >>> 21 & 31];
                    rt = r[word >>> 16 & 31];
                    done: {
                        switch ((int) (insn >>> 48)) {
                            case NOP:
                                break done;
                            case 3: // ADDIU
                                result = SemanticsAlu.addiu(rs, (short) word);
                                break;
                            case 4: // ADDU
                                result = SemanticsAlu.addu(rs, rt);
                                break;
                            case 5: // DADDIU
                                result = SemanticsAlu.daddiu(rs, (short) word);
                                break;
                            case 6: // DADDU
                                result = SemanticsAlu.daddu(rs, rt);
                                break;
                            case 7: // SUBU
                                result = SemanticsAlu.subu(rs, rt);
                                break;
                            case 8: // AND
                                result = SemanticsAlu.and(rs, rt);
                                break;
                            case 9: // OR
                                result = SemanticsAlu.or(rs, rt);
                                break;
                            case 10: // XOR
                                result = SemanticsAlu.xor(rs, rt);
                                break;
                            case 11: // ANDI
                                result = SemanticsAlu.andi(rs, word & 0xffff);
                                break;
                            case 12: // ORI
                                result = SemanticsAlu.ori(rs, word & 0xffff);
                                break;
                            case 13: // LUI
                                result = SemanticsAlu.lui(word & 0xffff);
                                break;
                            case 14: // SLL
                                result = SemanticsShift.sll(rt, word >>> 6 & 31);
                                break;
                            case 15: // SRL
                                result = SemanticsShift.srl(rt, word >>> 6 & 31);
                                break;
                            case 16: // SRA
                                result = SemanticsShift.sra(rt, word >>> 6 & 31);
                                break;
                            case 17: // SLT
                                result = SemanticsAlu.slt(rs, rt);
                                break;
                            case 18: // SLTU
                                result = SemanticsAlu.sltu(rs, rt);
                                break;
                            case 19: // SLTI
                                result = SemanticsAlu.slti(rs, (short) word);
                                break;
                            case 20: // SLTIU
                                result = SemanticsAlu.sltiu(rs, (short) word);
                                break;
                            case 21: // LW
                                {
                                    long address = rs + (short) word;
                                    long entry = read[(int) (address >>> 12) & 0xfffff];
                                    if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                        exit = LoopState.SLOT;
                                        break far;
                                    }
                                    result = HostMemory.getInt(address + entry);
                                    break;
                                }
                            case 22: // SW
                                {
                                    long address = rs + (short) word;
                                    long entry = write[(int) (address >>> 12) & 0xfffff];
                                    if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0003L) != 0) {
                                        exit = LoopState.SLOT;
                                        break far;
                                    }
                                    HostMemory.putInt(address + entry, (int) rt);
                                    break done;
                                }
                            case 23: // LD
                                {
                                    long address = rs + (short) word;
                                    long entry = read[(int) (address >>> 12) & 0xfffff];
                                    if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0007L) != 0) {
                                        exit = LoopState.SLOT;
                                        break far;
                                    }
                                    result = HostMemory.getLong(address + entry);
                                    break;
                                }
                            case 24: // SD
                                {
                                    long address = rs + (short) word;
                                    long entry = write[(int) (address >>> 12) & 0xfffff];
                                    if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0007L) != 0) {
                                        exit = LoopState.SLOT;
                                        break far;
                                    }
                                    HostMemory.putLong(address + entry, rt);
                                    break done;
                                }
                            case 25: // LBU
                                {
                                    long address = rs + (short) word;
                                    long entry = read[(int) (address >>> 12) & 0xfffff];
                                    if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0000L) != 0) {
                                        exit = LoopState.SLOT;
                                        break far;
                                    }
                                    result = HostMemory.getByte(address + entry) & 0xff;
                                    break;
                                }
                            case 26: // SB
                                {
                                    long address = rs + (short) word;
                                    long entry = write[(int) (address >>> 12) & 0xfffff];
                                    if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0000L) != 0) {
                                        exit = LoopState.SLOT;
                                        break far;
                                    }
                                    HostMemory.putByte(address + entry, (byte) rt);
                                    break done;
                                }
                            case 27: // LHU
                                {
                                    long address = rs + (short) word;
                                    long entry = read[(int) (address >>> 12) & 0xfffff];
                                    if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0001L) != 0) {
                                        exit = LoopState.SLOT;
                                        break far;
                                    }
                                    result = HostMemory.getShort(address + entry) & 0xffff;
                                    break;
                                }
                            case 28: // SH
                                {
                                    long address = rs + (short) word;
                                    long entry = write[(int) (address >>> 12) & 0xfffff];
                                    if (entry == 0 || (address + 0x8000_0000L & 0xffff_ffff_0000_0001L) != 0) {
                                        exit = LoopState.SLOT;
                                        break far;
                                    }
                                    HostMemory.putShort(address + entry, (short) rt);
                                    break done;
                                }
                            default:
                                exit = LoopState.SLOT;
                                break loop;
                        }
                        r[(int) (insn >>> 32) & 63] = result;
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
