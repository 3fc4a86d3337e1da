package org.xenomips.cpu;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.xenomips.device.InterruptLine;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/** Architectural state of one processor. Thread: machine thread. */
public final class Cpu implements Resettable, Snapshotable {
    private final CpuModel model;
    private final GuestException[] exceptions;
    private final GuestException[] coprocessorUnusable;
    private final Fpu fpu;
    private long hi;
    private long lo;

    /** A processor of {@code model} with a pipeline clock of {@code hertz}, reset. */
    public Cpu(CpuModel model, long hertz, PhysicalMap memory, GuestClock clock, TimerQueue timers) {
        this.model = model;
        this.exceptions = Arrays.stream(ExceptionCode.values())
                .map(code -> new GuestException(code, 0))
                .toArray(GuestException[]::new);
        this.coprocessorUnusable = IntStream.range(0, 4)
                .mapToObj(unit -> new GuestException(ExceptionCode.CPU, unit))
                .toArray(GuestException[]::new);
        fpu = new Fpu(model, raise(ExceptionCode.FPE));
    }

    public CpuModel model() {
        return model;
    }

    /** Cause.IP input {@code ip}, 2..6 (IP7 is the processor's own timer). */
    public InterruptLine interruptLine(int ip) {
        return asserted -> {};
    }

    /** Program counter: address of the next instruction to execute. */
    public long pc() {
        return 0;
    }

    /** Coprocessor 1. */
    public Fpu fpu() {
        return fpu;
    }

    /** HI, 64 bits. */
    public long hi() {
        return hi;
    }

    /** LO, 64 bits. */
    public long lo() {
        return lo;
    }

    /** Sets HI. */
    public void setHi(long value) {
        hi = value;
    }

    /** Sets LO. */
    public void setLo(long value) {
        lo = value;
    }

    /** The exception to throw for {@code code}; the same object every time. */
    public GuestException raise(ExceptionCode code) {
        return exceptions[code.ordinal()];
    }

    /** The exception to throw when coprocessor {@code unit} (0..3) cannot be used. */
    public GuestException raiseCoprocessorUnusable(int unit) {
        return coprocessorUnusable[unit];
    }

    /** Cold reset: pc at the reset vector. */
    @Override
    public void reset() {}

    @Override
    public void save(SnapshotWriter out) {}

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {}
}
