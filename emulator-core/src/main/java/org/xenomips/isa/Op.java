package org.xenomips.isa;

import static org.xenomips.isa.IsaLevel.MIPS1;
import static org.xenomips.isa.IsaLevel.MIPS2;
import static org.xenomips.isa.IsaLevel.MIPS3;
import static org.xenomips.isa.IsaLevel.MIPS4;
import static org.xenomips.isa.IsaLevel.MIPS64;
import static org.xenomips.isa.IsaLevel.RM52XX;
import static org.xenomips.isa.IsaLevel.RM7000;
import static org.xenomips.isa.Trait.ALSO_MIPS64;
import static org.xenomips.isa.Trait.BRANCH;
import static org.xenomips.isa.Trait.CHANGES_MODE;
import static org.xenomips.isa.Trait.COP0;
import static org.xenomips.isa.Trait.COP1;
import static org.xenomips.isa.Trait.COP2;
import static org.xenomips.isa.Trait.DOUBLEWORD;
import static org.xenomips.isa.Trait.ENDS_BLOCK;
import static org.xenomips.isa.Trait.JUMP;
import static org.xenomips.isa.Trait.LIKELY;
import static org.xenomips.isa.Trait.LINK;
import static org.xenomips.isa.Trait.LINKED;
import static org.xenomips.isa.Trait.LOAD;
import static org.xenomips.isa.Trait.MAY_TRAP;
import static org.xenomips.isa.Trait.NO_RESULT;
import static org.xenomips.isa.Trait.READS_DESTINATION;
import static org.xenomips.isa.Trait.STORE;
import static org.xenomips.isa.Trait.TO_COPROCESSOR;
import static org.xenomips.isa.Trait.TRAP;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The instructions: one constant each, the only place where encodings, operands and properties are written down.
 *
 * <p>Pattern: 32 characters from bit 31 down, spaces aside; {@code 0} and {@code 1} are fixed, a letter belongs to the
 * {@link Operand} of that letter, {@code -} is ignored by the CPU (fields that "must be zero", stype, hints). Syntax: mnemonic,
 * then operand names. Level: where the instruction appeared. What an instruction does is found by
 * {@code org.xenomips.cpu.Executes}.
 *
 * @see "MIPS64 Architecture For Programmers Volume II; MIPS IV Instruction Set, Revision 3.2"
 */
// @formatter:off
public enum Op {
    /** Whatever is no instruction at the processor's level. MIPS64 Vol. II, Reserved Instruction. */
    RESERVED("------ ----- ----- ----- ----- ------", "reserved", MIPS1, MAY_TRAP, ENDS_BLOCK),

    // SPECIAL: shifts

    /** Shift word left logical; all zero is NOP, {@code sa} = 1 with $0 is SSNOP. MIPS64 Vol. II, SLL. */
    SLL("000000 ----- ttttt ddddd aaaaa 000000", "sll rd, rt, sa", MIPS1),
    /** Shift word right logical. MIPS64 Vol. II, SRL. */
    SRL("000000 ----- ttttt ddddd aaaaa 000010", "srl rd, rt, sa", MIPS1),
    /** Shift word right arithmetic. MIPS64 Vol. II, SRA. */
    SRA("000000 ----- ttttt ddddd aaaaa 000011", "sra rd, rt, sa", MIPS1),
    /** Shift word left logical by register. MIPS64 Vol. II, SLLV. */
    SLLV("000000 sssss ttttt ddddd ----- 000100", "sllv rd, rt, rs", MIPS1),
    /** Shift word right logical by register. MIPS64 Vol. II, SRLV. */
    SRLV("000000 sssss ttttt ddddd ----- 000110", "srlv rd, rt, rs", MIPS1),
    /** Shift word right arithmetic by register. MIPS64 Vol. II, SRAV. */
    SRAV("000000 sssss ttttt ddddd ----- 000111", "srav rd, rt, rs", MIPS1),
    /** Shift doubleword left logical by register. MIPS64 Vol. II, DSLLV. */
    DSLLV("000000 sssss ttttt ddddd ----- 010100", "dsllv rd, rt, rs", MIPS3, DOUBLEWORD),
    /** Shift doubleword right logical by register. MIPS64 Vol. II, DSRLV. */
    DSRLV("000000 sssss ttttt ddddd ----- 010110", "dsrlv rd, rt, rs", MIPS3, DOUBLEWORD),
    /** Shift doubleword right arithmetic by register. MIPS64 Vol. II, DSRAV. */
    DSRAV("000000 sssss ttttt ddddd ----- 010111", "dsrav rd, rt, rs", MIPS3, DOUBLEWORD),
    /** Shift doubleword left logical. MIPS64 Vol. II, DSLL. */
    DSLL("000000 ----- ttttt ddddd aaaaa 111000", "dsll rd, rt, sa", MIPS3, DOUBLEWORD),
    /** Shift doubleword right logical. MIPS64 Vol. II, DSRL. */
    DSRL("000000 ----- ttttt ddddd aaaaa 111010", "dsrl rd, rt, sa", MIPS3, DOUBLEWORD),
    /** Shift doubleword right arithmetic. MIPS64 Vol. II, DSRA. */
    DSRA("000000 ----- ttttt ddddd aaaaa 111011", "dsra rd, rt, sa", MIPS3, DOUBLEWORD),
    /** Shift doubleword left logical by {@code sa} + 32. MIPS64 Vol. II, DSLL32. */
    DSLL32("000000 ----- ttttt ddddd aaaaa 111100", "dsll32 rd, rt, sa", MIPS3, DOUBLEWORD),
    /** Shift doubleword right logical by {@code sa} + 32. MIPS64 Vol. II, DSRL32. */
    DSRL32("000000 ----- ttttt ddddd aaaaa 111110", "dsrl32 rd, rt, sa", MIPS3, DOUBLEWORD),
    /** Shift doubleword right arithmetic by {@code sa} + 32. MIPS64 Vol. II, DSRA32. */
    DSRA32("000000 ----- ttttt ddddd aaaaa 111111", "dsra32 rd, rt, sa", MIPS3, DOUBLEWORD),

    // SPECIAL: jumps, conditional moves, system

    /** Jump to register. MIPS64 Vol. II, JR. */
    JR("000000 sssss ----- ----- ----- 001000", "jr rs", MIPS1, JUMP, NO_RESULT),
    /** Jump to register and link. MIPS64 Vol. II, JALR. */
    JALR("000000 sssss ----- ddddd ----- 001001", "jalr rd, rs", MIPS1, JUMP, LINK),
    /** Move if the FP condition is false. MIPS64 Vol. II, MOVF. */
    MOVF("000000 sssss nnn-0 ddddd ----- 000001", "movf rd, rs, cc", MIPS4, COP1, READS_DESTINATION),
    /** Move if the FP condition is true. MIPS64 Vol. II, MOVT. */
    MOVT("000000 sssss nnn-1 ddddd ----- 000001", "movt rd, rs, cc", MIPS4, COP1, READS_DESTINATION),
    /** Move if {@code rt} is zero. MIPS64 Vol. II, MOVZ. */
    MOVZ("000000 sssss ttttt ddddd ----- 001010", "movz rd, rs, rt", MIPS4, READS_DESTINATION),
    /** Move if {@code rt} is not zero. MIPS64 Vol. II, MOVN. */
    MOVN("000000 sssss ttttt ddddd ----- 001011", "movn rd, rs, rt", MIPS4, READS_DESTINATION),
    /** System call exception. MIPS64 Vol. II, SYSCALL. */
    SYSCALL("000000 cccccccccccccccccccc 001100", "syscall code", MIPS1, MAY_TRAP, ENDS_BLOCK),
    /** Breakpoint exception. MIPS64 Vol. II, BREAK. */
    BREAK("000000 cccccccccccccccccccc 001101", "break code", MIPS1, MAY_TRAP, ENDS_BLOCK),
    /** Order loads and stores; every {@code stype} alike. MIPS64 Vol. II, SYNC. */
    SYNC("000000 ----- ----- ----- ----- 001111", "sync", MIPS2),

    // SPECIAL: HI and LO, multiply and divide

    /** Move from HI. MIPS64 Vol. II, MFHI. */
    MFHI("000000 ----- ----- ddddd ----- 010000", "mfhi rd", MIPS1),
    /** Move to HI. MIPS64 Vol. II, MTHI. */
    MTHI("000000 sssss ----- ----- ----- 010001", "mthi rs", MIPS1, NO_RESULT),
    /** Move from LO. MIPS64 Vol. II, MFLO. */
    MFLO("000000 ----- ----- ddddd ----- 010010", "mflo rd", MIPS1),
    /** Move to LO. MIPS64 Vol. II, MTLO. */
    MTLO("000000 sssss ----- ----- ----- 010011", "mtlo rs", MIPS1, NO_RESULT),
    /** Multiply words. MIPS64 Vol. II, MULT. */
    MULT("000000 sssss ttttt ----- ----- 011000", "mult rs, rt", MIPS1, NO_RESULT),
    /** Multiply unsigned words. MIPS64 Vol. II, MULTU. */
    MULTU("000000 sssss ttttt ----- ----- 011001", "multu rs, rt", MIPS1, NO_RESULT),
    /** Divide words; no exception on zero. MIPS64 Vol. II, DIV. */
    DIV("000000 sssss ttttt ----- ----- 011010", "div rs, rt", MIPS1, NO_RESULT),
    /** Divide unsigned words; no exception on zero. MIPS64 Vol. II, DIVU. */
    DIVU("000000 sssss ttttt ----- ----- 011011", "divu rs, rt", MIPS1, NO_RESULT),
    /** Multiply doublewords. MIPS64 Vol. II, DMULT. */
    DMULT("000000 sssss ttttt ----- ----- 011100", "dmult rs, rt", MIPS3, DOUBLEWORD, NO_RESULT),
    /** Multiply unsigned doublewords. MIPS64 Vol. II, DMULTU. */
    DMULTU("000000 sssss ttttt ----- ----- 011101", "dmultu rs, rt", MIPS3, DOUBLEWORD, NO_RESULT),
    /** Divide doublewords; no exception on zero. MIPS64 Vol. II, DDIV. */
    DDIV("000000 sssss ttttt ----- ----- 011110", "ddiv rs, rt", MIPS3, DOUBLEWORD, NO_RESULT),
    /** Divide unsigned doublewords; no exception on zero. MIPS64 Vol. II, DDIVU. */
    DDIVU("000000 sssss ttttt ----- ----- 011111", "ddivu rs, rt", MIPS3, DOUBLEWORD, NO_RESULT),

    // SPECIAL: arithmetic and logic

    /** Add words; overflow traps. MIPS64 Vol. II, ADD. */
    ADD("000000 sssss ttttt ddddd ----- 100000", "add rd, rs, rt", MIPS1, MAY_TRAP),
    /** Add words; no overflow trap. MIPS64 Vol. II, ADDU. */
    ADDU("000000 sssss ttttt ddddd ----- 100001", "addu rd, rs, rt", MIPS1),
    /** Subtract words; overflow traps. MIPS64 Vol. II, SUB. */
    SUB("000000 sssss ttttt ddddd ----- 100010", "sub rd, rs, rt", MIPS1, MAY_TRAP),
    /** Subtract words; no overflow trap. MIPS64 Vol. II, SUBU. */
    SUBU("000000 sssss ttttt ddddd ----- 100011", "subu rd, rs, rt", MIPS1),
    /** Bitwise and. MIPS64 Vol. II, AND. */
    AND("000000 sssss ttttt ddddd ----- 100100", "and rd, rs, rt", MIPS1),
    /** Bitwise or. MIPS64 Vol. II, OR. */
    OR("000000 sssss ttttt ddddd ----- 100101", "or rd, rs, rt", MIPS1),
    /** Bitwise exclusive or. MIPS64 Vol. II, XOR. */
    XOR("000000 sssss ttttt ddddd ----- 100110", "xor rd, rs, rt", MIPS1),
    /** Bitwise not or. MIPS64 Vol. II, NOR. */
    NOR("000000 sssss ttttt ddddd ----- 100111", "nor rd, rs, rt", MIPS1),
    /** Set on less than, signed, 64 bits. MIPS64 Vol. II, SLT. */
    SLT("000000 sssss ttttt ddddd ----- 101010", "slt rd, rs, rt", MIPS1),
    /** Set on less than, unsigned, 64 bits. MIPS64 Vol. II, SLTU. */
    SLTU("000000 sssss ttttt ddddd ----- 101011", "sltu rd, rs, rt", MIPS1),
    /** Add doublewords; overflow traps. MIPS64 Vol. II, DADD. */
    DADD("000000 sssss ttttt ddddd ----- 101100", "dadd rd, rs, rt", MIPS3, DOUBLEWORD, MAY_TRAP),
    /** Add doublewords; no overflow trap. MIPS64 Vol. II, DADDU. */
    DADDU("000000 sssss ttttt ddddd ----- 101101", "daddu rd, rs, rt", MIPS3, DOUBLEWORD),
    /** Subtract doublewords; overflow traps. MIPS64 Vol. II, DSUB. */
    DSUB("000000 sssss ttttt ddddd ----- 101110", "dsub rd, rs, rt", MIPS3, DOUBLEWORD, MAY_TRAP),
    /** Subtract doublewords; no overflow trap. MIPS64 Vol. II, DSUBU. */
    DSUBU("000000 sssss ttttt ddddd ----- 101111", "dsubu rd, rs, rt", MIPS3, DOUBLEWORD),

    // SPECIAL: traps

    /** Trap if greater or equal, signed. MIPS64 Vol. II, TGE. */
    TGE("000000 sssss ttttt qqqqqqqqqq 110000", "tge rs, rt, code", MIPS2, TRAP, MAY_TRAP),
    /** Trap if greater or equal, unsigned. MIPS64 Vol. II, TGEU. */
    TGEU("000000 sssss ttttt qqqqqqqqqq 110001", "tgeu rs, rt, code", MIPS2, TRAP, MAY_TRAP),
    /** Trap if less than, signed. MIPS64 Vol. II, TLT. */
    TLT("000000 sssss ttttt qqqqqqqqqq 110010", "tlt rs, rt, code", MIPS2, TRAP, MAY_TRAP),
    /** Trap if less than, unsigned. MIPS64 Vol. II, TLTU. */
    TLTU("000000 sssss ttttt qqqqqqqqqq 110011", "tltu rs, rt, code", MIPS2, TRAP, MAY_TRAP),
    /** Trap if equal. MIPS64 Vol. II, TEQ. */
    TEQ("000000 sssss ttttt qqqqqqqqqq 110100", "teq rs, rt, code", MIPS2, TRAP, MAY_TRAP),
    /** Trap if not equal. MIPS64 Vol. II, TNE. */
    TNE("000000 sssss ttttt qqqqqqqqqq 110110", "tne rs, rt, code", MIPS2, TRAP, MAY_TRAP),

    // REGIMM

    /** Branch if less than zero. MIPS64 Vol. II, BLTZ. */
    BLTZ("000001 sssss 00000 iiiiiiiiiiiiiiii", "bltz rs, branch", MIPS1, BRANCH),
    /** Branch if greater than or equal to zero. MIPS64 Vol. II, BGEZ. */
    BGEZ("000001 sssss 00001 iiiiiiiiiiiiiiii", "bgez rs, branch", MIPS1, BRANCH),
    /** Branch likely if less than zero. MIPS64 Vol. II, BLTZL. */
    BLTZL("000001 sssss 00010 iiiiiiiiiiiiiiii", "bltzl rs, branch", MIPS2, BRANCH, LIKELY),
    /** Branch likely if greater than or equal to zero. MIPS64 Vol. II, BGEZL. */
    BGEZL("000001 sssss 00011 iiiiiiiiiiiiiiii", "bgezl rs, branch", MIPS2, BRANCH, LIKELY),
    /** Trap if greater than or equal to immediate, signed. MIPS64 Vol. II, TGEI. */
    TGEI("000001 sssss 01000 iiiiiiiiiiiiiiii", "tgei rs, simm", MIPS2, TRAP, MAY_TRAP),
    /** Trap if greater than or equal to sign-extended immediate, unsigned. MIPS64 Vol. II, TGEIU. */
    TGEIU("000001 sssss 01001 iiiiiiiiiiiiiiii", "tgeiu rs, simm", MIPS2, TRAP, MAY_TRAP),
    /** Trap if less than immediate, signed. MIPS64 Vol. II, TLTI. */
    TLTI("000001 sssss 01010 iiiiiiiiiiiiiiii", "tlti rs, simm", MIPS2, TRAP, MAY_TRAP),
    /** Trap if less than sign-extended immediate, unsigned. MIPS64 Vol. II, TLTIU. */
    TLTIU("000001 sssss 01011 iiiiiiiiiiiiiiii", "tltiu rs, simm", MIPS2, TRAP, MAY_TRAP),
    /** Trap if equal to immediate. MIPS64 Vol. II, TEQI. */
    TEQI("000001 sssss 01100 iiiiiiiiiiiiiiii", "teqi rs, simm", MIPS2, TRAP, MAY_TRAP),
    /** Trap if not equal to immediate. MIPS64 Vol. II, TNEI. */
    TNEI("000001 sssss 01110 iiiiiiiiiiiiiiii", "tnei rs, simm", MIPS2, TRAP, MAY_TRAP),
    /** Branch if less than zero; links in both cases. MIPS64 Vol. II, BLTZAL. */
    BLTZAL("000001 sssss 10000 iiiiiiiiiiiiiiii", "bltzal rs, branch", MIPS1, BRANCH, LINK),
    /** Branch if greater than or equal to zero; links in both cases. MIPS64 Vol. II, BGEZAL. */
    BGEZAL("000001 sssss 10001 iiiiiiiiiiiiiiii", "bgezal rs, branch", MIPS1, BRANCH, LINK),
    /** Branch likely if less than zero; links in both cases. MIPS64 Vol. II, BLTZALL. */
    BLTZALL("000001 sssss 10010 iiiiiiiiiiiiiiii", "bltzall rs, branch", MIPS2, BRANCH, LIKELY, LINK),
    /** Branch likely if greater than or equal to zero; links in both cases. MIPS64 Vol. II, BGEZALL. */
    BGEZALL("000001 sssss 10011 iiiiiiiiiiiiiiii", "bgezall rs, branch", MIPS2, BRANCH, LIKELY, LINK),

    // Jumps and branches

    /** Jump within the 256 MB region of the delay slot. MIPS64 Vol. II, J. */
    J("000010 jjjjjjjjjjjjjjjjjjjjjjjjjj", "j target", MIPS1, JUMP),
    /** Jump and link within the 256 MB region of the delay slot. MIPS64 Vol. II, JAL. */
    JAL("000011 jjjjjjjjjjjjjjjjjjjjjjjjjj", "jal target", MIPS1, JUMP, LINK),
    /** Branch if equal. MIPS64 Vol. II, BEQ. */
    BEQ("000100 sssss ttttt iiiiiiiiiiiiiiii", "beq rs, rt, branch", MIPS1, BRANCH),
    /** Branch if not equal. MIPS64 Vol. II, BNE. */
    BNE("000101 sssss ttttt iiiiiiiiiiiiiiii", "bne rs, rt, branch", MIPS1, BRANCH),
    /** Branch if less than or equal to zero. MIPS64 Vol. II, BLEZ. */
    BLEZ("000110 sssss ----- iiiiiiiiiiiiiiii", "blez rs, branch", MIPS1, BRANCH),
    /** Branch if greater than zero. MIPS64 Vol. II, BGTZ. */
    BGTZ("000111 sssss ----- iiiiiiiiiiiiiiii", "bgtz rs, branch", MIPS1, BRANCH),
    /** Branch likely if equal. MIPS64 Vol. II, BEQL. */
    BEQL("010100 sssss ttttt iiiiiiiiiiiiiiii", "beql rs, rt, branch", MIPS2, BRANCH, LIKELY),
    /** Branch likely if not equal. MIPS64 Vol. II, BNEL. */
    BNEL("010101 sssss ttttt iiiiiiiiiiiiiiii", "bnel rs, rt, branch", MIPS2, BRANCH, LIKELY),
    /** Branch likely if less than or equal to zero. MIPS64 Vol. II, BLEZL. */
    BLEZL("010110 sssss ----- iiiiiiiiiiiiiiii", "blezl rs, branch", MIPS2, BRANCH, LIKELY),
    /** Branch likely if greater than zero. MIPS64 Vol. II, BGTZL. */
    BGTZL("010111 sssss ----- iiiiiiiiiiiiiiii", "bgtzl rs, branch", MIPS2, BRANCH, LIKELY),

    // Immediate arithmetic and logic

    /** Add immediate word; overflow traps. MIPS64 Vol. II, ADDI. */
    ADDI("001000 sssss ttttt iiiiiiiiiiiiiiii", "addi rt, rs, simm", MIPS1, MAY_TRAP),
    /** Add immediate word; no overflow trap. MIPS64 Vol. II, ADDIU. */
    ADDIU("001001 sssss ttttt iiiiiiiiiiiiiiii", "addiu rt, rs, simm", MIPS1),
    /** Set on less than immediate, signed, 64 bits. MIPS64 Vol. II, SLTI. */
    SLTI("001010 sssss ttttt iiiiiiiiiiiiiiii", "slti rt, rs, simm", MIPS1),
    /** Set on less than sign-extended immediate, unsigned, 64 bits. MIPS64 Vol. II, SLTIU. */
    SLTIU("001011 sssss ttttt iiiiiiiiiiiiiiii", "sltiu rt, rs, simm", MIPS1),
    /** And with zero-extended immediate. MIPS64 Vol. II, ANDI. */
    ANDI("001100 sssss ttttt iiiiiiiiiiiiiiii", "andi rt, rs, uimm", MIPS1),
    /** Or with zero-extended immediate. MIPS64 Vol. II, ORI. */
    ORI("001101 sssss ttttt iiiiiiiiiiiiiiii", "ori rt, rs, uimm", MIPS1),
    /** Exclusive or with zero-extended immediate. MIPS64 Vol. II, XORI. */
    XORI("001110 sssss ttttt iiiiiiiiiiiiiiii", "xori rt, rs, uimm", MIPS1),
    /** Load upper immediate, sign-extended to 64 bits. MIPS64 Vol. II, LUI. */
    LUI("001111 ----- ttttt iiiiiiiiiiiiiiii", "lui rt, uimm", MIPS1),
    /** Add immediate doubleword; overflow traps. MIPS64 Vol. II, DADDI. */
    DADDI("011000 sssss ttttt iiiiiiiiiiiiiiii", "daddi rt, rs, simm", MIPS3, DOUBLEWORD, MAY_TRAP),
    /** Add immediate doubleword; no overflow trap. MIPS64 Vol. II, DADDIU. */
    DADDIU("011001 sssss ttttt iiiiiiiiiiiiiiii", "daddiu rt, rs, simm", MIPS3, DOUBLEWORD),

    // Coprocessor 0

    /** Move word from coprocessor 0; processors before MIPS64 know {@code sel} = 0 only. MIPS64 Vol. II, MFC0. */
    MFC0("010000 00000 ttttt ggggg ----- ---eee", "mfc0 rt, rd, sel", MIPS1, COP0),
    /** Move doubleword from coprocessor 0. MIPS64 Vol. II, DMFC0. */
    DMFC0("010000 00001 ttttt ggggg ----- ---eee", "dmfc0 rt, rd, sel", MIPS3, COP0, DOUBLEWORD),
    /** Move word from coprocessor 0, register set 1. QED RM7000 User Manual, CFC0. */
    CFC0("010000 00010 ttttt GGGGG ----- ------", "cfc0 rt, rd", RM7000, COP0),
    /** Move word to coprocessor 0. MIPS64 Vol. II, MTC0. */
    MTC0("010000 00100 ttttt ggggg ----- ---eee", "mtc0 rt, rd, sel", MIPS1, COP0, TO_COPROCESSOR, CHANGES_MODE),
    /** Move doubleword to coprocessor 0. MIPS64 Vol. II, DMTC0. */
    DMTC0("010000 00101 ttttt ggggg ----- ---eee", "dmtc0 rt, rd, sel", MIPS3,
            COP0, TO_COPROCESSOR, CHANGES_MODE, DOUBLEWORD),
    /** Move word to coprocessor 0, register set 1. QED RM7000 User Manual, CTC0. */
    CTC0("010000 00110 ttttt GGGGG ----- ------", "ctc0 rt, rd", RM7000, COP0, TO_COPROCESSOR, CHANGES_MODE),
    /** Read the TLB entry at Index. MIPS64 Vol. II, TLBR. */
    TLBR("010000 1---- ----- ----- ----- 000001", "tlbr", MIPS1, COP0),
    /** Write the TLB entry at Index. MIPS64 Vol. II, TLBWI. */
    TLBWI("010000 1---- ----- ----- ----- 000010", "tlbwi", MIPS1, COP0, CHANGES_MODE),
    /** Write the TLB entry at Random. MIPS64 Vol. II, TLBWR. */
    TLBWR("010000 1---- ----- ----- ----- 000110", "tlbwr", MIPS1, COP0, CHANGES_MODE),
    /** Probe the TLB for the entry that matches EntryHi. MIPS64 Vol. II, TLBP. */
    TLBP("010000 1---- ----- ----- ----- 001000", "tlbp", MIPS1, COP0),
    /** Return from exception; no delay slot. MIPS64 Vol. II, ERET. */
    ERET("010000 1---- ----- ----- ----- 011000", "eret", MIPS3, COP0, CHANGES_MODE, ENDS_BLOCK),
    /** Return from debug exception; no delay slot. MIPS64 Vol. II, DERET. */
    DERET("010000 1---- ----- ----- ----- 011111", "deret", MIPS64, COP0, CHANGES_MODE, ENDS_BLOCK),
    /** Wait for an interrupt; every code alike. MIPS64 Vol. II, WAIT. */
    WAIT("010000 1---- ----- ----- ----- 100000", "wait", MIPS3, COP0, ENDS_BLOCK),
    /** Cache operation. MIPS64 Vol. II, CACHE. */
    CACHE("101111 bbbbb ooooo iiiiiiiiiiiiiiii", "cache op, simm(base)", MIPS3, COP0, MAY_TRAP),

    // Coprocessor 2, which no processor of the 7200 has

    /** Any operation of coprocessor 2. MIPS64 Vol. II, COP2. */
    COP2_OPERATION("010010 vvvvvvvvvvvvvvvvvvvvvvvvvv", "cop2 cofun", MIPS1, COP2, MAY_TRAP, NO_RESULT),
    /** Load word to coprocessor 2. MIPS64 Vol. II, LWC2. */
    LWC2("110010 bbbbb uuuuu iiiiiiiiiiiiiiii", "lwc2 rt, simm(base)", MIPS1, COP2, MAY_TRAP),
    /** Load doubleword to coprocessor 2. MIPS64 Vol. II, LDC2. */
    LDC2("110110 bbbbb uuuuu iiiiiiiiiiiiiiii", "ldc2 rt, simm(base)", MIPS2, COP2, MAY_TRAP),
    /** Store word from coprocessor 2. MIPS64 Vol. II, SWC2. */
    SWC2("111010 bbbbb uuuuu iiiiiiiiiiiiiiii", "swc2 rt, simm(base)", MIPS1, COP2, MAY_TRAP, NO_RESULT),
    /** Store doubleword from coprocessor 2. MIPS64 Vol. II, SDC2. */
    SDC2("111110 bbbbb uuuuu iiiiiiiiiiiiiiii", "sdc2 rt, simm(base)", MIPS2, COP2, MAY_TRAP, NO_RESULT),

    // SPECIAL2: RM52xx extensions and MIPS64

    /** Multiply words and add to HI:LO. QED RM5200 Family User Manual, MAD. */
    MAD("011100 sssss ttttt ----- ----- 000000", "mad rs, rt", RM52XX, NO_RESULT),
    /** Multiply unsigned words and add to HI:LO. QED RM5200 Family User Manual, MADU. */
    MADU("011100 sssss ttttt ----- ----- 000001", "madu rs, rt", RM52XX, NO_RESULT),
    /** Multiply words and add to HI:LO. MIPS64 Vol. II, MADD. */
    MADD("011100 sssss ttttt ----- ----- 000000", "madd rs, rt", MIPS64, NO_RESULT),
    /** Multiply unsigned words and add to HI:LO. MIPS64 Vol. II, MADDU. */
    MADDU("011100 sssss ttttt ----- ----- 000001", "maddu rs, rt", MIPS64, NO_RESULT),
    /** Multiply words to a general register; HI and LO stay. MIPS64 Vol. II, MUL. */
    MUL("011100 sssss ttttt ddddd ----- 000010", "mul rd, rs, rt", RM52XX, ALSO_MIPS64),
    /** Multiply words and subtract from HI:LO. MIPS64 Vol. II, MSUB. */
    MSUB("011100 sssss ttttt ----- ----- 000100", "msub rs, rt", MIPS64, NO_RESULT),
    /** Multiply unsigned words and subtract from HI:LO. MIPS64 Vol. II, MSUBU. */
    MSUBU("011100 sssss ttttt ----- ----- 000101", "msubu rs, rt", MIPS64, NO_RESULT),
    /** Count leading zeros in word. MIPS64 Vol. II, CLZ. */
    CLZ("011100 sssss ----- ddddd ----- 100000", "clz rd, rs", MIPS64),
    /** Count leading ones in word. MIPS64 Vol. II, CLO. */
    CLO("011100 sssss ----- ddddd ----- 100001", "clo rd, rs", MIPS64),
    /** Count leading zeros in doubleword. MIPS64 Vol. II, DCLZ. */
    DCLZ("011100 sssss ----- ddddd ----- 100100", "dclz rd, rs", MIPS64, DOUBLEWORD),
    /** Count leading ones in doubleword. MIPS64 Vol. II, DCLO. */
    DCLO("011100 sssss ----- ddddd ----- 100101", "dclo rd, rs", MIPS64, DOUBLEWORD),
    /** Software debug breakpoint. MIPS64 Vol. II, SDBBP. */
    SDBBP("011100 cccccccccccccccccccc 111111", "sdbbp code", MIPS64, MAY_TRAP, ENDS_BLOCK),

    // Loads and stores

    /** Load doubleword left. MIPS64 Vol. II, LDL. */
    LDL("011010 bbbbb ttttt iiiiiiiiiiiiiiii", "ldl rt, simm(base)", MIPS3,
            DOUBLEWORD, LOAD, MAY_TRAP, READS_DESTINATION),
    /** Load doubleword right. MIPS64 Vol. II, LDR. */
    LDR("011011 bbbbb ttttt iiiiiiiiiiiiiiii", "ldr rt, simm(base)", MIPS3,
            DOUBLEWORD, LOAD, MAY_TRAP, READS_DESTINATION),
    /** Load byte, sign-extended. MIPS64 Vol. II, LB. */
    LB("100000 bbbbb ttttt iiiiiiiiiiiiiiii", "lb rt, simm(base)", MIPS1, LOAD, MAY_TRAP),
    /** Load halfword, sign-extended. MIPS64 Vol. II, LH. */
    LH("100001 bbbbb ttttt iiiiiiiiiiiiiiii", "lh rt, simm(base)", MIPS1, LOAD, MAY_TRAP),
    /** Load word left. MIPS64 Vol. II, LWL. */
    LWL("100010 bbbbb ttttt iiiiiiiiiiiiiiii", "lwl rt, simm(base)", MIPS1, LOAD, MAY_TRAP, READS_DESTINATION),
    /** Load word, sign-extended. MIPS64 Vol. II, LW. */
    LW("100011 bbbbb ttttt iiiiiiiiiiiiiiii", "lw rt, simm(base)", MIPS1, LOAD, MAY_TRAP),
    /** Load byte, zero-extended. MIPS64 Vol. II, LBU. */
    LBU("100100 bbbbb ttttt iiiiiiiiiiiiiiii", "lbu rt, simm(base)", MIPS1, LOAD, MAY_TRAP),
    /** Load halfword, zero-extended. MIPS64 Vol. II, LHU. */
    LHU("100101 bbbbb ttttt iiiiiiiiiiiiiiii", "lhu rt, simm(base)", MIPS1, LOAD, MAY_TRAP),
    /** Load word right. MIPS64 Vol. II, LWR. */
    LWR("100110 bbbbb ttttt iiiiiiiiiiiiiiii", "lwr rt, simm(base)", MIPS1, LOAD, MAY_TRAP, READS_DESTINATION),
    /** Load word, zero-extended. MIPS64 Vol. II, LWU. */
    LWU("100111 bbbbb ttttt iiiiiiiiiiiiiiii", "lwu rt, simm(base)", MIPS3, DOUBLEWORD, LOAD, MAY_TRAP),
    /** Store byte. MIPS64 Vol. II, SB. */
    SB("101000 bbbbb ttttt iiiiiiiiiiiiiiii", "sb rt, simm(base)", MIPS1, STORE, MAY_TRAP),
    /** Store halfword. MIPS64 Vol. II, SH. */
    SH("101001 bbbbb ttttt iiiiiiiiiiiiiiii", "sh rt, simm(base)", MIPS1, STORE, MAY_TRAP),
    /** Store word left. MIPS64 Vol. II, SWL. */
    SWL("101010 bbbbb ttttt iiiiiiiiiiiiiiii", "swl rt, simm(base)", MIPS1, STORE, MAY_TRAP),
    /** Store word. MIPS64 Vol. II, SW. */
    SW("101011 bbbbb ttttt iiiiiiiiiiiiiiii", "sw rt, simm(base)", MIPS1, STORE, MAY_TRAP),
    /** Store doubleword left. MIPS64 Vol. II, SDL. */
    SDL("101100 bbbbb ttttt iiiiiiiiiiiiiiii", "sdl rt, simm(base)", MIPS3, DOUBLEWORD, STORE, MAY_TRAP),
    /** Store doubleword right. MIPS64 Vol. II, SDR. */
    SDR("101101 bbbbb ttttt iiiiiiiiiiiiiiii", "sdr rt, simm(base)", MIPS3, DOUBLEWORD, STORE, MAY_TRAP),
    /** Store word right. MIPS64 Vol. II, SWR. */
    SWR("101110 bbbbb ttttt iiiiiiiiiiiiiiii", "swr rt, simm(base)", MIPS1, STORE, MAY_TRAP),
    /** Load linked word. MIPS64 Vol. II, LL. */
    LL("110000 bbbbb ttttt iiiiiiiiiiiiiiii", "ll rt, simm(base)", MIPS2, LOAD, LINKED, MAY_TRAP),
    /** Prefetch; never faults. MIPS64 Vol. II, PREF. */
    PREF("110011 bbbbb hhhhh iiiiiiiiiiiiiiii", "pref hint, simm(base)", MIPS4),
    /** Load linked doubleword. MIPS64 Vol. II, LLD. */
    LLD("110100 bbbbb ttttt iiiiiiiiiiiiiiii", "lld rt, simm(base)", MIPS3, DOUBLEWORD, LOAD, LINKED, MAY_TRAP),
    /** Load doubleword. MIPS64 Vol. II, LD. */
    LD("110111 bbbbb ttttt iiiiiiiiiiiiiiii", "ld rt, simm(base)", MIPS3, DOUBLEWORD, LOAD, MAY_TRAP),
    /** Store conditional word; {@code rt} becomes 1 or 0. MIPS64 Vol. II, SC. */
    SC("111000 bbbbb ttttt iiiiiiiiiiiiiiii", "sc rt, simm(base)", MIPS2, STORE, LINKED, MAY_TRAP, READS_DESTINATION),
    /** Store conditional doubleword; {@code rt} becomes 1 or 0. MIPS64 Vol. II, SCD. */
    SCD("111100 bbbbb ttttt iiiiiiiiiiiiiiii", "scd rt, simm(base)", MIPS3,
            DOUBLEWORD, STORE, LINKED, MAY_TRAP, READS_DESTINATION),
    /** Store doubleword. MIPS64 Vol. II, SD. */
    SD("111111 bbbbb ttttt iiiiiiiiiiiiiiii", "sd rt, simm(base)", MIPS3, DOUBLEWORD, STORE, MAY_TRAP),

    // Coprocessor 1: loads, stores, moves, branches

    /** Load word to FPR. MIPS64 Vol. II, LWC1. */
    LWC1("110001 bbbbb TTTTT iiiiiiiiiiiiiiii", "lwc1 ft, simm(base)", MIPS1, COP1, LOAD, MAY_TRAP),
    /** Load doubleword to FPR. MIPS64 Vol. II, LDC1. */
    LDC1("110101 bbbbb TTTTT iiiiiiiiiiiiiiii", "ldc1 ft, simm(base)", MIPS2, COP1, LOAD, MAY_TRAP),
    /** Store word from FPR. MIPS64 Vol. II, SWC1. */
    SWC1("111001 bbbbb TTTTT iiiiiiiiiiiiiiii", "swc1 ft, simm(base)", MIPS1, COP1, STORE, MAY_TRAP),
    /** Store doubleword from FPR. MIPS64 Vol. II, SDC1. */
    SDC1("111101 bbbbb TTTTT iiiiiiiiiiiiiiii", "sdc1 ft, simm(base)", MIPS2, COP1, STORE, MAY_TRAP),
    /** Move word from FPR. MIPS64 Vol. II, MFC1. */
    MFC1("010001 00000 ttttt SSSSS ----- ------", "mfc1 rt, fs", MIPS1, COP1),
    /** Move doubleword from FPR. MIPS64 Vol. II, DMFC1. */
    DMFC1("010001 00001 ttttt SSSSS ----- ------", "dmfc1 rt, fs", MIPS3, COP1, DOUBLEWORD),
    /** Move word from FPU control register. MIPS64 Vol. II, CFC1. */
    CFC1("010001 00010 ttttt fffff ----- ------", "cfc1 rt, fs", MIPS1, COP1),
    /** Move word to FPR. MIPS64 Vol. II, MTC1. */
    MTC1("010001 00100 ttttt SSSSS ----- ------", "mtc1 rt, fs", MIPS1, COP1, TO_COPROCESSOR),
    /** Move doubleword to FPR. MIPS64 Vol. II, DMTC1. */
    DMTC1("010001 00101 ttttt SSSSS ----- ------", "dmtc1 rt, fs", MIPS3, COP1, DOUBLEWORD, TO_COPROCESSOR),
    /** Move word to FPU control register; a cause bit that is enabled traps. MIPS64 Vol. II, CTC1. */
    CTC1("010001 00110 ttttt fffff ----- ------", "ctc1 rt, fs", MIPS1, COP1, TO_COPROCESSOR, MAY_TRAP),
    /** Branch if the FP condition is false. MIPS64 Vol. II, BC1F. */
    BC1F("010001 01000 nnn00 iiiiiiiiiiiiiiii", "bc1f cc, branch", MIPS1, COP1, BRANCH),
    /** Branch if the FP condition is true. MIPS64 Vol. II, BC1T. */
    BC1T("010001 01000 nnn01 iiiiiiiiiiiiiiii", "bc1t cc, branch", MIPS1, COP1, BRANCH),
    /** Branch likely if the FP condition is false. MIPS64 Vol. II, BC1FL. */
    BC1FL("010001 01000 nnn10 iiiiiiiiiiiiiiii", "bc1fl cc, branch", MIPS2, COP1, BRANCH, LIKELY),
    /** Branch likely if the FP condition is true. MIPS64 Vol. II, BC1TL. */
    BC1TL("010001 01000 nnn11 iiiiiiiiiiiiiiii", "bc1tl cc, branch", MIPS2, COP1, BRANCH, LIKELY),

    // Coprocessor 1: arithmetic

    /** Add, single. MIPS64 Vol. II, ADD.fmt. */
    ADD_S("010001 10000 TTTTT SSSSS DDDDD 000000", "add.s fd, fs, ft", MIPS1, COP1, MAY_TRAP),
    /** Add, double. MIPS64 Vol. II, ADD.fmt. */
    ADD_D("010001 10001 TTTTT SSSSS DDDDD 000000", "add.d fd, fs, ft", MIPS1, COP1, MAY_TRAP),
    /** Subtract, single. MIPS64 Vol. II, SUB.fmt. */
    SUB_S("010001 10000 TTTTT SSSSS DDDDD 000001", "sub.s fd, fs, ft", MIPS1, COP1, MAY_TRAP),
    /** Subtract, double. MIPS64 Vol. II, SUB.fmt. */
    SUB_D("010001 10001 TTTTT SSSSS DDDDD 000001", "sub.d fd, fs, ft", MIPS1, COP1, MAY_TRAP),
    /** Multiply, single. MIPS64 Vol. II, MUL.fmt. */
    MUL_S("010001 10000 TTTTT SSSSS DDDDD 000010", "mul.s fd, fs, ft", MIPS1, COP1, MAY_TRAP),
    /** Multiply, double. MIPS64 Vol. II, MUL.fmt. */
    MUL_D("010001 10001 TTTTT SSSSS DDDDD 000010", "mul.d fd, fs, ft", MIPS1, COP1, MAY_TRAP),
    /** Divide, single. MIPS64 Vol. II, DIV.fmt. */
    DIV_S("010001 10000 TTTTT SSSSS DDDDD 000011", "div.s fd, fs, ft", MIPS1, COP1, MAY_TRAP),
    /** Divide, double. MIPS64 Vol. II, DIV.fmt. */
    DIV_D("010001 10001 TTTTT SSSSS DDDDD 000011", "div.d fd, fs, ft", MIPS1, COP1, MAY_TRAP),
    /** Square root, single. MIPS64 Vol. II, SQRT.fmt. */
    SQRT_S("010001 10000 ----- SSSSS DDDDD 000100", "sqrt.s fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Square root, double. MIPS64 Vol. II, SQRT.fmt. */
    SQRT_D("010001 10001 ----- SSSSS DDDDD 000100", "sqrt.d fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Absolute value, single. MIPS64 Vol. II, ABS.fmt. */
    ABS_S("010001 10000 ----- SSSSS DDDDD 000101", "abs.s fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Absolute value, double. MIPS64 Vol. II, ABS.fmt. */
    ABS_D("010001 10001 ----- SSSSS DDDDD 000101", "abs.d fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Move, single; not arithmetic. MIPS64 Vol. II, MOV.fmt. */
    MOV_S("010001 10000 ----- SSSSS DDDDD 000110", "mov.s fd, fs", MIPS1, COP1),
    /** Move, double; not arithmetic. MIPS64 Vol. II, MOV.fmt. */
    MOV_D("010001 10001 ----- SSSSS DDDDD 000110", "mov.d fd, fs", MIPS1, COP1),
    /** Negate, single. MIPS64 Vol. II, NEG.fmt. */
    NEG_S("010001 10000 ----- SSSSS DDDDD 000111", "neg.s fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Negate, double. MIPS64 Vol. II, NEG.fmt. */
    NEG_D("010001 10001 ----- SSSSS DDDDD 000111", "neg.d fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Reciprocal approximation, single. MIPS64 Vol. II, RECIP.fmt. */
    RECIP_S("010001 10000 ----- SSSSS DDDDD 010101", "recip.s fd, fs", MIPS4, COP1, MAY_TRAP),
    /** Reciprocal approximation, double. MIPS64 Vol. II, RECIP.fmt. */
    RECIP_D("010001 10001 ----- SSSSS DDDDD 010101", "recip.d fd, fs", MIPS4, COP1, MAY_TRAP),
    /** Reciprocal square root approximation, single. MIPS64 Vol. II, RSQRT.fmt. */
    RSQRT_S("010001 10000 ----- SSSSS DDDDD 010110", "rsqrt.s fd, fs", MIPS4, COP1, MAY_TRAP),
    /** Reciprocal square root approximation, double. MIPS64 Vol. II, RSQRT.fmt. */
    RSQRT_D("010001 10001 ----- SSSSS DDDDD 010110", "rsqrt.d fd, fs", MIPS4, COP1, MAY_TRAP),

    // Coprocessor 1: conversions

    /** Round to nearest to longword, single. MIPS64 Vol. II, ROUND.L.fmt. */
    ROUND_L_S("010001 10000 ----- SSSSS DDDDD 001000", "round.l.s fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Round to nearest to longword, double. MIPS64 Vol. II, ROUND.L.fmt. */
    ROUND_L_D("010001 10001 ----- SSSSS DDDDD 001000", "round.l.d fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Round toward zero to longword, single. MIPS64 Vol. II, TRUNC.L.fmt. */
    TRUNC_L_S("010001 10000 ----- SSSSS DDDDD 001001", "trunc.l.s fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Round toward zero to longword, double. MIPS64 Vol. II, TRUNC.L.fmt. */
    TRUNC_L_D("010001 10001 ----- SSSSS DDDDD 001001", "trunc.l.d fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Round up to longword, single. MIPS64 Vol. II, CEIL.L.fmt. */
    CEIL_L_S("010001 10000 ----- SSSSS DDDDD 001010", "ceil.l.s fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Round up to longword, double. MIPS64 Vol. II, CEIL.L.fmt. */
    CEIL_L_D("010001 10001 ----- SSSSS DDDDD 001010", "ceil.l.d fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Round down to longword, single. MIPS64 Vol. II, FLOOR.L.fmt. */
    FLOOR_L_S("010001 10000 ----- SSSSS DDDDD 001011", "floor.l.s fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Round down to longword, double. MIPS64 Vol. II, FLOOR.L.fmt. */
    FLOOR_L_D("010001 10001 ----- SSSSS DDDDD 001011", "floor.l.d fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Round to nearest to word, single. MIPS64 Vol. II, ROUND.W.fmt. */
    ROUND_W_S("010001 10000 ----- SSSSS DDDDD 001100", "round.w.s fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Round to nearest to word, double. MIPS64 Vol. II, ROUND.W.fmt. */
    ROUND_W_D("010001 10001 ----- SSSSS DDDDD 001100", "round.w.d fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Round toward zero to word, single. MIPS64 Vol. II, TRUNC.W.fmt. */
    TRUNC_W_S("010001 10000 ----- SSSSS DDDDD 001101", "trunc.w.s fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Round toward zero to word, double. MIPS64 Vol. II, TRUNC.W.fmt. */
    TRUNC_W_D("010001 10001 ----- SSSSS DDDDD 001101", "trunc.w.d fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Round up to word, single. MIPS64 Vol. II, CEIL.W.fmt. */
    CEIL_W_S("010001 10000 ----- SSSSS DDDDD 001110", "ceil.w.s fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Round up to word, double. MIPS64 Vol. II, CEIL.W.fmt. */
    CEIL_W_D("010001 10001 ----- SSSSS DDDDD 001110", "ceil.w.d fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Round down to word, single. MIPS64 Vol. II, FLOOR.W.fmt. */
    FLOOR_W_S("010001 10000 ----- SSSSS DDDDD 001111", "floor.w.s fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Round down to word, double. MIPS64 Vol. II, FLOOR.W.fmt. */
    FLOOR_W_D("010001 10001 ----- SSSSS DDDDD 001111", "floor.w.d fd, fs", MIPS2, COP1, MAY_TRAP),
    /** Convert to single, double. MIPS64 Vol. II, CVT.S.fmt. */
    CVT_S_D("010001 10001 ----- SSSSS DDDDD 100000", "cvt.s.d fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Convert to single, word. MIPS64 Vol. II, CVT.S.fmt. */
    CVT_S_W("010001 10100 ----- SSSSS DDDDD 100000", "cvt.s.w fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Convert to single, longword. MIPS64 Vol. II, CVT.S.fmt. */
    CVT_S_L("010001 10101 ----- SSSSS DDDDD 100000", "cvt.s.l fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Convert to double, single. MIPS64 Vol. II, CVT.D.fmt. */
    CVT_D_S("010001 10000 ----- SSSSS DDDDD 100001", "cvt.d.s fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Convert to double, word. MIPS64 Vol. II, CVT.D.fmt. */
    CVT_D_W("010001 10100 ----- SSSSS DDDDD 100001", "cvt.d.w fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Convert to double, longword. MIPS64 Vol. II, CVT.D.fmt. */
    CVT_D_L("010001 10101 ----- SSSSS DDDDD 100001", "cvt.d.l fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Convert to word, single. MIPS64 Vol. II, CVT.W.fmt. */
    CVT_W_S("010001 10000 ----- SSSSS DDDDD 100100", "cvt.w.s fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Convert to word, double. MIPS64 Vol. II, CVT.W.fmt. */
    CVT_W_D("010001 10001 ----- SSSSS DDDDD 100100", "cvt.w.d fd, fs", MIPS1, COP1, MAY_TRAP),
    /** Convert to longword, single. MIPS64 Vol. II, CVT.L.fmt. */
    CVT_L_S("010001 10000 ----- SSSSS DDDDD 100101", "cvt.l.s fd, fs", MIPS3, COP1, MAY_TRAP),
    /** Convert to longword, double. MIPS64 Vol. II, CVT.L.fmt. */
    CVT_L_D("010001 10001 ----- SSSSS DDDDD 100101", "cvt.l.d fd, fs", MIPS3, COP1, MAY_TRAP),

    // Coprocessor 1: conditional moves and compares

    /** Move if the FP condition is false, single. MIPS64 Vol. II, MOVF.fmt. */
    MOVF_S("010001 10000 nnn-0 SSSSS DDDDD 010001", "movf.s fd, fs, cc", MIPS4, COP1, READS_DESTINATION),
    /** Move if the FP condition is true, single. MIPS64 Vol. II, MOVT.fmt. */
    MOVT_S("010001 10000 nnn-1 SSSSS DDDDD 010001", "movt.s fd, fs, cc", MIPS4, COP1, READS_DESTINATION),
    /** Move if {@code rt} is zero, single. MIPS64 Vol. II, MOVZ.fmt. */
    MOVZ_S("010001 10000 ttttt SSSSS DDDDD 010010", "movz.s fd, fs, rt", MIPS4, COP1, READS_DESTINATION),
    /** Move if {@code rt} is not zero, single. MIPS64 Vol. II, MOVN.fmt. */
    MOVN_S("010001 10000 ttttt SSSSS DDDDD 010011", "movn.s fd, fs, rt", MIPS4, COP1, READS_DESTINATION),
    /** Compare, single; sets an FP condition. MIPS64 Vol. II, C.cond.fmt. */
    C_COND_S("010001 10000 TTTTT SSSSS mmm-- 11kkkk", "c.cond.s cc, fs, ft", MIPS1, COP1, MAY_TRAP, NO_RESULT),
    /** Move if the FP condition is false, double. MIPS64 Vol. II, MOVF.fmt. */
    MOVF_D("010001 10001 nnn-0 SSSSS DDDDD 010001", "movf.d fd, fs, cc", MIPS4, COP1, READS_DESTINATION),
    /** Move if the FP condition is true, double. MIPS64 Vol. II, MOVT.fmt. */
    MOVT_D("010001 10001 nnn-1 SSSSS DDDDD 010001", "movt.d fd, fs, cc", MIPS4, COP1, READS_DESTINATION),
    /** Move if {@code rt} is zero, double. MIPS64 Vol. II, MOVZ.fmt. */
    MOVZ_D("010001 10001 ttttt SSSSS DDDDD 010010", "movz.d fd, fs, rt", MIPS4, COP1, READS_DESTINATION),
    /** Move if {@code rt} is not zero, double. MIPS64 Vol. II, MOVN.fmt. */
    MOVN_D("010001 10001 ttttt SSSSS DDDDD 010011", "movn.d fd, fs, rt", MIPS4, COP1, READS_DESTINATION),
    /** Compare, double; sets an FP condition. MIPS64 Vol. II, C.cond.fmt. */
    C_COND_D("010001 10001 TTTTT SSSSS mmm-- 11kkkk", "c.cond.d cc, fs, ft", MIPS1, COP1, MAY_TRAP, NO_RESULT),

    // Coprocessor 1X

    /** Load word indexed to FPR. MIPS64 Vol. II, LWXC1. */
    LWXC1("010011 bbbbb xxxxx ----- DDDDD 000000", "lwxc1 fd, index(base)", MIPS4, COP1, LOAD, MAY_TRAP),
    /** Load doubleword indexed to FPR. MIPS64 Vol. II, LDXC1. */
    LDXC1("010011 bbbbb xxxxx ----- DDDDD 000001", "ldxc1 fd, index(base)", MIPS4, COP1, LOAD, MAY_TRAP),
    /** Store word indexed from FPR. MIPS64 Vol. II, SWXC1. */
    SWXC1("010011 bbbbb xxxxx SSSSS ----- 001000", "swxc1 fs, index(base)", MIPS4, COP1, STORE, MAY_TRAP),
    /** Store doubleword indexed from FPR. MIPS64 Vol. II, SDXC1. */
    SDXC1("010011 bbbbb xxxxx SSSSS ----- 001001", "sdxc1 fs, index(base)", MIPS4, COP1, STORE, MAY_TRAP),
    /** Prefetch indexed; never faults. MIPS64 Vol. II, PREFX. */
    PREFX("010011 bbbbb xxxxx HHHHH ----- 001111", "prefx hint, index(base)", MIPS4, COP1),
    /** Multiply and add, single. MIPS64 Vol. II, MADD.fmt. */
    MADD_S("010011 RRRRR TTTTT SSSSS DDDDD 100000", "madd.s fd, fr, fs, ft", MIPS4, COP1, MAY_TRAP),
    /** Multiply and add, double. MIPS64 Vol. II, MADD.fmt. */
    MADD_D("010011 RRRRR TTTTT SSSSS DDDDD 100001", "madd.d fd, fr, fs, ft", MIPS4, COP1, MAY_TRAP),
    /** Multiply and subtract, single. MIPS64 Vol. II, MSUB.fmt. */
    MSUB_S("010011 RRRRR TTTTT SSSSS DDDDD 101000", "msub.s fd, fr, fs, ft", MIPS4, COP1, MAY_TRAP),
    /** Multiply and subtract, double. MIPS64 Vol. II, MSUB.fmt. */
    MSUB_D("010011 RRRRR TTTTT SSSSS DDDDD 101001", "msub.d fd, fr, fs, ft", MIPS4, COP1, MAY_TRAP),
    /** Negate multiply and add, single. MIPS64 Vol. II, NMADD.fmt. */
    NMADD_S("010011 RRRRR TTTTT SSSSS DDDDD 110000", "nmadd.s fd, fr, fs, ft", MIPS4, COP1, MAY_TRAP),
    /** Negate multiply and add, double. MIPS64 Vol. II, NMADD.fmt. */
    NMADD_D("010011 RRRRR TTTTT SSSSS DDDDD 110001", "nmadd.d fd, fr, fs, ft", MIPS4, COP1, MAY_TRAP),
    /** Negate multiply and subtract, single. MIPS64 Vol. II, NMSUB.fmt. */
    NMSUB_S("010011 RRRRR TTTTT SSSSS DDDDD 111000", "nmsub.s fd, fr, fs, ft", MIPS4, COP1, MAY_TRAP),
    /** Negate multiply and subtract, double. MIPS64 Vol. II, NMSUB.fmt. */
    NMSUB_D("010011 RRRRR TTTTT SSSSS DDDDD 111001", "nmsub.d fd, fr, fs, ft", MIPS4, COP1, MAY_TRAP);

    // @formatter:on

    private final String pattern;
    private final String syntax;
    private final IsaLevel level;
    private final Set<Trait> traits;
    private final int mask;
    private final int value;
    private final List<Operand> operands;
    private final @Nullable Operand destination;
    private final List<Operand> sources;

    Op(String pattern, String syntax, IsaLevel level, Trait... traits) {
        this.pattern = pattern;
        this.syntax = syntax;
        this.level = level;
        this.traits = Set.of(traits);
        String bits = pattern.replace(" ", "");
        this.value = bitsThatAre(bits, '1');
        this.mask = value | bitsThatAre(bits, '0');
        this.operands = findOperands(bits, syntax);
        this.destination = findDestination();
        this.sources = findSources();
    }

    /** By hand, as regular expressions for all instructions are a large part of the emulator's start. */
    private static int bitsThatAre(String bits, char symbol) {
        int set = 0;
        for (int i = 0; i < bits.length(); i++) {
            set = set << 1 | (bits.charAt(i) == symbol ? 1 : 0);
        }
        return set;
    }

    /** The encoding: see the class comment. */
    public String pattern() {
        return pattern;
    }

    /** The assembler text with operand names for operands, such as {@code lw rt, simm(base)}. */
    public String syntax() {
        return syntax;
    }

    /** The first word of the syntax; for compares with {@code cond} where the comparison goes. */
    public String mnemonic() {
        int space = syntax.indexOf(' ');
        return space < 0 ? syntax : syntax.substring(0, space);
    }

    /** The level at which the instruction appeared; ask {@link #existsAt} whether a processor has it. */
    public IsaLevel level() {
        return level;
    }

    /** True when a processor of {@code processor} level executes the instruction. */
    public boolean existsAt(IsaLevel processor) {
        return this != RESERVED
                && (processor.includes(level) || processor == MIPS64 && traits.contains(ALSO_MIPS64));
    }

    /** True when the instruction has {@code trait}. */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** All traits, in no particular order. */
    public Set<Trait> traits() {
        return traits;
    }

    /** The fixed bits. */
    public int mask() {
        return mask;
    }

    /** The fixed bits that tell the instruction from others on a processor of {@code processor} level. */
    public int mask(IsaLevel processor) {
        int result = mask;
        for (Operand operand : operands) {
            if (!processor.includes(operand.since())) {
                result |= operand.mask();
            }
        }
        return result;
    }

    /** The values of the fixed bits; also the encoding with all operands 0. */
    public int value() {
        return value;
    }

    /** The operands in the order of the syntax; a comparison in the mnemonic comes last. */
    public List<Operand> operands() {
        return operands;
    }

    /** The operand called {@code name} in this instruction's syntax, or null. */
    public @Nullable Operand operand(String name) {
        for (Operand operand : operands) {
            if (operand.text().equals(name)) {
                return operand;
            }
        }
        return null;
    }

    /**
     * The register operand that is written: general, FP or a coprocessor's, see {@link Operand#kind}. Null when there is none or
     * when it is implied ($31 of {@link Trait#LINK}, HI and LO).
     */
    public @Nullable Operand destination() {
        return destination;
    }

    /** The register operands that are read; with {@link Trait#READS_DESTINATION} the destination is among them. */
    public List<Operand> sources() {
        return sources;
    }

    private static List<Operand> findOperands(String bits, String syntax) {
        var found = new ArrayList<Operand>();
        int space = syntax.indexOf(' ');
        if (space >= 0) {
            Operand[] all = Operand.values();
            var names = new StringTokenizer(syntax.substring(space + 1), " ,()");
            while (names.hasMoreTokens()) {
                String name = names.nextToken();
                for (Operand operand : all) {
                    if (operand.text().equals(name) && bits.indexOf(operand.letter()) >= 0) {
                        found.add(operand);
                    }
                }
            }
        }
        if (bits.indexOf(Operand.COND.letter()) >= 0) {
            found.add(Operand.COND);
        }
        return List.copyOf(found);
    }

    private @Nullable Operand findDestination() {
        if (traits.contains(TO_COPROCESSOR)) {
            return operands.get(1);
        }
        boolean none = operands.isEmpty() || traits.contains(NO_RESULT) || traits.contains(BRANCH)
                || traits.contains(TRAP)
                || traits.contains(STORE) && !traits.contains(LINKED);
        return none || !operands.getFirst().kind().isRegister() ? null : operands.getFirst();
    }

    private List<Operand> findSources() {
        var found = new ArrayList<Operand>();
        for (Operand operand : operands) {
            if (operand.kind().isRegister() && (operand != destination || traits.contains(READS_DESTINATION))) {
                found.add(operand);
            }
        }
        return List.copyOf(found);
    }
}
