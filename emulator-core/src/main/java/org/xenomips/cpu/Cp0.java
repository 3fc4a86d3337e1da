package org.xenomips.cpu;

import org.jspecify.annotations.Nullable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.isa.IsaLevel;
import org.xenomips.time.TimerQueue;

/**
 * Coprocessor 0: the registers as instructions read and write them, the processor mode that follows from Status, and entry to and
 * return from exceptions. Effects are immediate; there are no hazards.
 *
 * <p>Deviation: Config has the reference emulator's value (512 KB caches), because guest images flush caches by this size. Random
 * is drawn from a generator instead of counting instructions, so that refill loops cannot fall into step with it. With Status.XX
 * clear every MIPS IV instruction is reserved in user mode, while R10000-class hardware raises other exceptions for some. A Watch
 * exception that RM7000 put off because of EXL or ERL is forgotten when a Watch register is written; W1 and W2 are read-only.
 * Select fields are ignored, except that RM7000 reads set 1 with select 1, and that MIPS64 has Config1 and Watch registers with
 * select 0 only.
 *
 * <p>Thread: machine thread.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, chapters 4 and 5; QED RM7000 User Manual, chapter 6"
 */
public final class Cp0 implements Snapshotable {
    /** Kernel mode. */
    public static final int KERNEL = 0;
    /** Supervisor mode. */
    public static final int SUPERVISOR = 1;
    /** User mode. */
    public static final int USER = 2;

    /** Register numbers, by the manual's names. */
    public static final int INDEX = 0, RANDOM = 1, ENTRY_LO0 = 2, ENTRY_LO1 = 3, CONTEXT = 4, PAGE_MASK = 5, WIRED = 6,
            INFO = 7,
            BAD_VADDR = 8, COUNT = 9, ENTRY_HI = 10, COMPARE = 11, STATUS = 12, CAUSE = 13, EPC = 14, PRID = 15,
            CONFIG = 16,
            LL_ADDR = 17, WATCH = 18, WATCH_2 = 19, XCONTEXT = 20, WATCH_MASK = 24, ERROR_EPC = 30;

    /** The bits of the context key that hold the mode. */
    static final int MODE = 3;
    /** In the context key. */
    private static final int WITH_64_BIT_ADDRESSES = 4, MIPS4_RESERVED = 16;
    private static final int PROBE_FAILURE = 1 << 31;
    private static final int INDEX_MASK = 0x3f;
    private static final int ENTRY_LO_MASK = 0x3fff_ffff;
    private static final long ENTRY_HI_MASK = Tlb.VPN2_MASK | 0xff;
    private static final long CONTEXT_BASE = -1L << 23;
    private static final long XCONTEXT_BASE = -1L << 33;
    private static final int CONFIG_RESET = 0x00c0_8ff0;
    /** MIPS64: Config1 present, big endian, MIPS64, standard TLB. */
    private static final int CONFIG_MIPS64 = 0x8000_c080;
    /** 64 TLB entries, two 32 KB four-way caches with 32-byte lines, Watch registers, FPU. */
    private static final int CONFIG1_MIPS64 = 63 << 25 | 2 << 22 | 4 << 19 | 3 << 16 | 2 << 13 | 4 << 10 | 3 << 7
            | 1 << 3 | 1;
    private static final int INFO_64_ENTRIES = 1 << 29;
    private static final int SET1_CONFIG = 0xfe00_0000;
    private static final long VECTOR_BASE = 0xffff_ffff_8000_0000L;
    private static final long VECTOR_BASE_BOOT = 0xffff_ffff_bfc0_0200L;
    private static final int GENERAL_VECTOR = 0x180;
    private static final int SYSTEM_CALL = ExceptionCode.SYS.code();

    private final Cpu cpu;
    private final CpuModel model;
    private final Tlb tlb;
    private final Watch watch;
    private final CountCompare time;
    private final boolean hasXx;
    /** Bit of Cause that moves interrupts to the vector at 0x200, or 0. */
    private final int interruptVector;
    private int index;
    private int entryLo0;
    private int entryLo1;
    private long context;
    private long xcontext;
    private int pageMask;
    private int wired;
    private long badVAddr;
    private long entryHi;
    private int status;
    /** Cause without the hardware interrupt lines. */
    private int cause;
    private long epc;
    private long errorEpc;
    private int config;
    /** Registers that only keep what is written: 7, 17..19, 21..29, 31. */
    private final long[] plain = new long[32];
    private final long[] set1 = new long[32];
    private int randomState;
    private int mode;
    /** The Watch exception RM7000 has put off, or null. */
    private @Nullable ExceptionCode putOff;
    private int contextKey;

    Cp0(Cpu cpu, CpuModel model, long hertz, Tlb tlb, Watch watch, TimerQueue timers) {
        this.cpu = cpu;
        this.model = model;
        this.tlb = tlb;
        this.watch = watch;
        this.hasXx = model.isa().includes(IsaLevel.MIPS4) && model.isa() != IsaLevel.MIPS64;
        this.interruptVector = interruptVector(model.isa());
        this.time = new CountCompare(cpu, hertz / 2, timers);
        this.config = configReset();
    }

    private static int interruptVector(IsaLevel isa) {
        return switch (isa) {
            case RM7000 -> Cause.IV_RM7000;
            case RM52XX, MIPS64 -> Cause.IV;
            default -> 0;
        };
    }

    private int configReset() {
        return model.isa() == IsaLevel.MIPS64 ? CONFIG_MIPS64 : CONFIG_RESET;
    }

    void reset() {
        index = 0;
        entryLo0 = 0;
        entryLo1 = 0;
        context = 0;
        xcontext = 0;
        pageMask = 0;
        wired = 0;
        badVAddr = 0;
        entryHi = 0;
        cause = 0;
        epc = 0;
        errorEpc = 0;
        config = configReset();
        java.util.Arrays.fill(plain, 0);
        putOff = null;
        watchWritten();
        java.util.Arrays.fill(set1, 0);
        randomState = 1;
        setStatus(Status.RESET);
        time.reset();
    }

    // Moves

    /** What DMFC0 reads: 64-bit registers as they are, 32-bit registers sign-extended. */
    public long read(int register, int select) {
        if (select == 1) {
            if (model.isa() == IsaLevel.RM7000) {
                return readSet1(register);
            }
            if (model.isa() == IsaLevel.MIPS64 && register == CONFIG) {
                return CONFIG1_MIPS64;
            }
        }
        return switch (register) {
            case INDEX -> index;
            case RANDOM -> random();
            case ENTRY_LO0 -> entryLo0;
            case ENTRY_LO1 -> entryLo1;
            case CONTEXT -> context;
            case PAGE_MASK -> pageMask;
            case WIRED -> wired;
            case INFO -> model.isa() == IsaLevel.RM7000 ? INFO_64_ENTRIES : 0;
            case BAD_VADDR -> badVAddr;
            case COUNT -> time.readCount();
            case ENTRY_HI -> entryHi;
            case COMPARE -> time.readCompare();
            case STATUS -> status;
            case CAUSE -> readCause();
            case EPC -> epc;
            case PRID -> model.prid();
            case CONFIG -> config;
            case XCONTEXT -> xcontext;
            case ERROR_EPC -> errorEpc;
            default -> plain[register];
        };
    }

    /** DMTC0 of {@code value}, or MTC0 of a sign-extended word; read-only bits keep their value. */
    public void write(int register, int select, long value) {
        int word = (int) value;
        switch (register) {
            case INDEX -> index = index & PROBE_FAILURE | word & INDEX_MASK;
            case ENTRY_LO0 -> setEntryLo0(word);
            case ENTRY_LO1 -> setEntryLo1(word);
            case CONTEXT -> context = value & CONTEXT_BASE | context & ~CONTEXT_BASE;
            case PAGE_MASK -> pageMask = word & Tlb.PAGE_MASK;
            case WIRED -> wired = word & INDEX_MASK;
            case RANDOM, INFO, BAD_VADDR, PRID -> {
                // read-only
            }
            case COUNT -> time.writeCount(word);
            case ENTRY_HI -> setEntryHi(value & ENTRY_HI_MASK);
            case COMPARE -> time.writeCompare(word);
            case STATUS -> writeStatus(word);
            case CAUSE -> writeCause(word);
            case EPC -> setEpc(value);
            case CONFIG -> writeConfig(word);
            case XCONTEXT -> xcontext = value & XCONTEXT_BASE | xcontext & ~XCONTEXT_BASE;
            case ERROR_EPC -> errorEpc = value;
            case WATCH, WATCH_2, WATCH_MASK -> writeWatch(register, select, value);
            default -> plain[register] = value;
        }
    }

    // The same for engines that know the register: what kernels move with each exception

    /** Cause with the interrupts that are pending now. */
    public long readCause() {
        time.check();
        return cause | cpu.interruptLines();
    }

    /** EPC. */
    public long epc() {
        return epc;
    }

    /** Sets EPC. */
    public void setEpc(long value) {
        epc = value;
    }

    /** BadVAddr. */
    public long badVAddr() {
        return badVAddr;
    }

    /** Context. */
    public long context() {
        return context;
    }

    /** XContext. */
    public long xcontext() {
        return xcontext;
    }

    /** EntryHi. */
    public long entryHi() {
        return entryHi;
    }

    /** What MTC0 of {@code value} to EntryLo0 does. */
    public void setEntryLo0(long value) {
        entryLo0 = (int) value & ENTRY_LO_MASK;
    }

    /** What MTC0 of {@code value} to EntryLo1 does. */
    public void setEntryLo1(long value) {
        entryLo1 = (int) value & ENTRY_LO_MASK;
    }

    /** What MTC0 of {@code value} to Status does. */
    public void writeStatus(long value) {
        setStatus((int) value & Status.WRITABLE);
    }

    private void writeWatch(int register, int select, long value) {
        if (!watch.has(register)) {
            plain[register] = value;
        } else if (select == 0 || model.isa() != IsaLevel.MIPS64) {
            plain[register] = watch.writable(register, value);
            putOff = null;
            watchWritten();
            cpu.updateInterrupts();
        }
    }

    private void watchWritten() {
        if (watch.set(plain[WATCH], plain[WATCH_2], plain[WATCH_MASK])) {
            cpu.memory().mapChanged();
        }
    }

    /** CFC0: a register of RM7000's set 1. */
    public long readSet1(int register) {
        return register == CONFIG ? SET1_CONFIG : set1[register];
    }

    /** CTC0: IPLLO, IPLHI, IntControl and DErrAddr0/1 keep what is written and have no effect; others ignore it. */
    public void writeSet1(int register, long value) {
        switch (register) {
            case 18, 19, 20, 26, 27 -> set1[register] = (int) value;
            default -> {
                // not there
            }
        }
    }

    private void writeCause(int word) {
        int writable = Cause.IP_SOFTWARE | interruptVector;
        // WP can be cleared, not set
        cause = cause & ~writable & (word | ~Cause.WP) | word & writable;
        cpu.updateInterrupts();
    }

    private void writeConfig(int word) {
        int old = config;
        config = config & ~7 | word & 7;
        if (AddressSpace.cacheFlag(old & 7) != AddressSpace.cacheFlag(word & 7)) {
            cpu.memory().mapChanged();
        }
    }

    // Mode

    /** The Status register. */
    public int status() {
        return status;
    }

    /** Kernel, supervisor or user: {@link #KERNEL}, {@link #SUPERVISOR}, {@link #USER}. */
    public int mode() {
        return mode;
    }

    /** True while Status.ERL is set. */
    public boolean isErrorLevel() {
        return (status & Status.ERL) != 0;
    }

    /** True when {@code ofMode} may use 64-bit addresses. */
    public boolean has64BitAddresses(int ofMode) {
        return (status & Status.KX >>> ofMode) != 0;
    }

    /** True when 64-bit operations are legal now: always in kernel mode. */
    public boolean has64BitOperations() {
        return mode == KERNEL || has64BitAddresses(mode);
    }

    /** True when MIPS IV instructions are reserved now: in user mode without Status.XX, on processors that have the bit. */
    public boolean isMips4Reserved() {
        return (contextKey & MIPS4_RESERVED) != 0;
    }

    /** Status.CU1: instructions of the FPU are allowed. */
    public boolean isFpuUsable() {
        return (status & Status.CU1) != 0;
    }

    /**
     * Everything that decides what an address and an instruction mean, apart from the TLB and the ASID, as a number below 4096.
     * Look-asides put it next to the page number.
     */
    public int contextKey() {
        return contextKey;
    }

    /** True when xkphys can be accessed in the mode of {@code contextKey}: kernel mode with 64-bit addresses. */
    public static boolean reachesXkphys(int contextKey) {
        return (contextKey & (MODE | WITH_64_BIT_ADDRESSES)) == (KERNEL | WITH_64_BIT_ADDRESSES);
    }

    /** True when {@code contextKey} is one of kernel mode. */
    public static boolean isKernel(int contextKey) {
        return (contextKey & MODE) == KERNEL;
    }

    /** Address space identifier, 8 bits. */
    public int asid() {
        return (int) entryHi & 0xff;
    }

    /** Config.K0. */
    int kseg0Attribute() {
        return config & 7;
    }

    /** hot: kernels do this for each exception, mostly in ways that leave the mode alone. */
    private void setStatus(int value) {
        int old = status;
        status = value;
        // EXL alone makes no difference in kernel mode
        int deciding = ((old | value) & Status.KSU) == 0 ? Status.DECIDE_MODE & ~Status.EXL : Status.DECIDE_MODE;
        if (((old ^ value) & deciding) != 0) {
            modeBitsChanged(old ^ value);
        }
        cpu.updateInterrupts();
    }

    private void modeBitsChanged(int changed) {
        int value = status;
        int exceptional = value & (Status.EXL | Status.ERL);
        mode = exceptional != 0 ? KERNEL : Math.min(value >>> 3 & 3, USER);
        int key = mode | (has64BitAddresses(mode) ? WITH_64_BIT_ADDRESSES : 0) | (isErrorLevel() ? 8 : 0)
                | (hasXx && mode == USER && (value & Status.XX) == 0 ? MIPS4_RESERVED : 0);
        cpu.fpu().setFr((value & Status.FR) != 0);
        if ((changed & Status.ERL) != 0) {
            cpu.memory().errorLevelChanged();
        }
        if (key != contextKey) {
            contextKey = key;
            cpu.memory().modeChanged(mode);
        }
    }

    private void setEntryHi(long value) {
        int oldAsid = asid();
        entryHi = value;
        if (asid() != oldAsid) {
            cpu.memory().asidChanged();
        }
    }

    // Interrupts

    /** True when {@code lines} (as in Cause) and the software interrupts hold one that is enabled and can be taken now. */
    boolean isInterruptTaken(int lines) {
        return (status & (Status.IE | Status.EXL | Status.ERL)) == Status.IE && isInterruptWaiting(lines);
    }

    /** True when an interrupt is pending that Status.IM does not mask: what ends WAIT. */
    boolean isInterruptWaiting(int lines) {
        return ((cause | lines) & status & Cause.IP) != 0;
    }

    // Watch exceptions

    /** True when a Watch exception that was put off can be taken now. */
    boolean isWatchDue() {
        return (putOff != null || (cause & Cause.WP) != 0) && (status & (Status.EXL | Status.ERL)) == 0;
    }

    /**
     * A watched access: true if its exception {@code code} is to be raised now; false if it was put off until EXL and ERL are clear.
     */
    boolean isWatchRaised(ExceptionCode code, int points) {
        boolean now = (status & (Status.EXL | Status.ERL)) == 0;
        if (model.isa() == IsaLevel.RM7000) {
            cause = cause & ~Cause.W | points << Cause.W_SHIFT;
            putOff = now ? null : code;
        } else if (!now) {
            cause |= Cause.WP;
        }
        return now;
    }

    /** The exception to take where an interrupt can be: the Watch exception that is due, or Interrupt. WP stays set. */
    ExceptionCode takeWatch() {
        if (!isWatchDue()) {
            return ExceptionCode.INT;
        }
        ExceptionCode code = putOff == null ? ExceptionCode.WATCH : putOff;
        putOff = null;
        return code;
    }

    // Exceptions

    /**
     * Enters an exception.
     *
     * @param pc the instruction, or the branch before it when {@code inSlot}
     * @param badAddress for address errors and TLB exceptions
     * @param refill no TLB entry matched
     * @return address of the handler
     */
    long enterException(ExceptionCode code, int coprocessor, long pc, boolean inSlot, long badAddress, boolean refill) {
        int offset = GENERAL_VECTOR;
        if ((status & Status.EXL) == 0) {
            if (refill) {
                offset = isExtended(badAddress) ? 0x080 : 0;
            } else if (code == ExceptionCode.INT && (cause & interruptVector) != 0) {
                offset = 0x200;
            }
        }
        switch (code) {
            case ADEL, ADES -> badVAddr = badAddress;
            case TLBL, TLBS, MOD -> {
                badVAddr = badAddress;
                context = context & CONTEXT_BASE | badAddress >>> 13 << 4 & ~CONTEXT_BASE;
                xcontext = xcontext & XCONTEXT_BASE | badAddress >>> 62 << 31 | (badAddress >>> 13 & 0x7ff_ffff) << 4;
                entryHi = badAddress & Tlb.VPN2_MASK | entryHi & 0xff;
            }
            default -> {
                // no address
            }
        }
        return enter(code.code(), coprocessor, pc, inSlot, offset);
    }

    /** Enters the exception of the SYSCALL at {@code pc}, which is in no delay slot; returns the address of the handler. */
    long enterSystemCall(long pc) {
        return enter(SYSTEM_CALL, 0, pc, false, GENERAL_VECTOR);
    }

    private long enter(int code, int coprocessor, long pc, boolean inSlot, int offset) {
        if ((status & Status.EXL) == 0) {
            epc = pc;
            cause = inSlot ? cause | Cause.BD : cause & ~Cause.BD;
        }
        cause = cause & ~(Cause.EXC_CODE | Cause.CE) | code << Cause.EXC_CODE_SHIFT | coprocessor << Cause.CE_SHIFT;
        setStatus(status | Status.EXL);
        return ((status & Status.BEV) != 0 ? VECTOR_BASE_BOOT : VECTOR_BASE) + offset;
    }

    /** Whether the region of {@code address} has 64-bit addressing, which selects the XTLB vector. */
    private boolean isExtended(long address) {
        return switch ((int) (address >>> 62)) {
            case 0 -> (status & Status.UX) != 0;
            case 1 -> (status & Status.SX) != 0;
            default -> (status & Status.KX) != 0;
        };
    }

    /** ERET: leaves the error level or the exception level; returns where to go on. */
    long leaveException() {
        if (isErrorLevel()) {
            setStatus(status & ~Status.ERL);
            return errorEpc;
        }
        setStatus(status & ~Status.EXL);
        return epc;
    }

    /** Soft reset or non-maskable interrupt at {@code pc}. */
    void enterReset(long pc) {
        errorEpc = pc;
        setStatus(status | Status.BEV | Status.ERL | Status.SR);
    }

    // TLB

    /** TLBR. */
    public void tlbRead() {
        int at = index & INDEX_MASK;
        if (at < tlb.size()) {
            pageMask = tlb.pageMask(at);
            entryLo0 = tlb.entryLo0(at);
            entryLo1 = tlb.entryLo1(at);
            setEntryHi(tlb.entryHi(at));
        }
    }

    /** TLBWI; an index beyond the last entry writes nothing. */
    public void tlbWriteIndexed() {
        if ((index & INDEX_MASK) < tlb.size()) {
            tlbWrite(index & INDEX_MASK);
        }
    }

    /** TLBWR. */
    public void tlbWriteRandom() {
        tlbWrite(random());
    }

    /** TLBP. */
    public void tlbProbe() {
        int found = tlb.find(entryHi & Tlb.VPN2_MASK, asid());
        index = found < 0 ? PROBE_FAILURE : found;
    }

    private void tlbWrite(int at) {
        cpu.memory().tlbEntryChanged(tlb, at);
        tlb.write(at, entryHi, pageMask, entryLo0, entryLo1);
        cpu.memory().tlbEntryChanged(tlb, at);
    }

    /** An index from Wired to the last entry, never the same twice running if there are two. */
    private int random() {
        int last = tlb.size() - 1;
        int first = Math.min(wired, last);
        int range = last - first + 1;
        int previous = Integer.remainderUnsigned(randomState >>> 8, range);
        randomState = randomState * 1_664_525 + 1_013_904_223;
        int value = Integer.remainderUnsigned(randomState >>> 8, range);
        if (value == previous && range > 1) {
            randomState += 1 << 8;
            value = Integer.remainderUnsigned(randomState >>> 8, range);
        }
        return first + value;
    }

    /** LLAddr after LL at {@code physicalAddress}. */
    void setLinkedAddress(long physicalAddress) {
        plain[LL_ADDR] = physicalAddress >>> 4;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInt("index", index);
        out.putInt("entryLo0", entryLo0);
        out.putInt("entryLo1", entryLo1);
        out.putLong("context", context);
        out.putLong("xcontext", xcontext);
        out.putInt("pageMask", pageMask);
        out.putInt("wired", wired);
        out.putLong("badVAddr", badVAddr);
        out.putLong("entryHi", entryHi);
        out.putInt("status", status);
        out.putInt("cause", cause);
        out.putLong("epc", epc);
        out.putLong("errorEpc", errorEpc);
        out.putInt("config", config);
        out.putLongs("plain", plain.clone());
        out.putLongs("set1", set1.clone());
        out.putInt("random", randomState);
        out.putInt("watchPutOff", putOff == null ? 0 : putOff.code());
        out.section("time", time);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        index = in.getInt("index");
        entryLo0 = in.getInt("entryLo0");
        entryLo1 = in.getInt("entryLo1");
        context = in.getLong("context");
        xcontext = in.getLong("xcontext");
        pageMask = in.getInt("pageMask");
        wired = in.getInt("wired");
        badVAddr = in.getLong("badVAddr");
        entryHi = in.getLong("entryHi");
        cause = in.getInt("cause");
        epc = in.getLong("epc");
        errorEpc = in.getLong("errorEpc");
        config = in.getInt("config");
        in.getLongs("plain", plain);
        in.getLongs("set1", set1);
        randomState = in.getInt("random");
        putOff = switch (in.getInt("watchPutOff")) {
            case 16 -> ExceptionCode.IWATCH;
            case 23 -> ExceptionCode.WATCH;
            default -> null;
        };
        watchWritten();
        setStatus(in.getInt("status"));
        in.section("time", time);
    }
}
