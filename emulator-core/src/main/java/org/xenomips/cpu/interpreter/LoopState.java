package org.xenomips.cpu.interpreter;

import java.util.Arrays;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.Slice;

/**
 * What {@link HotLoop} takes into its locals and leaves behind. Thread: machine thread.
 *
 * <p>hot: plain fields, because the loop is entered tens of millions of times a second.
 */
final class LoopState {
    /** The loop left before the instruction at {@code index - 1}, which it cannot execute. */
    static final int SLOW = 0;
    /** The loop left after a taken branch, before its delay slot at {@code index}; {@code target} says where to go after it. */
    static final int SLOT = 1;
    /** The loop left because the page of {@code target} is not known. */
    static final int FETCH = 2;
    /** The loop left after a backward transfer to {@code target} because the budget is used up. */
    static final int BUDGET = 3;

    private static final int SLOTS = 512;
    /** Added to context keys, which are smaller, in tags of pages in the variant {@link DecodedPage#UNPROFILED}. */
    static final int ALONE = 0x400;
    /** No page has such a tag. */
    private static final long EMPTY = 0xfff;

    final Cpu cpu;
    final long[] registers;
    /** Look-aside of decoded pages: page address with the context key, and the instructions. */
    final long[] tags = new long[SLOTS];
    final long[][] pages = new long[SLOTS][];
    /** The flat page tables of the current mode. */
    long[] read;
    long[] write;
    /** Context key of the processor, and {@link #ALONE}. */
    long context;
    /** {@link #ALONE} while no tier is asked or told anything, otherwise 0. */
    int alone;
    /** The page that is executed, and its address. */
    long[] code = new long[0];
    long page;
    /** Next instruction in {@code code}. */
    int index;
    /** Index of the delay slot of the branch that was not taken last, or -1: there an exception is one in a delay slot. */
    int slot = -1;
    /** How many of the transfers that are to be reported are executed without a report next. */
    int unreported;
    /** What is left of the budget; the loop counts in a local. */
    final Slice slice = new Slice();
    /** Where the branch or jump executed last goes if it is taken. */
    long target;

    LoopState(Cpu cpu) {
        this.cpu = cpu;
        this.registers = cpu.registers();
        this.read = cpu.memory().tables().read();
        this.write = cpu.memory().tables().write();
        forgetPages();
    }

    /** A state without {@code cpu}'s registers, but for HI and LO, and without its memory; {@code table} is for loads and stores. */
    LoopState(Cpu cpu, long[] registers, long[] table) {
        this.cpu = cpu;
        this.registers = registers;
        this.read = table;
        this.write = table;
        forgetPages();
    }

    /** Takes over what depends on the mode of the processor. */
    void takeContext() {
        read = cpu.memory().tables().read();
        write = cpu.memory().tables().write();
        context = cpu.cp0().contextKey() | alone;
    }

    static int slotOf(long address) {
        return (int) (address >>> 12 ^ address >>> 21) & SLOTS - 1;
    }

    /** How many look-aside entries are in use, of {@code tags.length}. */
    int knownPages() {
        return (int) Arrays.stream(tags).filter(tag -> tag != EMPTY).count();
    }

    void forgetPages() {
        Arrays.fill(tags, EMPTY);
    }

    /** Forgets all pages but those in kseg0 and kseg1. */
    void forgetMappedPages() {
        for (int i = 0; i < SLOTS; i++) {
            if (tags[i] >> 30 != -2) {
                tags[i] = EMPTY;
            }
        }
    }

    /** Forgets {@code count} pages from that of {@code address} on. */
    void forgetPages(long address, long count) {
        if (count >= SLOTS) {
            forgetPages();
            return;
        }
        for (long i = 0; i < count; i++) {
            tags[slotOf(address + (i << 12))] = EMPTY;
        }
    }

    /** Address of the next instruction. */
    long pc() {
        return page + ((long) index << 2);
    }
}
