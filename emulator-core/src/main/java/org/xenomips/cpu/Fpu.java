package org.xenomips.cpu;

import java.util.Arrays;
import org.xenomips.bits.Bits;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.isa.IsaLevel;

/**
 * Coprocessor 1: 32 registers of 64 bits and the control registers FCR0 and FCR31.
 *
 * <p>With Status.FR set every register holds a single, a double or an integer. With FR clear there are 16 registers of 64 bits,
 * named by even numbers; an odd number names the upper word of the even one before it, and a doubleword access ignores bit 0 of its
 * number. A 32-bit write never touches the other word.
 *
 * <p>Deviation: the other word of a 32-bit write, and doubleword accesses to odd registers with FR clear, are undefined in the
 * manual; this is what R4000-class hardware does.
 *
 * <p>Thread: machine thread.
 *
 * @see "MIPS R4000 Microprocessor User's Manual, chapter 6, Floating-Point General Registers, FPU Control Registers"
 */
public final class Fpu implements Resettable, Snapshotable {
    /** Number of the implementation and revision register. */
    static final int FCR0 = 0;
    /** Number of the control and status register. */
    static final int FCR31 = 31;

    /** Names 25, 26 and 28 of MIPS64: conditions; causes and flags; enables, flush and rounding mode. */
    private static final int FCCR = 25;
    private static final int FEXR = 26;
    private static final int FENR = 28;

    private static final int ROUNDING_MASK = 3;
    private static final int FLAGS_SHIFT = 2;
    private static final int ENABLES_SHIFT = 7;
    private static final int CAUSE_SHIFT = 12;
    /** One bit for each of inexact, underflow, overflow, division by zero and invalid, as in {@link IeeeArithmetic}. */
    private static final int IEEE_MASK = 0x1f;
    /** In the cause field only: unimplemented operation; always enabled. */
    private static final int UNIMPLEMENTED = 1 << 5;
    private static final int CAUSE_MASK = (UNIMPLEMENTED | IEEE_MASK) << CAUSE_SHIFT;
    private static final int CC0 = 23;
    private static final int FS = 24;
    private static final int CC1_TO_7 = 0xfe00_0000;

    private final long[] registers = new long[32];
    private final IeeeArithmetic arithmetic = new IeeeArithmetic();
    private final int implementation;
    private final boolean hasReleaseOneRegisters;
    private final int writable;
    private final GuestException exception;
    private boolean fr;
    private int fcr31;

    /** The FPU of {@code model}; {@code exception} is thrown to raise Floating Point. */
    Fpu(CpuModel model, GuestException exception) {
        this.exception = exception;
        hasReleaseOneRegisters = model.isa().includes(IsaLevel.MIPS64);
        // MIPS64 says in bits 16 and 17 that single and double are there.
        implementation = model.prid() & 0xffff | (hasReleaseOneRegisters ? 0x0003_0000 : 0);
        int base = 1 << FS | 1 << CC0 | CAUSE_MASK | IEEE_MASK << ENABLES_SHIFT | IEEE_MASK << FLAGS_SHIFT
                | ROUNDING_MASK;
        writable = model.isa().includes(IsaLevel.MIPS4) ? base | CC1_TO_7 : base;
    }

    /** Follows Status.FR. Register contents stay where they are, see the class comment. */
    void setFr(boolean newFr) {
        fr = newFr;
    }

    /** The 32-bit register {@code number} (0..31): a single or a word. */
    public int word(int number) {
        return fr || (number & 1) == 0 ? (int) registers[number] : (int) (registers[number - 1] >>> 32);
    }

    /** Sets the 32-bit register {@code number} (0..31). */
    public void setWord(int number, int value) {
        if (fr || (number & 1) == 0) {
            registers[number] = registers[number] & 0xffff_ffff_0000_0000L | value & 0xffff_ffffL;
        } else {
            registers[number - 1] = registers[number - 1] & 0xffff_ffffL | (long) value << 32;
        }
    }

    /** The 64-bit register {@code number} (0..31): a double or a doubleword. */
    public long doubleword(int number) {
        return registers[fr ? number : number & ~1];
    }

    /** Sets the 64-bit register {@code number} (0..31). */
    public void setDoubleword(int number, long value) {
        registers[fr ? number : number & ~1] = value;
    }

    /** The bit pattern in register {@code number}, zero-extended if it is a single. */
    long get(FloatFormat format, int number) {
        return format == FloatFormat.SINGLE ? word(number) & 0xffff_ffffL : doubleword(number);
    }

    void set(FloatFormat format, int number, long value) {
        if (format == FloatFormat.SINGLE) {
            setWord(number, (int) value);
        } else {
            setDoubleword(number, value);
        }
    }

    /** Does the computing. What it signals becomes visible with {@link #conclude}, which must follow before the result is written. */
    IeeeArithmetic arithmetic() {
        return arithmetic;
    }

    /**
     * Ends an operation: what the arithmetic signalled becomes the causes of FCR31. If one of them is enabled the exception is
     * raised, and this method does not return; if not, they are added to the flags.
     */
    void conclude() {
        int signalled = arithmetic.takeFlags();
        int enables = fcr31 >>> ENABLES_SHIFT & IEEE_MASK;
        int causes = signalled & IEEE_MASK;
        if ((signalled & IeeeArithmetic.TINY) != 0) {
            // A trap is due on tiny results whether or not they are exact.
            causes |= enables & IeeeArithmetic.UNDERFLOW;
        }
        fcr31 = fcr31 & ~CAUSE_MASK | causes << CAUSE_SHIFT;
        if ((causes & enables) != 0) {
            throw exception;
        }
        fcr31 |= causes << FLAGS_SHIFT;
    }

    /** The condition {@code cc} (0..7). */
    boolean condition(int cc) {
        return Bits.isSet(fcr31, conditionBit(cc));
    }

    void setCondition(int cc, boolean value) {
        fcr31 = Bits.with(fcr31, conditionBit(cc), value);
    }

    /** FCR31.RM: one of the four rounding modes of {@link IeeeArithmetic}. */
    int roundingMode() {
        return fcr31 & ROUNDING_MASK;
    }

    /** Control register {@code number} (0..31); 0 where there is none. */
    public int control(int number) {
        return switch (number) {
            case FCR0 -> implementation;
            case FCR31 -> fcr31;
            case FCCR -> hasReleaseOneRegisters ? fcr31 >>> FS & 0xfe | fcr31 >>> CC0 & 1 : 0;
            case FEXR -> hasReleaseOneRegisters ? fcr31 & (CAUSE_MASK | IEEE_MASK << FLAGS_SHIFT) : 0;
            case FENR -> hasReleaseOneRegisters
                    ? fcr31 & (IEEE_MASK << ENABLES_SHIFT | ROUNDING_MASK) | (fcr31 >>> FS & 1) << 2
                    : 0;
            default -> 0;
        };
    }

    /**
     * Writes control register {@code number} (0..31); does nothing where there is none or it is read-only. A cause that is written
     * together with its enable raises the exception, after the write.
     */
    void setControl(int number, int value) {
        switch (number) {
            case FCR31 -> write(writable, value);
            case FCCR -> writeIfPresent(1 << CC0 | CC1_TO_7, value << FS & CC1_TO_7 | (value & 1) << CC0);
            case FEXR -> writeIfPresent(CAUSE_MASK | IEEE_MASK << FLAGS_SHIFT, value);
            case FENR -> writeIfPresent(IEEE_MASK << ENABLES_SHIFT | ROUNDING_MASK | 1 << FS,
                    value & ~(1 << FS) | (value >>> 2 & 1) << FS);
            default -> {
                // Not a register that can be written.
            }
        }
    }

    /** All general registers 0 and rounding to nearest; hardware leaves both undefined. */
    @Override
    public void reset() {
        Arrays.fill(registers, 0);
        fr = false;
        fcr31 = 0;
        arithmetic.takeFlags();
        applyMode();
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putLongs("registers", registers);
        out.putBoolean("fr", fr);
        out.putInt("fcr31", fcr31);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.getLongs("registers", registers);
        fr = in.getBoolean("fr");
        fcr31 = in.getInt("fcr31") & writable;
        applyMode();
    }

    private static int conditionBit(int cc) {
        return cc == 0 ? CC0 : FS + cc;
    }

    private void writeIfPresent(int mask, int value) {
        if (hasReleaseOneRegisters) {
            write(mask, value);
        }
    }

    private void write(int mask, int value) {
        fcr31 = fcr31 & ~mask | value & mask;
        applyMode();
        int enabled = fcr31 >>> ENABLES_SHIFT & IEEE_MASK | UNIMPLEMENTED;
        if ((fcr31 >>> CAUSE_SHIFT & enabled) != 0) {
            throw exception;
        }
    }

    private void applyMode() {
        arithmetic.setMode(roundingMode(), Bits.isSet(fcr31, FS));
    }
}
