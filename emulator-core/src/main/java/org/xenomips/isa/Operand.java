package org.xenomips.isa;

import org.xenomips.bits.Bits;

/**
 * The operand fields of instruction words. A field is marked in {@link Op}'s patterns by its letter and named in the syntax;
 * fields of one letter differ by name (the 16-bit immediate is read in three ways).
 *
 * @see "MIPS64 Architecture For Programmers Volume I, CPU Instruction Formats"
 */
public enum Operand {
    /** First source register. */
    RS('s', "rs", 21, 5, Kind.GPR),
    /** Second source register; destination of immediate forms and loads. */
    RT('t', "rt", 16, 5, Kind.GPR),
    /** Destination register. */
    RD('d', "rd", 11, 5, Kind.GPR),
    /** Base register of an address. */
    BASE('b', "base", 21, 5, Kind.GPR),
    /** Index register of an address. */
    INDEX('x', "index", 16, 5, Kind.GPR),
    /** Third FP source, the addend. */
    FR('R', "fr", 21, 5, Kind.FPR),
    /** Second FP source; register of FP loads and stores with offset. */
    FT('T', "ft", 16, 5, Kind.FPR),
    /** First FP source. */
    FS('S', "fs", 11, 5, Kind.FPR),
    /** FP destination. */
    FD('D', "fd", 6, 5, Kind.FPR),
    /** Coprocessor 0 register; with {@link #SEL} below it. */
    CP0_REGISTER('g', "rd", 11, 5, Kind.CP0),
    /** Register of coprocessor 0's second set (RM7000). */
    CP0_SET1_REGISTER('G', "rd", 11, 5, Kind.CP0_SET1),
    /** FPU control register. */
    FPU_CONTROL('f', "fs", 11, 5, Kind.FPU_CONTROL),
    /** Coprocessor 2 register. */
    CP2_REGISTER('u', "rt", 16, 5, Kind.CP2),
    /** Select field of CP0 moves. */
    SEL('e', "sel", 0, 3, Kind.OPTIONAL),
    /** Shift amount. */
    SA('a', "sa", 6, 5, Kind.UNSIGNED),
    /** 16-bit immediate, sign-extended. */
    SIMM('i', "simm", 0, 16, Kind.SIGNED),
    /** 16-bit immediate, zero-extended. */
    UIMM('i', "uimm", 0, 16, Kind.UNSIGNED),
    /** Branch distance from the delay slot, in instructions. */
    BRANCH('i', "branch", 0, 16, Kind.BRANCH),
    /** Jump target within the 256 MB region of the delay slot, in instructions. */
    TARGET('j', "target", 0, 26, Kind.TARGET),
    /** Software's code in SYSCALL, BREAK and SDBBP; the CPU ignores it. */
    CODE('c', "code", 6, 20, Kind.OPTIONAL),
    /** Software's code in register traps; the CPU ignores it. */
    TRAP_CODE('q', "code", 6, 10, Kind.OPTIONAL),
    /** Prefetch hint. */
    HINT('h', "hint", 16, 5, Kind.UNSIGNED),
    /** Prefetch hint of the indexed form. */
    INDEXED_HINT('H', "hint", 11, 5, Kind.UNSIGNED),
    /** Cache (1:0) and operation (4:2) of CACHE. */
    CACHE_OP('o', "op", 16, 5, Kind.UNSIGNED),
    /** FP condition a branch or move tests; must be 0 before MIPS IV. */
    CC('n', "cc", 18, 3, Kind.OPTIONAL, IsaLevel.MIPS4),
    /** FP condition a compare sets; must be 0 before MIPS IV. */
    COMPARE_CC('m', "cc", 8, 3, Kind.OPTIONAL, IsaLevel.MIPS4),
    /** The comparison of C.cond.fmt; part of the mnemonic. */
    COND('k', "cond", 0, 4, Kind.CONDITION),
    /** Everything a coprocessor 2 operation tells its unit. */
    COFUN('v', "cofun", 0, 26, Kind.UNSIGNED);

    /** What the number in a field stands for; decides how it is printed. */
    public enum Kind {
        /** General register. */
        GPR,
        /** Floating-point register. */
        FPR,
        /** Coprocessor 0 register. */
        CP0,
        /** Register of coprocessor 0's second set. */
        CP0_SET1,
        /** FPU control register. */
        FPU_CONTROL,
        /** Coprocessor 2 register. */
        CP2,
        /** Signed number. */
        SIGNED,
        /** Unsigned number. */
        UNSIGNED,
        /** Unsigned number that the text leaves out when it is 0. */
        OPTIONAL,
        /** Signed distance in instructions from the delay slot, printed as an address. */
        BRANCH,
        /** Number of an instruction in a 256 MB region, printed as an address. */
        TARGET,
        /** Number of a comparison, printed inside the mnemonic. */
        CONDITION;

        /** True for the number of a register of any kind. */
        public boolean isRegister() {
            return compareTo(CP2) <= 0;
        }
    }

    private final char letter;
    private final String text;
    private final int low;
    private final int width;
    private final Kind kind;
    private final IsaLevel since;

    Operand(char letter, String text, int low, int width, Kind kind) {
        this(letter, text, low, width, kind, IsaLevel.MIPS1);
    }

    Operand(char letter, String text, int low, int width, Kind kind, IsaLevel since) {
        this.letter = letter;
        this.text = text;
        this.low = low;
        this.width = width;
        this.kind = kind;
        this.since = since;
    }

    /** The letter that marks the field in patterns. */
    public char letter() {
        return letter;
    }

    /** The name in syntax strings and of parameters of meanings, such as {@code rs}. */
    public String text() {
        return text;
    }

    /** Number of the field's lowest bit. */
    public int low() {
        return low;
    }

    /** Width of the field in bits. */
    public int width() {
        return width;
    }

    /** What the field's number stands for. */
    public Kind kind() {
        return kind;
    }

    /** The level from which on the field may be other than 0; before, such a word is another (reserved) instruction. */
    public IsaLevel since() {
        return since;
    }

    /** True when the field is read as a signed number. */
    public boolean isSigned() {
        return kind == Kind.SIGNED || kind == Kind.BRANCH;
    }

    /** The bits of the field. */
    public int mask() {
        return (1 << width) - 1 << low;
    }

    /** The field's number in {@code word}: sign-extended if signed, else zero-extended; branch and target in instructions. */
    public int get(int word) {
        int field = Bits.field(word, low, width);
        return isSigned() ? (int) Bits.signExtend(field, width) : field;
    }

    /** True when {@code value} can be written to the field and read back. */
    public boolean fits(long value) {
        return isSigned() ? value == Bits.signExtend(value, width) : value >>> width == 0;
    }

    /** {@code word} with the field replaced by {@code value}, of which the low bits count. */
    public int put(int word, int value) {
        return word & ~mask() | value << low & mask();
    }
}
