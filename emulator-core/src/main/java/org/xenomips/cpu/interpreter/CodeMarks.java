package org.xenomips.cpu.interpreter;

import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.memory.GuestRam;

/** What a {@link Tier} marks instructions with and asks about them, at addresses as they are now. Thread: machine thread. */
public final class CodeMarks {
    private final Cpu cpu;
    private final CpuMemory memory;
    private final DecodedPages pages;

    CodeMarks(Cpu cpu, DecodedPages pages) {
        this.cpu = cpu;
        this.memory = cpu.memory();
        this.pages = pages;
    }

    /**
     * Makes {@link InterpreterEngine#resume} leave before the instruction at {@code pc}, as addresses are now, and ask {@link Tier#reached}. Without
     * effect if no instruction can be fetched there. The mark goes with the word when that is overwritten.
     */
    public void mark(long pc) {
        CpuMemory.CodePage where = memory.peekCode(pc);
        if (where != null) {
            pages.find(where, variant(pc)).mark(indexOf(pc), HotLoop.ENTRY);
        }
    }

    /** Takes the mark from the instruction at {@code offset} of {@code ram}, in all modes. */
    public void unmark(GuestRam ram, long offset) {
        for (int kind = 0; kind < DecodedPage.VARIANTS; kind++) {
            DecodedPage page = pages.known(ram, offset, kind);
            if (page != null) {
                page.unmark(indexOf(offset), HotLoop.ENTRY);
            }
        }
    }

    /** True when the word at {@code offset} of {@code ram} is decoded for the current mode: it was probably executed. */
    public boolean isDecoded(GuestRam ram, long offset) {
        DecodedPage page = pages.known(ram, offset, modeVariant());
        return page != null && page.isDecoded(indexOf(offset));
    }

    /** True when the instruction at {@code offset} of {@code ram} may be the head of an idle loop in the current mode. */
    public boolean isIdleHead(GuestRam ram, long offset) {
        DecodedPage page = pages.known(ram, offset, modeVariant());
        return page != null && page.isMarked(indexOf(offset), HotLoop.IDLE);
    }

    private static int indexOf(long address) {
        return (int) (address >>> 2) & 1023;
    }

    /** How the page of {@code pc}, where instructions can be fetched, is to be decoded now: a sum of constants of DecodedPage. */
    public int variant(long pc) {
        return modeVariant() | (memory.isCodeWatched(pc) ? DecodedPage.WATCHED : 0);
    }

    private int modeVariant() {
        return (cpu.cp0().has64BitOperations() ? DecodedPage.DOUBLEWORDS : 0)
                | (cpu.cp0().isMips4Reserved() ? DecodedPage.WITHOUT_MIPS4 : 0);
    }
}
