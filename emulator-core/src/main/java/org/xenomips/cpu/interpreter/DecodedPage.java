package org.xenomips.cpu.interpreter;

import org.xenomips.cpu.Cpu;
import org.xenomips.isa.Decoder;
import org.xenomips.isa.IsaLevel;
import org.xenomips.isa.Op;
import org.xenomips.isa.Operand;
import org.xenomips.isa.Trait;
import org.xenomips.memory.GuestRam;

/**
 * The instructions of one page of physical memory in the form {@link HotLoop} executes. Each word is decoded when it is first
 * reached, and again after it was overwritten.
 *
 * <p>Thread: machine thread; {@link #decode(int, IsaLevel, int)} any.
 */
public final class DecodedPage {
    /** Variant: 64-bit operations are legal. */
    public static final int DOUBLEWORDS = 1;
    /** Variant: MIPS IV instructions are reserved. */
    public static final int WITHOUT_MIPS4 = 2;
    /** Variant: the engine looks at each instruction before it is executed. */
    public static final int WATCHED = 4;
    /** Variant: control transfers are not {@link HotLoop#PROFILED}, whatever the page was made for. */
    static final int UNPROFILED = 8;
    /** Number of variants. */
    static final int VARIANTS = 16;

    private static final int WORDS = 1024;
    /** Words decoded at once at most, so that straight code does not leave the loop at every word. */
    private static final int AHEAD = 32;
    /** Stores without a new instruction in between after which a page that is not executed counts as data. */
    private static final int DATA_STORES = 256;
    private static final long PAGE_END = (long) HotLoop.PAGE_END << 48;

    private final GuestRam ram;
    private final long offset;
    private final IsaLevel level;
    private final int variant;
    private final boolean profiling;
    private final long[] code = new long[WORDS + 2];
    private int storesSinceDecoding;

    /**
     * The page at {@code offset} of {@code ram}.
     *
     * @param variant a sum of the constants of this class
     * @param profiling whether control transfers are {@link HotLoop#PROFILED} until {@link #settle}
     */
    DecodedPage(GuestRam ram, long offset, IsaLevel level, int variant, boolean profiling) {
        this.ram = ram;
        this.offset = offset;
        this.level = level;
        this.variant = variant;
        this.profiling = profiling && (variant & UNPROFILED) == 0;
        code[WORDS] = PAGE_END;
        // behind the delay slot, on the next page, of a likely branch that was not taken
        code[WORDS + 1] = PAGE_END;
    }

    /** One element per word, {@link HotLoop#UNDECODED} where not decoded, then twice {@link HotLoop#PAGE_END}. */
    long[] code() {
        return code;
    }

    GuestRam ram() {
        return ram;
    }

    long offset() {
        return offset;
    }

    /**
     * Decodes the word at {@code index} and some that follow it in straight code, up to the end of its basic block: other words
     * are decoded only when they are reached.
     */
    void decode(int index) {
        storesSinceDecoding = 0;
        int end = followsTransfer(index) ? index + 1 : Math.min(index + AHEAD, WORDS);
        for (int i = index; i < end && code[i] == HotLoop.UNDECODED; i++) {
            code[i] = decodeWord(i);
            Op op = op(code[i]);
            if (isTransfer(op)) {
                end = Math.min(end, i + 2);
            } else if (op.has(Trait.ENDS_BLOCK)) {
                end = i;
            }
        }
    }

    /** True when the word at {@code index} is decoded. */
    boolean isDecoded(int index) {
        return code[index] != HotLoop.UNDECODED;
    }

    /** Makes {@link HotLoop} leave before the instruction at {@code index}, for {@code mark}: ENTRY or IDLE. */
    void mark(int index, int mark) {
        if (!isDecoded(index)) {
            decode(index);
        }
        code[index] |= (long) mark << 48;
    }

    /** Takes {@code mark} from the instruction at {@code index}. */
    void unmark(int index, int mark) {
        code[index] &= ~((long) mark << 48);
    }

    /** True when the instruction at {@code index} has {@code mark}. */
    boolean isMarked(int index, int mark) {
        return (code[index] & (long) mark << 48) != 0;
    }

    /** Lets the profiled transfer at {@code index} run at full speed, if it is still there. */
    void settle(int index) {
        if ((code[index] >>> 48 & HotLoop.PLAIN) == HotLoop.PROFILED) {
            code[index] += (long) (HotLoop.number(op(code[index])) - HotLoop.PROFILED) << 48;
        }
    }

    /** Counts a store to the page; true when there were so many that it has become data. */
    boolean countStore() {
        return ++storesSinceDecoding > DATA_STORES;
    }

    /** Forgets the words from {@code first} to {@code last}, and the one behind, whose form depends on the one before it. */
    void invalidate(int first, int last) {
        int end = Math.min(last + 1, WORDS - 1);
        for (int i = first; i <= end; i++) {
            code[i] = HotLoop.UNDECODED;
        }
    }

    /** The instruction of a decoded word. */
    static Op op(long instruction) {
        return OPS[(int) (instruction >>> 38) & 0x3ff];
    }

    private static final Op[] OPS = Op.values();

    private long decodeWord(int index) {
        int word = word(index);
        Op op = decode(word, level, variant);
        int number = profiling && isProfiled(op, word) ? HotLoop.PROFILED : HotLoop.number(op);
        Operand destination = op.destination();
        int place = 0;
        if (destination != null && destination.kind() == Operand.Kind.GPR) {
            place = Cpu.destination(destination.get(word));
            if (place == Cpu.SINK && isPure(op)) {
                number = HotLoop.NOP;
            }
        }
        if (op.has(Trait.DOUBLEWORD) && (variant & DOUBLEWORDS) == 0 || isTransfer(op) && followsTransfer(index)
                || (variant & WATCHED) != 0) {
            number = HotLoop.SLOW;
        }
        return (long) number << 48 | (long) op.ordinal() << 38 | (long) place << 32 | word & 0xffff_ffffL;
    }

    /**
     * What {@code word} is on a processor of {@code level}, as far as {@code variant}, a sum of the constants of this class, allows;
     * instructions the processor has beside those of MIPS IV are not affected.
     */
    public static Op decode(int word, IsaLevel level, int variant) {
        Op op = Decoder.decode(word, level);
        return (variant & WITHOUT_MIPS4) != 0 && op.level().compareTo(IsaLevel.MIPS4) <= 0
                && Decoder.decode(word, IsaLevel.MIPS3) == Op.RESERVED ? Op.RESERVED : op;
    }

    private int word(int index) {
        return (int) ram.read(offset + 4L * index, 4);
    }

    /** True for branches and jumps: instructions that have a delay slot. */
    static boolean isTransfer(Op op) {
        return op.has(Trait.BRANCH) || op.has(Trait.JUMP);
    }

    /** Jumps, calls, and branches that close loops. */
    private static boolean isProfiled(Op op, int word) {
        return op.has(Trait.JUMP) || op.has(Trait.BRANCH) && (op.has(Trait.LINK) || (short) word < 0);
    }

    /** A transfer in a delay slot is a reserved instruction; the engine finds out whether it is executed as one. */
    private boolean followsTransfer(int index) {
        return index > 0 && isTransfer(decode(word(index - 1), level, variant));
    }

    /** Instructions that do nothing but write their destination. */
    private static boolean isPure(Op op) {
        return !op.has(Trait.MAY_TRAP) && !op.has(Trait.COP0) && !op.has(Trait.COP1) && !op.has(Trait.JUMP);
    }
}
