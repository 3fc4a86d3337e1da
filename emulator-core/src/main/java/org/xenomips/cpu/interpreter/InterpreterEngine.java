package org.xenomips.cpu.interpreter;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.cpu.ExceptionCode;
import org.xenomips.cpu.GuestException;
import org.xenomips.cpu.PageTables;
import org.xenomips.cpu.TranslationListener;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.Exit;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;

/**
 * Executes instructions one after the other. {@link HotLoop} runs the frequent ones; this class does what it leaves behind: other
 * instructions, slow memory accesses, exceptions, interrupts, changes of page.
 *
 * <p>A budget may be overrun by the rest of a basic block. Thread: machine thread.
 */
public final class InterpreterEngine implements ExecutionEngine, TranslationListener {
    private static final int LONGEST_SLICE = 1 << 30;

    private final Cpu cpu;
    private final CpuMemory memory;
    private final DecodedPages pages;
    private final LoopState state;
    private final @Nullable DecodedPage[] decoded;
    private final IdleDetector idle;
    /** Value of {@link Cpu#retired} when the budget reaches 0. */
    private long limit;
    /** False while the page of {@link Cpu#pc} is not looked up; then the pc is in the processor, else in {@link #state}. */
    private boolean entered;
    /**
     * The last thing executed was a control transfer. Only there a budget ends, so that the instruction before which a timer
     * interrupt is taken does not depend on what this engine happens to know already.
     */
    private boolean transferred;
    /** The guest was found to be idle at the pc. */
    private boolean foundIdle;

    /** An interpreter for {@code cpu}. */
    public InterpreterEngine(Cpu cpu) {
        this.cpu = cpu;
        this.memory = cpu.memory();
        this.state = new LoopState(cpu);
        this.pages = new DecodedPages(memory, cpu.model().isa(), state);
        this.decoded = new DecodedPage[state.tags.length];
        this.idle = new IdleDetector(cpu);
        memory.addCodeListener(pages);
        memory.addTranslationListener(this);
        cpu.onSnapshot(this::forget);
    }

    /** Forgets everything that is not part of the processor's state: a saved and a restored machine go on in the same way. */
    private void forget() {
        pages.forget();
        state.forgetPages();
        idle.forget(cpu.retired());
        entered = false;
    }

    @Override
    public Exit run(long budget) {
        cpu.clearEvents(Cpu.EVENT_STOP | Cpu.EVENT_WAIT);
        if (cpu.isWaiting()) {
            return Exit.IDLE;
        }
        state.budget = Math.clamp(budget, 1, LONGEST_SLICE);
        limit = cpu.retired() + state.budget;
        entered = false;
        transferred = false;
        if (idle.isTimeToLook(cpu.retired())) {
            lookForIdleLoop();
        }
        Exit exit = execute();
        if (entered) {
            cpu.setPc(state.pc());
        }
        cpu.setRetired(limit - state.budget);
        cpu.syncClock();
        return exit;
    }

    @Override
    public void stopSoon() {
        cpu.requestStop();
    }

    @Override
    public String describe() {
        return String.format(Locale.ROOT, """
                interpreter, instructions executed: %,d
                decoded code pages: %,d
                code look-aside entries in use: %d of %d
                address table entries in use: %,d for loads, %,d for stores
                """, cpu.retired(), pages.count(), state.knownPages(), state.tags.length,
                PageTables.count(memory.tables().read()), PageTables.count(memory.tables().write()));
    }

    @Override
    public void close() {
        state.forgetPages();
    }

    private Exit execute() {
        for (;;) {
            // the delay slot of a branch that was not taken belongs to the branch: no exit, no interrupt between them
            if (!entered || state.slot != state.index) {
                Exit exit = betweenInstructions();
                if (exit != null) {
                    return exit;
                }
            }
            if (!entered) {
                goTo(cpu.pc());
                continue;
            }
            switch (HotLoop.run(state)) {
                case LoopState.SLOW -> executeSlow();
                case LoopState.SLOT -> executeSlot();
                case LoopState.FETCH -> goTo(state.target);
                default -> transferred = true;
            }
        }
    }

    /** Handles events; returns why {@link #run} must return, or null. */
    private @Nullable Exit betweenInstructions() {
        if (foundIdle) {
            foundIdle = false;
            return Exit.IDLE;
        }
        int events = cpu.events();
        if (events != 0) {
            if ((events & Cpu.EVENT_CONTEXT) != 0 && entered) {
                leave(state.pc());
            }
            if ((events & Cpu.EVENT_INTERRUPT) != 0) {
                if (entered) {
                    leave(state.pc());
                }
                cpu.setRetired(limit - state.budget);
                cpu.enterInterrupt();
                idle.interrupted();
            } else if ((events & Cpu.EVENT_WAIT) != 0) {
                cpu.clearEvents(Cpu.EVENT_WAIT);
                if (cpu.isWaiting()) {
                    return Exit.IDLE;
                }
            }
            if ((events & Cpu.EVENT_STOP) != 0) {
                return Exit.BUDGET;
            }
        }
        return isBudgetSpent() ? Exit.BUDGET : null;
    }

    private boolean isBudgetSpent() {
        return transferred && state.budget <= 0;
    }

    /** Gives the pc back to the processor: its page must be looked up again. */
    private void leave(long pc) {
        cpu.setPc(pc);
        entered = false;
    }

    /** Continues at {@code pc}, or at an exception handler if there is no instruction to be had. */
    private void goTo(long pc) {
        transferred = true;
        state.slot = -1;
        try {
            enter(pc);
        } catch (GuestException e) {
            raise(e, pc, false);
        }
    }

    /** Looks up the page of {@code pc}. */
    private void enter(long pc) {
        if ((cpu.events() & Cpu.EVENT_CONTEXT) != 0) {
            cpu.clearEvents(Cpu.EVENT_CONTEXT);
            state.read = memory.tables().read();
            state.write = memory.tables().write();
            state.context = cpu.cp0().contextKey();
        }
        int at = LoopState.slotOf(pc);
        long tag = pc & -4096 | state.context;
        if (state.tags[at] != tag || (pc & 3) != 0) {
            DecodedPage page = pages.find(memory.findCode(pc), variant(pc));
            decoded[at] = page;
            state.pages[at] = page.code();
            state.tags[at] = tag;
            if (idle.isConfiguredPage(pc)) {
                page.decode(idle.configuredIndex());
                page.mark(idle.configuredIndex());
            }
        }
        state.code = state.pages[at];
        state.page = pc & -4096;
        state.index = (int) (pc >>> 2) & 1023;
        entered = true;
    }

    /** How the page of {@code pc} is to be decoded. */
    private int variant(long pc) {
        return (cpu.cp0().has64BitOperations() ? DecodedPage.DOUBLEWORDS : 0)
                | (cpu.cp0().isMips4Reserved() ? DecodedPage.WITHOUT_MIPS4 : 0)
                | (memory.isCodeWatched(pc) ? DecodedPage.WATCHED : 0);
    }

    /** Enters the handler of {@code exception}; {@code pc} is the instruction's address, or the branch's if {@code inSlot}. */
    private void raise(GuestException exception, long pc, boolean inSlot) {
        cpu.enterException(exception, pc, inSlot);
        entered = false;
        transferred = true;
        // an exception whose handler cannot be fetched must not loop here for ever
        state.budget--;
        limit--;
    }

    private void decode(int index) {
        DecodedPage page = currentPage();
        page.decode(index);
        if (idle.isConfiguredPage(state.page) && state.code[idle.configuredIndex()] != HotLoop.UNDECODED) {
            page.mark(idle.configuredIndex());
        }
    }

    private DecodedPage currentPage() {
        DecodedPage page = decoded[LoopState.slotOf(state.page)];
        if (page == null || page.code() != state.code) {
            throw new IllegalStateException("page %x is executed but not looked up".formatted(state.page));
        }
        return page;
    }

    /** Executes the instruction before {@code state.index}. */
    private void executeSlow() {
        transferred = false;
        int index = state.index - 1;
        long pc = state.pc() - 4;
        boolean inSlot = state.slot == index;
        long instruction = state.code[index];
        switch ((int) (instruction >>> 48)) {
            case HotLoop.UNDECODED -> {
                decode(index);
                state.index = index;
            }
            case HotLoop.IDLE -> {
                state.index = index;
                if (inSlot || !isObservedHere(pc)) {
                    step();
                }
            }
            case HotLoop.PAGE_END -> {
                try {
                    instruction = slotOnNextPage(pc);
                } catch (GuestException e) {
                    raise(e, pc - 4, true);
                    return;
                }
                state.index = 1;
                state.slot = -1;
                executeAlone(instruction, pc, pc - 4, true);
            }
            default -> executeAlone(instruction, pc, inSlot ? pc - 4 : pc, inSlot);
        }
    }

    /** Enters the page of {@code pc} and returns its first instruction. */
    private long slotOnNextPage(long pc) {
        enter(pc);
        if (state.code[0] == HotLoop.UNDECODED) {
            decode(0);
        }
        return state.code[0];
    }

    /** Executes the delay slot of a taken branch and goes to its target. */
    private void executeSlot() {
        long target = state.target;
        long pc = state.pc();
        long branch = pc - 4;
        long instruction = state.code[state.index];
        try {
            if (instruction >>> 48 == HotLoop.PAGE_END) {
                instruction = slotOnNextPage(pc);
            } else if (instruction == HotLoop.UNDECODED) {
                decode(state.index);
                instruction = state.code[state.index];
            }
        } catch (GuestException e) {
            raise(e, branch, true);
            return;
        }
        if (executeAlone(instruction, pc, branch, true)) {
            goTo(target);
        }
    }

    /**
     * Executes one instruction out of line; {@code report} is what an exception reports as its place. False if there was an
     * exception; then its handler is next.
     */
    private boolean executeAlone(long instruction, long pc, long report, boolean inSlot) {
        Op op = DecodedPage.op(instruction);
        int word = (int) instruction;
        boolean transfer = DecodedPage.isTransfer(op);
        cpu.setPc(pc);
        cpu.setRetired(limit - state.budget);
        boolean taken;
        if (idle.isObserving()) {
            idle.observe(op, word);
        }
        try {
            if (memory.isAnyCodeWatched()) {
                memory.checkFetch(pc);
            }
            if (inSlot && (transfer || op == Op.ERET)) {
                throw cpu.raise(ExceptionCode.RI);
            }
            taken = Executor.execute(cpu, op, word);
        } catch (GuestException e) {
            raise(e, report, inSlot);
            return false;
        }
        state.budget--;
        if (transfer) {
            transfer(op, word, taken);
        } else if (op == Op.ERET) {
            state.slot = -1;
            entered = false;
            transferred = true;
        }
        return true;
    }

    /** Finishes a branch or jump at {@code state.index - 1}. */
    private void transfer(Op op, int word, boolean taken) {
        long slot = state.pc();
        long target;
        if (op.has(Trait.BRANCH)) {
            target = slot + ((long) (short) word << 2);
        } else {
            target = op.operand("target") == null
                    ? cpu.gpr(word >>> 21 & 31)
                    : slot & -0x1000_0000L | (word & 0x3ff_ffffL) << 2;
        }
        if (op.has(Trait.LINK)) {
            cpu.setGpr(op.destination() == null ? 31 : word >>> 11 & 31, slot + 4);
        }
        if (taken || op.has(Trait.JUMP)) {
            state.target = target;
            executeSlot();
        } else if (op.has(Trait.LIKELY)) {
            state.index++;
        } else {
            state.slot = state.index;
        }
    }

    // Idle loops

    /** At a marked instruction: true if the guest was found idle or has got on under observation, false if nothing was executed. */
    private boolean isObservedHere(long pc) {
        if (idle.isConfigured(pc)) {
            foundIdle = idle.visit();
            return foundIdle;
        }
        if (!idle.isWorthWatching(pc)) {
            currentPage().invalidate(state.index, state.index);
            decode(state.index);
            return false;
        }
        foundIdle = isIdleLoop(IdleDetector.SHORT_LOOP);
        idle.watched(pc, foundIdle);
        return true;
    }

    /** Looks whether the guest is in an idle loop now; then marks its head, so that it is recognised at once the next time. */
    private void lookForIdleLoop() {
        if (cpu.events() != 0) {
            return;
        }
        goTo(cpu.pc());
        if (entered && isIdleLoop(idle.stepsToLook())) {
            foundIdle = true;
            idle.watched(state.pc(), true);
            currentPage().mark(state.index);
        }
    }

    /** Executes up to {@code limit} instructions one by one; true if they came back here and changed nothing. */
    private boolean isIdleLoop(int limit) {
        long head = state.pc();
        idle.startObserving();
        boolean found = false;
        for (int i = 0; i < limit && entered && cpu.events() == 0 && !found && !isBudgetSpent(); i++) {
            step();
            if (entered && state.slot != state.index && state.pc() == head) {
                found = idle.isUnchanged();
            }
        }
        idle.stopObserving();
        // a branch and its delay slot belong together
        while (entered && state.slot == state.index) {
            step();
        }
        return found;
    }

    /** Executes the instruction at the pc, out of line. */
    private void step() {
        long instruction = state.code[state.index];
        if (instruction == HotLoop.UNDECODED) {
            decode(state.index);
            instruction = state.code[state.index];
        }
        boolean inSlot = state.slot == state.index;
        if (instruction >>> 48 == HotLoop.PAGE_END) {
            if (inSlot) {
                state.index++;
                executeSlow();
            } else {
                goTo(state.pc());
            }
            return;
        }
        long pc = state.pc();
        state.index++;
        transferred = false;
        executeAlone(instruction, pc, inSlot ? pc - 4 : pc, inSlot);
    }

    @Override
    public void translationsChanged(long address, long count) {
        state.forgetPages(address, count);
    }

    @Override
    public void allTranslationsChanged() {
        state.forgetPages();
    }
}
