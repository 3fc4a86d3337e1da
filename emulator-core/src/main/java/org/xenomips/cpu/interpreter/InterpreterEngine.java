package org.xenomips.cpu.interpreter;

import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.cpu.ExceptionCode;
import org.xenomips.cpu.GuestException;
import org.xenomips.cpu.PageTables;
import org.xenomips.cpu.TranslationListener;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.Exit;
import org.xenomips.exec.Slice;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;

/**
 * Executes instructions one after the other. {@link HotLoop} runs the frequent ones; this class does what it leaves behind: other
 * instructions, slow memory accesses, exceptions, interrupts, changes of page.
 *
 * <p>With a {@link Tier} it is the lower half of another engine, which drives it: {@link #begin}, then {@link #resume} until that
 * says why the slice ended, with something faster whenever it says null, then {@link #finish}. The two halves meet in the
 * processor's state and the {@link #slice}; nothing of a call is left on the Java stack. Without a tier nothing is reported, and
 * everything runs as fast as it can from the start.
 *
 * <p>Thread: machine thread.
 */
public final class InterpreterEngine implements ExecutionEngine, TranslationListener {
    private static final int LONGEST_SLICE = 1 << 30;

    private final Cpu cpu;
    private final CpuMemory memory;
    private final DecodedPages pages;
    private final LoopState state;
    private final @Nullable DecodedPage[] decoded;
    private final IdleDetector idle;
    private final Slice slice;
    private final @Nullable Tier tier;
    private final TransferReports reports;
    private final CodeMarks marks;
    private final Rehearsal rehearsal;
    private LongConsumer idleHeads = pc -> {};
    private Runnable forgotten = () -> {};
    /** No instruction of the slice was executed yet by this engine. */
    private boolean fresh;
    /** False while the page of {@link Cpu#pc} is not looked up; then the pc is in the processor, else in {@link #state}. */
    private boolean entered;
    /** The last thing executed was one after which a slice may end, see {@link ExecutionEngine}. */
    private boolean mayEnd;
    /** {@link Slice#remaining} when this engine was left: if that has changed, others have executed instructions since. */
    private int remainingThen;
    /** One instruction is asked for: the one at the target of a transfer is not even looked for. */
    private boolean single;
    /** The branch executed last out of line was taken. */
    private boolean taken;
    /** The guest was found to be idle at the pc. */
    private boolean foundIdle;

    /** An interpreter for {@code cpu}. */
    public InterpreterEngine(Cpu cpu) {
        this(cpu, null);
    }

    /** An interpreter for {@code cpu} that reports to {@code tier}, if there is one. */
    public InterpreterEngine(Cpu cpu, @Nullable Tier tier) {
        this.cpu = cpu;
        this.tier = tier;
        this.memory = cpu.memory();
        this.state = new LoopState(cpu);
        this.slice = state.slice;
        this.pages = new DecodedPages(memory, cpu.model().isa(), state, tier != null);
        this.decoded = new DecodedPage[state.tags.length];
        this.idle = new IdleDetector(cpu);
        this.reports = new TransferReports(state, tier);
        this.marks = new CodeMarks(cpu, pages);
        this.rehearsal = new Rehearsal(cpu);
        memory.addCodeListener(pages);
        memory.addTranslationListener(this);
        cpu.onSnapshot(this::forget);
    }

    /** Forgets everything that is not part of the processor's state: a saved and a restored machine go on in the same way. */
    private void forget() {
        pages.forget();
        state.forgetPages();
        idle.forget(cpu.retired());
        reports.forget();
        entered = false;
        forgotten.run();
    }

    /** {@code action} runs whenever the interpreter forgets all it knows: after a snapshot was saved or restored. */
    public void onForget(Runnable action) {
        forgotten = action;
    }

    /** {@code listener} is told the address of each instruction that from now on may be the head of an idle loop. */
    public void onIdleHead(LongConsumer listener) {
        idleHeads = listener;
    }

    // Slices

    @Override
    public Exit run(long budget) {
        begin(budget);
        if (cpu.isWaiting()) {
            return Exit.IDLE;
        }
        Exit exit = resume();
        while (exit == null) {
            step();
            exit = resume();
        }
        finish();
        return exit;
    }

    /** Starts a slice of {@code budget} instructions, at least one; whether the processor waits is the caller's to ask. */
    public void begin(long budget) {
        cpu.clearEvents(Cpu.EVENT_STOP | Cpu.EVENT_WAIT);
        rehearsal.due(cpu.retired());
        slice.remaining = Math.clamp(budget, 1, LONGEST_SLICE);
        slice.end = cpu.retired() + slice.remaining;
        mayEnd = false;
        fresh = true;
    }

    /** True when {@link #resume} is to be called before anything else executes instructions: it looks for an idle loop. */
    public boolean isLookDue() {
        return fresh && idle.isTimeToLook(slice.retired());
    }

    /**
     * While {@code alone}, the tier is neither asked nor told anything, and what is marked for it is passed by, from where the next
     * {@link #resume} begins.
     */
    public void setAlone(boolean alone) {
        state.alone = alone ? LoopState.ALONE : 0;
    }

    /** What is left of the slice; whoever executes instructions counts in it. */
    public Slice slice() {
        return slice;
    }

    /**
     * Goes on at {@link Cpu#pc} with the slice that was begun. Returns why it ended, or null when {@link Tier#reached} wants to go
     * on; all state is in the processor then.
     */
    public @Nullable Exit resume() {
        mayEnd &= slice.remaining == remainingThen;
        entered = false;
        state.takeContext();
        if (fresh) {
            fresh = false;
            if (idle.isTimeToLook(slice.retired())) {
                idle.startLook(slice.retired());
                lookForIdleLoop();
            }
        }
        Exit exit = execute();
        pause();
        return exit;
    }

    /**
     * Executes the instruction at {@link Cpu#pc}, a transfer together with its delay slot, whatever it is marked as. An exception
     * makes the pc that of its handler. Nothing is reported to the tier, and pending interrupts stay so.
     */
    public void step() {
        entered = false;
        state.takeContext();
        state.slot = -1;
        single = true;
        mayEnd = false;
        goTo(cpu.pc());
        if (entered) {
            stepHere();
            while (entered && state.slot == state.index) {
                stepHere();
            }
        }
        single = false;
        pause();
    }

    /** True when the slice ends after the last {@link #step}: the budget is used up, and the instruction was one that ends slices. */
    public boolean isSliceOver() {
        return mayEnd && slice.remaining <= 0;
    }

    /** Ends the slice: the processor and the clock are told how many instructions were executed. */
    public void finish() {
        cpu.setRetired(slice.retired());
        cpu.syncClock();
    }

    /** Puts everything into the processor. */
    private void pause() {
        if (entered) {
            leave(state.pc());
        }
        remainingThen = slice.remaining;
        cpu.setRetired(slice.retired());
    }

    /** The marks at which {@link #resume} leaves, and what is known about instructions. */
    public CodeMarks marks() {
        return marks;
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
        rehearsal.close();
    }

    /** Executes until the slice ends or, with null, until the tier wants to go on. */
    private @Nullable Exit execute() {
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
                case LoopState.SLOW -> {
                    if (!executeSlow()) {
                        return null;
                    }
                }
                case LoopState.SLOT -> executeSlot();
                case LoopState.FETCH -> {
                    mayEnd = false;
                    goTo(state.target);
                }
                default -> {
                    mayEnd = true;
                    leave(state.target);
                }
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
                cpu.setRetired(slice.retired());
                cpu.enterInterrupt();
                idle.interrupted();
                mayEnd = true;
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
        return mayEnd && slice.remaining <= 0;
    }

    /** Gives the pc back to the processor: its page must be looked up again. */
    private void leave(long pc) {
        cpu.setPc(pc);
        entered = false;
    }

    /** Continues at {@code pc}, or at an exception handler if there is no instruction to be had. */
    private void goTo(long pc) {
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
            state.takeContext();
        }
        int at = LoopState.slotOf(pc);
        long tag = pc & -4096 | state.context;
        if (state.tags[at] != tag || (pc & 3) != 0) {
            int unprofiled = state.alone == 0 ? 0 : DecodedPage.UNPROFILED;
            DecodedPage page = pages.find(memory.findCode(pc), marks.variant(pc) | unprofiled);
            decoded[at] = page;
            state.pages[at] = page.code();
            state.tags[at] = tag;
            if (idle.isConfiguredPage(pc)) {
                markIdle(page, idle.configuredIndex(), pc);
            }
        }
        state.code = state.pages[at];
        state.page = pc & -4096;
        state.index = (int) (pc >>> 2) & 1023;
        entered = true;
    }

    /** Enters the handler of {@code exception}; {@code pc} is the instruction's address, or the branch's if {@code inSlot}. */
    private void raise(GuestException exception, long pc, boolean inSlot) {
        cpu.enterException(exception, pc, inSlot);
        entered = false;
        mayEnd = true;
        // an exception whose handler cannot be fetched must not loop here for ever
        slice.remaining--;
        slice.end--;
    }

    private void decode(int index) {
        DecodedPage page = currentPage();
        page.decode(index);
        if (idle.isConfiguredPage(state.page) && state.code[idle.configuredIndex()] != HotLoop.UNDECODED) {
            markIdle(page, idle.configuredIndex(), state.page);
        }
    }

    /** Marks the instruction at {@code index} of {@code page}, which is the page of {@code address}, as a place to be idle at. */
    private void markIdle(DecodedPage page, int index, long address) {
        if (!page.isMarked(index, HotLoop.IDLE)) {
            page.mark(index, HotLoop.IDLE);
            idleHeads.accept(address & -4096 | (long) index << 2);
        }
    }

    private DecodedPage currentPage() {
        DecodedPage page = decoded[LoopState.slotOf(state.page)];
        if (page == null || page.code() != state.code) {
            throw new IllegalStateException("page %x is executed but not looked up".formatted(state.page));
        }
        return page;
    }

    /** Executes the instruction before {@code state.index}; false if the tier wants to. */
    private boolean executeSlow() {
        mayEnd = false;
        int index = state.index - 1;
        long pc = state.pc() - 4;
        boolean inSlot = state.slot == index;
        long instruction = state.code[index];
        int number = (int) (instruction >>> 48);
        if (number > HotLoop.PAGE_END && number <= HotLoop.SLOW || number > HotLoop.PLAIN && inSlot) {
            executeAlone(instruction, pc, inSlot ? pc - 4 : pc, inSlot);
            return true;
        }
        switch (number) {
            case HotLoop.UNDECODED -> {
                decode(index);
                state.index = index;
            }
            case HotLoop.PAGE_END -> executeSlotOnNextPage(pc);
            case HotLoop.PROFILED -> executeProfiled(pc);
            default -> {
                state.index = index;
                return executeMarked();
            }
        }
        return true;
    }

    /** Executes the delay slot at {@code pc}, the beginning of a page, of a branch that was not taken. */
    private void executeSlotOnNextPage(long pc) {
        long instruction;
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

    /** Executes the marked instruction at {@code state.index}; false if the tier wants to. */
    private boolean executeMarked() {
        long pc = state.pc();
        int index = state.index;
        if (currentPage().isMarked(index, HotLoop.IDLE)) {
            if (!isObservedHere(pc)) {
                stepHere();
            }
            return true;
        }
        if (tier != null) {
            cpu.setPc(pc);
            cpu.setRetired(slice.retired());
            if (tier.reached(pc)) {
                return false;
            }
        }
        if ((state.code[index] >>> 48 & HotLoop.PLAIN) == HotLoop.PROFILED && !reports.isLeftOut(state.code[index])) {
            state.index++;
            executeProfiled(pc);
        } else {
            stepHere();
        }
        return true;
    }

    /** Executes the transfer at {@code pc}, before {@code state.index}, and tells the tier about it. */
    private void executeProfiled(long pc) {
        DecodedPage page = currentPage();
        int index = state.index - 1;
        long instruction = state.code[index];
        Op op = DecodedPage.op(instruction);
        reports.reached(op);
        if (executeAlone(instruction, pc, pc, false) && !reports.executed(op, pc, taken)) {
            page.settle(index);
        }
    }

    /** True when only one of {@link Tier#interval} executions of {@code op} is reported. */
    public static boolean isSampled(Op op) {
        return HotLoop.isSampled(op);
    }

    /** Enters the page of {@code pc} and returns its first instruction. */
    private long slotOnNextPage(long pc) {
        enter(pc);
        if (state.code[0] == HotLoop.UNDECODED) {
            decode(0);
        }
        return state.code[0];
    }

    /** Executes the delay slot of a taken branch and goes to its target; false if there was an exception. */
    private boolean executeSlot() {
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
            return false;
        }
        if (!executeAlone(instruction, pc, branch, true)) {
            return false;
        }
        mayEnd = target <= branch;
        if (single || cpu.events() != 0 || isBudgetSpent()) {
            leave(target);
        } else {
            goTo(target);
        }
        return true;
    }

    /**
     * Executes one instruction out of line; {@code report} is what an exception reports as its place. False if there was an
     * exception, also in its delay slot; then the handler is next.
     */
    private boolean executeAlone(long instruction, long pc, long report, boolean inSlot) {
        Op op = DecodedPage.op(instruction);
        int word = (int) instruction;
        boolean transfer = DecodedPage.isTransfer(op);
        cpu.setPc(pc);
        cpu.setRetired(slice.retired());
        boolean condition;
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
            condition = Executor.execute(cpu, op, word);
        } catch (GuestException e) {
            raise(e, report, inSlot);
            return false;
        }
        slice.remaining--;
        if (transfer) {
            return transfer(op, word, condition || op.has(Trait.JUMP));
        }
        if (op == Op.ERET) {
            state.slot = -1;
            entered = false;
            mayEnd = true;
        }
        return true;
    }

    /** Finishes a branch or jump at {@code state.index - 1}; false if there was an exception in its delay slot. */
    private boolean transfer(Op op, int word, boolean isTaken) {
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
        taken = isTaken;
        state.target = target;
        if (taken) {
            return executeSlot();
        }
        if (op.has(Trait.LIKELY)) {
            state.index++;
        } else {
            state.slot = state.index;
        }
        return true;
    }

    // Idle loops

    /** At a marked instruction: true if the guest was found idle or has got on under observation, false if nothing was executed. */
    private boolean isObservedHere(long pc) {
        if (idle.isConfigured(pc)) {
            foundIdle = idle.visit();
            return foundIdle;
        }
        if (!idle.isWorthWatching(pc)) {
            currentPage().unmark(state.index, HotLoop.IDLE);
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
        if (!entered) {
            return;
        }
        foundIdle = isIdleLoop(idle.stepsToLook());
        idle.looked(foundIdle);
        if (foundIdle) {
            idle.watched(state.pc(), true);
            markIdle(currentPage(), state.index, state.page);
        }
    }

    /** Executes up to {@code limit} instructions one by one; true if they came back here and changed nothing. */
    private boolean isIdleLoop(int limit) {
        long head = state.pc();
        idle.startObserving();
        boolean found = false;
        for (int i = 0; i < limit && entered && cpu.events() == 0 && !found && !isBudgetSpent(); i++) {
            stepHere();
            if (entered && state.slot != state.index && state.pc() == head) {
                found = idle.isUnchanged();
            }
        }
        idle.stopObserving();
        // a branch and its delay slot belong together
        while (entered && state.slot == state.index) {
            stepHere();
        }
        return found;
    }

    /** Executes the instruction at the pc, out of line and whatever it is marked as. */
    private void stepHere() {
        long instruction = state.code[state.index];
        if (instruction == HotLoop.UNDECODED) {
            decode(state.index);
            instruction = state.code[state.index];
        }
        boolean inSlot = state.slot == state.index;
        if (instruction >>> 48 == HotLoop.PAGE_END) {
            if (inSlot) {
                state.index++;
                boolean _ = executeSlow();
            } else {
                goTo(state.pc());
            }
            return;
        }
        long pc = state.pc();
        state.index++;
        mayEnd = false;
        executeAlone(instruction, pc, inSlot ? pc - 4 : pc, inSlot);
    }

    @Override
    public void translationsChanged(long address, long count) {
        state.forgetPages(address, count);
    }

    @Override
    public void mappedTranslationsChanged() {
        state.forgetMappedPages();
    }

    @Override
    public void allTranslationsChanged() {
        state.forgetPages();
    }
}
