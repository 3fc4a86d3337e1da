package org.xenomips.cpu;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.xenomips.device.InterruptLine;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.isa.IsaLevel;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/**
 * Architectural state of one processor, and what engines need to execute its instructions: registers, mode, memory, events.
 *
 * <p>How an engine takes part: before anything that can look at time or devices it calls {@link #setRetired}; a meaning that
 * throws is finished with {@link #enterException}; after every instruction that is not plain arithmetic it looks at
 * {@link #events}. {@link #pc} is exact whenever the engine is not running, never between a branch and its delay slot.
 *
 * <p>Thread: machine thread.
 */
public final class Cpu implements Resettable, Snapshotable {
    /** Length of {@link #registers}. */
    public static final int REGISTER_COUNT = 35;
    /** Place in {@link #registers} that instructions with destination $0 write; its value means nothing. */
    public static final int SINK = 32;
    /** Place of HI in {@link #registers}. */
    public static final int HI = 33;
    /** Place of LO in {@link #registers}. */
    public static final int LO = 34;

    /** Event: an interrupt, or an exception that was put off, can be taken now. */
    public static final int EVENT_INTERRUPT = 1;
    /** Event: somebody wants the engine to return. */
    public static final int EVENT_STOP = 2;
    /** Event: the page of the pc, the mode, or the tables of the mode may have changed. */
    public static final int EVENT_CONTEXT = 4;
    /** Event: a WAIT instruction was executed and nothing is pending. */
    public static final int EVENT_WAIT = 8;

    private static final long RESET_VECTOR = 0xffff_ffff_bfc0_0000L;
    /** Deviation: the reference emulator's initial stack, for boot ROM code that relies on it. */
    private static final long RESET_SP = 0xffff_ffff_8000_4000L;

    private final CpuModel model;
    private final long hertz;
    private final GuestClock clock;
    private final Tlb tlb;
    private final Watch watch;
    private final CpuMemory memory;
    private final Cp0 cp0;
    private final Fpu fpu;
    private final GuestException[] exceptions;
    private final GuestException[] coprocessorUnusable;
    private final long[] registers = new long[REGISTER_COUNT];
    private long pc;
    private boolean linked;
    private long linkedAddress;
    /** Hardware interrupt inputs in the places of Cause.IP7..IP2. */
    private int interruptLines;
    private int events;
    private boolean waiting;
    /** A non-maskable interrupt or soft reset is to be taken. */
    private boolean nonMaskable;
    private long retired;
    private long reported;
    /** Details of the exception raised last. */
    private long badAddress;
    private boolean refill;
    private Runnable snapshotAction = () -> {};
    private OptionalLong idlePc = OptionalLong.empty();

    /** A processor of {@code model} with a pipeline clock of {@code hertz}, reset. */
    public Cpu(CpuModel model, long hertz, PhysicalMap map, GuestClock clock, TimerQueue timers) {
        this.model = model;
        this.hertz = hertz;
        this.clock = clock;
        this.tlb = new Tlb(model.tlbEntries());
        this.watch = new Watch(model);
        this.memory = new CpuMemory(this, map, tlb, watch);
        this.cp0 = new Cp0(this, model, hertz, tlb, watch, timers);
        this.exceptions = Arrays.stream(ExceptionCode.values())
                .map(code -> new GuestException(code, 0))
                .toArray(GuestException[]::new);
        this.coprocessorUnusable = IntStream.range(0, 4)
                .mapToObj(unit -> new GuestException(ExceptionCode.CPU, unit))
                .toArray(GuestException[]::new);
        this.fpu = new Fpu(model, raise(ExceptionCode.FPE));
        timers.onEarlierDeadline(this::requestStop);
        reset();
    }

    public CpuModel model() {
        return model;
    }

    /** Pipeline clock in Hz; Count runs at half of it. */
    public long hertz() {
        return hertz;
    }

    /** Coprocessor 0. */
    public Cp0 cp0() {
        return cp0;
    }

    /** Coprocessor 1. */
    public Fpu fpu() {
        return fpu;
    }

    /** The translation look-aside buffer. */
    public Tlb tlb() {
        return tlb;
    }

    /** Memory as this processor's instructions see it. */
    public CpuMemory memory() {
        return memory;
    }

    // Registers

    /**
     * The general registers, then {@link #SINK}, {@link #HI} and {@link #LO}: always the same array, shared with engines. Element 0
     * is 0 and must stay so.
     */
    public long[] registers() {
        return registers;
    }

    /** General register {@code number}, 0..31. */
    public long gpr(int number) {
        return registers[number];
    }

    /** Sets general register {@code number}, 0..31; $0 stays 0. */
    public void setGpr(int number, long value) {
        if (number != 0) {
            registers[number] = value;
        }
    }

    /** HI, 64 bits. */
    public long hi() {
        return registers[HI];
    }

    /** LO, 64 bits. */
    public long lo() {
        return registers[LO];
    }

    /** Sets HI. */
    public void setHi(long value) {
        registers[HI] = value;
    }

    /** Sets LO. */
    public void setLo(long value) {
        registers[LO] = value;
    }

    /** Program counter: address of the next instruction to execute. */
    public long pc() {
        return pc;
    }

    /** Continues at {@code address}; for engines, loaders and debuggers. */
    public void setPc(long address) {
        pc = address;
    }

    // Time

    /** Instructions executed since the processor was made. */
    public long retired() {
        return retired;
    }

    /** An engine reports how many instructions have been executed since the processor was made. */
    public void setRetired(long total) {
        retired = total;
    }

    /** Tells the guest clock about all instructions reported by {@link #setRetired}. */
    public void syncClock() {
        if (retired != reported) {
            clock.retired(retired - reported);
            reported = retired;
        }
    }

    /** Guest time after the instructions reported by {@link #setRetired}. */
    public long nowNs() {
        syncClock();
        return clock.nowNs();
    }

    // Events and interrupts

    /** What an engine must look at before the next instruction: a sum of {@code EVENT_} bits, 0 for nothing. */
    public int events() {
        return events;
    }

    /** The engine has dealt with {@code bits} of {@link #events}. */
    public void clearEvents(int bits) {
        events &= ~bits;
    }

    /** Makes the engine return before the next instruction that follows a slow one, at the latest where its slice ends. */
    public void requestStop() {
        events |= EVENT_STOP;
    }

    /** The meaning of addresses near the pc may have changed. */
    void contextChanged() {
        events |= EVENT_CONTEXT;
    }

    /** Cause.IP input {@code ip}, 2..6 (IP7 is the processor's own timer). */
    public InterruptLine interruptLine(int ip) {
        if (ip < 2 || ip > 6) {
            throw new IllegalArgumentException("no interrupt input IP" + ip);
        }
        return asserted -> setInterrupt(ip, asserted);
    }

    void setInterrupt(int ip, boolean asserted) {
        int bit = 1 << 8 + ip;
        int lines = asserted ? interruptLines | bit : interruptLines & ~bit;
        if (lines != interruptLines) {
            interruptLines = lines;
            updateInterrupts();
        }
    }

    int interruptLines() {
        return interruptLines;
    }

    /** To be called whenever Status, Cause or a line has changed. */
    void updateInterrupts() {
        if (nonMaskable || cp0.isInterruptTaken(interruptLines) || cp0.isWatchDue()) {
            events |= EVENT_INTERRUPT;
        } else {
            events &= ~EVENT_INTERRUPT;
        }
    }

    /** True when an interrupt, or an exception that was put off, is to be taken before the next instruction. */
    public boolean isInterruptPending() {
        return (events & EVENT_INTERRUPT) != 0;
    }

    /** WAIT: nothing to do until an interrupt is pending that Status.IM does not mask, whatever Status.IE says. */
    void waitForInterrupt() {
        waiting = true;
        events |= EVENT_WAIT;
    }

    /** True while a WAIT instruction has not completed; an engine then returns without executing anything. */
    public boolean isWaiting() {
        if (waiting && cp0.isInterruptWaiting(interruptLines)) {
            waiting = false;
        }
        return waiting;
    }

    /** Where the guest does nothing but wait, if the user said so; 32 bits count. */
    public OptionalLong idlePc() {
        return idlePc;
    }

    /** Tells engines where the guest does nothing but wait, or that it is not known. */
    public void setIdlePc(OptionalLong pc) {
        idlePc = pc;
        memory.mapChanged();
    }

    // Exceptions

    /** The exception to throw for {@code code}; the same object every time. */
    public GuestException raise(ExceptionCode code) {
        return exceptions[code.ordinal()];
    }

    /** The exception to throw when coprocessor {@code unit} (0..3) cannot be used. */
    public GuestException raiseCoprocessorUnusable(int unit) {
        return coprocessorUnusable[unit];
    }

    /** The exception to throw for a misaligned or forbidden {@code address}. */
    public GuestException raiseAddressError(boolean store, long address) {
        badAddress = address;
        return raise(store ? ExceptionCode.ADES : ExceptionCode.ADEL);
    }

    /** The exception to throw when the TLB does not allow an access; {@code noEntry} = nothing matched. */
    GuestException raiseTlb(ExceptionCode code, long address, boolean noEntry) {
        badAddress = address;
        refill = noEntry;
        return raise(code);
    }

    /** The address that an exception being raised reports. */
    long badAddress() {
        return badAddress;
    }

    /** True when a TLB exception is being raised because nothing matched. */
    boolean isRefill() {
        return refill;
    }

    /** Makes {@code address} and {@code noEntry} the details of the exception that is being raised. */
    void setExceptionDetails(long address, boolean noEntry) {
        badAddress = address;
        refill = noEntry;
    }

    /**
     * Enters the handler of an exception thrown by an instruction; {@link #pc} is the handler's address then.
     *
     * @param instruction address of the instruction, or of the branch before it if it is in a delay slot
     */
    public void enterException(GuestException exception, long instruction, boolean inSlot) {
        boolean noEntry = refill;
        refill = false;
        pc = cp0.enterException(exception.code(), exception.coprocessor(), instruction, inSlot, badAddress, noEntry);
    }

    /**
     * Enters the handler of the SYSCALL at {@code instruction}, which is in no delay slot; {@link #pc} is the handler's address then.
     * The same as {@link #enterException}, for engines that know the instruction.
     */
    public void enterSystemCall(long instruction) {
        pc = cp0.enterSystemCall(instruction);
    }

    /**
     * Takes the pending interrupt before the instruction at {@link #pc}: a non-maskable one, a Watch exception that was put off, or
     * an ordinary one, in this order.
     */
    public void enterInterrupt() {
        if (nonMaskable) {
            nonMaskable = false;
            cp0.enterReset(pc);
            pc = RESET_VECTOR;
            contextChanged();
        } else {
            pc = cp0.enterException(cp0.takeWatch(), 0, pc, false, 0, false);
        }
    }

    /** ERET: LLbit is cleared; returns where to go on. */
    public long returnFromException() {
        linked = false;
        return cp0.leaveException();
    }

    /**
     * Non-maskable interrupt or soft reset: taken before the next instruction, never between a branch and its delay slot, whatever
     * Status says. It ends WAIT.
     */
    public void nonMaskableInterrupt() {
        nonMaskable = true;
        waiting = false;
        updateInterrupts();
    }

    /**
     * A watched access by the current instruction: throws the exception, or puts it off while EXL or ERL is set.
     *
     * @param points which Watch registers match, see {@link Watch#find}
     */
    void watched(boolean fetch, int points) {
        ExceptionCode code = fetch && model.isa() == IsaLevel.RM7000 ? ExceptionCode.IWATCH : ExceptionCode.WATCH;
        if (cp0.isWatchRaised(code, points)) {
            throw raise(code);
        }
    }

    // What the traits of instructions stand for

    /** Throws unless CP0 instructions are allowed. */
    public void requireCop0() {
        if (cp0.mode() != Cp0.KERNEL && (cp0.status() & Status.CU0) == 0) {
            throw raiseCoprocessorUnusable(0);
        }
    }

    /** Throws unless the FPU is enabled. */
    public void requireCop1() {
        if ((cp0.status() & Status.CU1) == 0) {
            throw raiseCoprocessorUnusable(1);
        }
    }

    /** Throws unless 64-bit operations are allowed. */
    public void require64BitOperations() {
        if (!cp0.has64BitOperations()) {
            throw raise(ExceptionCode.RI);
        }
    }

    // LL and SC

    /** LL: sets LLbit and remembers the address. */
    void link(long physicalAddress) {
        linked = true;
        linkedAddress = physicalAddress;
        cp0.setLinkedAddress(physicalAddress);
    }

    /** SC: true if LLbit is set and the address is in the linked line (32 bytes); clears LLbit. */
    boolean unlink(long physicalAddress) {
        boolean success = linked && (physicalAddress ^ linkedAddress) >>> 5 == 0;
        linked = false;
        return success;
    }

    /** {@code action} runs after the state was saved or restored: the engine drops what it knows beyond this state. */
    public void onSnapshot(Runnable action) {
        snapshotAction = action;
    }

    /** Cold reset: pc at the reset vector. */
    @Override
    public void reset() {
        Arrays.fill(registers, 0);
        registers[29] = RESET_SP;
        pc = RESET_VECTOR;
        linked = false;
        linkedAddress = 0;
        waiting = false;
        nonMaskable = false;
        refill = false;
        tlb.clear();
        fpu.reset();
        interruptLines &= ~Cause.IP7;
        cp0.reset();
        memory.mapChanged();
    }

    @Override
    public void save(SnapshotWriter out) {
        syncClock();
        out.putLongs("registers", registers.clone());
        out.putLong("pc", pc);
        out.putBoolean("linked", linked);
        out.putLong("linkedAddress", linkedAddress);
        out.putBoolean("waiting", waiting);
        out.putBoolean("nonMaskable", nonMaskable);
        out.putInt("interruptLines", interruptLines);
        out.section("tlb", tlb);
        out.section("cp0", cp0);
        out.section("fpu", fpu);
        snapshotAction.run();
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.getLongs("registers", registers);
        registers[0] = 0;
        pc = in.getLong("pc");
        linked = in.getBoolean("linked");
        linkedAddress = in.getLong("linkedAddress");
        waiting = in.getBoolean("waiting");
        nonMaskable = in.getBoolean("nonMaskable");
        interruptLines = in.getInt("interruptLines") & Cause.IP;
        refill = false;
        in.section("tlb", tlb);
        in.section("cp0", cp0);
        in.section("fpu", fpu);
        memory.mapChanged();
        snapshotAction.run();
    }

    /** Writes the registers, CP0 and the valid TLB entries for people. */
    public void dump(Appendable out) throws java.io.IOException {
        CpuDump.registers(this, out);
        CpuDump.tlb(tlb, out);
    }

    @Override
    public String toString() {
        return "%s pc=%016x".formatted(model, pc);
    }

    /** Where $0 goes: the index in {@link #registers} that an instruction with destination {@code number} writes. */
    public static int destination(int number) {
        return number == 0 ? SINK : number;
    }
}
