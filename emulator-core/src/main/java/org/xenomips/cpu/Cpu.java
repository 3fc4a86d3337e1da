package org.xenomips.cpu;

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

    /** A processor of {@code model} with a pipeline clock of {@code hertz}, reset. */
    public Cpu(CpuModel model, long hertz, PhysicalMap memory, GuestClock clock, TimerQueue timers) {
        this.model = model;
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

    /** Cold reset: pc at the reset vector. */
    @Override
    public void reset() {}

    @Override
    public void save(SnapshotWriter out) {}

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {}
}
