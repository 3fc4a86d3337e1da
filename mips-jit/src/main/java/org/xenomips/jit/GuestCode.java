package org.xenomips.jit;

import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory.CodePage;
import org.xenomips.cpu.interpreter.DecodedPage;
import org.xenomips.cpu.interpreter.InterpreterEngine;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.jit.region.CodeView;
import org.xenomips.jit.region.GuestInstruction;

/** The guest's code as the processor sees it now. Machine thread; an object is used for one region. */
final class GuestCode implements CodeView {
    private final Cpu cpu;
    private final InterpreterEngine interpreter;
    private final HotSpots hotSpots;
    private long pageAddress = 1;
    private @Nullable CodePage page;
    private final boolean system;

    /** {@code system} = units execute system instructions by themselves. */
    GuestCode(Cpu cpu, InterpreterEngine interpreter, HotSpots hotSpots, boolean system) {
        this.system = system;
        this.cpu = cpu;
        this.interpreter = interpreter;
        this.hotSpots = hotSpots;
    }

    @Override
    public @Nullable CodePage page(long pc) {
        long address = pc & -4096L;
        if (address != pageAddress) {
            pageAddress = address;
            page = cpu.memory().isAnyCodeWatched() ? null : cpu.memory().peekCode(address);
        }
        return page;
    }

    private CodePage existing(long pc) {
        CodePage where = page(pc);
        if (where == null) {
            throw new IllegalStateException("no code at %x".formatted(pc));
        }
        return where;
    }

    @Override
    public GuestInstruction instruction(long pc) {
        CodePage where = existing(pc);
        int word = (int) where.ram().read(where.offset() + (pc & 0xffc), 4);
        int variant = interpreter.marks().variant(pc);
        Op op = DecodedPage.decode(word, cpu.model().isa(), variant);
        boolean legal = !op.has(Trait.DOUBLEWORD) || (variant & DecodedPage.DOUBLEWORDS) != 0;
        return new GuestInstruction(pc, word, legal ? op : Op.RESERVED, system && cpu.cp0().mode() == Cp0.KERNEL,
                system);
    }

    @Override
    public boolean isSystemCallInline() {
        return system;
    }

    @Override
    public boolean wasExecuted(long pc) {
        CodePage where = existing(pc);
        return interpreter.marks().isDecoded(where.ram(), where.offset() + (pc & 0xffc));
    }

    @Override
    public boolean isIdleHead(long pc) {
        CodePage where = existing(pc);
        return interpreter.marks().isIdleHead(where.ram(), where.offset() + (pc & 0xffc));
    }

    @Override
    public long[] observedTargets(long pc) {
        return hotSpots.observedTargets(pc);
    }
}
