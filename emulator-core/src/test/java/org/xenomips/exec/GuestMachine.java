package org.xenomips.exec;

import java.util.ArrayList;
import java.util.List;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuModel;
import org.xenomips.device.MmioDevice;
import org.xenomips.isa.Assembler;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/**
 * The smallest machine: a processor, 32 MB of RAM at 0, writable memory at the reset vector, and a test device at physical
 * {@value #DEVICE}. Runs under the virtual clock.
 */
public final class GuestMachine implements AutoCloseable, MmioDevice {
    /** Physical address of the test device. */
    public static final long DEVICE = 0x1e00_0000L;
    /** Writing here ends {@link #run}. */
    public static final int STOP = 0;
    /** Writing here appends the value to {@link #written}. */
    public static final int LOG = 8;
    /** Each read gives the next number: reading is not idle. */
    public static final int COUNTER = 0x10;
    /** Reads give {@link #register}; polling this is idle. */
    public static final int REGISTER = 0x18;
    /** Writing here drives the interrupt lines IP6..IP2 with bits 6..2. */
    public static final int LINES = 0x20;
    /** Writing here overwrites the word at physical address {@link #dmaTarget} with the value, as a bus master. */
    public static final int DMA = 0x28;
    /** Writing here raises a non-maskable interrupt. */
    public static final int NMI = 0x30;
    /** Writing here sets {@link #dmaTarget}. */
    public static final int DMA_TARGET = 0x38;
    /** Where the stack and the registers of programs without own set-up point. */
    public static final long CODE = 0xffff_ffff_8001_0000L;

    private static final long RAM_SIZE = 32 << 20;
    private static final long SLICE = 100_000;

    public final PhysicalMap map = new PhysicalMap();
    public final TimerQueue timers = new TimerQueue();
    public final VirtualClock clock;
    public final Cpu cpu;
    public final ExecutionEngine engine;
    public final GuestRam ram = new GuestRam("ram", RAM_SIZE);
    public final GuestRam rom = new GuestRam("rom", 1 << 16);
    public final List<Long> written = new ArrayList<>();
    public long register;
    public long dmaTarget;
    private long counter;
    private boolean stopped;
    private int idles;
    private int idleLoops;

    public GuestMachine(ExecutionEngineFactory factory) {
        this(factory, CpuModel.RM7000);
    }

    public GuestMachine(ExecutionEngineFactory factory, CpuModel model) {
        map.mapRam("ram", 0, RAM_SIZE, ram, 0);
        map.mapRam("rom", 0x1fc0_0000L, 1 << 16, rom, 0);
        map.mapDevice("device", DEVICE, 0x1000, false, this);
        clock = new VirtualClock(model.hertz());
        cpu = new Cpu(model, model.hertz(), map, clock, timers);
        engine = factory.create(cpu);
    }

    /** Assembles {@code source} for the kseg0, kseg1 or physical {@code address} and puts it there. */
    public Assembler.Program load(String source, long address) {
        Assembler.Program program = Assembler.assemble(source, address);
        byte[] bytes = program.bytes();
        long physical = address & 0x1fff_ffff;
        if (physical >= 0x1fc0_0000L) {
            rom.write(physical - 0x1fc0_0000L, bytes, 0, bytes.length);
        } else {
            ram.write(physical, bytes, 0, bytes.length);
        }
        return program;
    }

    /** Assembles {@code source} at {@link #CODE} and makes it the next to run. */
    public Assembler.Program start(String source) {
        Assembler.Program program = load(source, CODE);
        cpu.setPc(CODE);
        return program;
    }

    /**
     * Runs as a machine does until the guest writes {@link #STOP}, waits for nothing, or {@code instructions} are executed.
     *
     * @return true if the guest stopped
     */
    public boolean run(long instructions) {
        return run(instructions, SLICE);
    }

    /** As {@link #run(long)}, in slices of at most {@code slice} instructions. */
    public boolean run(long instructions, long slice) {
        long end = cpu.retired() + instructions;
        stopped = false;
        if (instructions > 0) {
            engine.run(exit -> nextSlice(exit, end, slice));
        }
        return stopped;
    }

    private long nextSlice(Exit exit, long end, long slice) {
        if (exit == Exit.IDLE) {
            idles++;
            idleLoops += cpu.isWaiting() ? 0 : 1;
            if (timers.nextDeadlineNs() == TimerQueue.NEVER) {
                return 0;
            }
            long _ = clock.idleUntil(timers.nextDeadlineNs());
        }
        if (stopped || cpu.retired() >= end) {
            return 0;
        }
        timers.runDue(clock.nowNs());
        return clock.instructionsUntil(timers.nextDeadlineNs(), Math.min(slice, end - cpu.retired()));
    }

    /** What the engine says about itself. */
    public String describeEngine() {
        return engine.describe();
    }

    /** The next value of {@link #COUNTER}. */
    public long counter() {
        return counter;
    }

    /** Sets the next value of {@link #COUNTER}. */
    public void setCounter(long value) {
        counter = value;
    }

    /** How often the engine said that the guest is idle. */
    public int idles() {
        return idles;
    }

    /** How often the engine said so without a WAIT instruction; when it finds out is its own affair. */
    public int idleLoops() {
        return idleLoops;
    }

    @Override
    public long read(int offset, int sizeBytes) {
        return switch (offset) {
            case COUNTER -> counter++;
            case REGISTER -> register;
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        switch (offset) {
            case STOP -> {
                stopped = true;
                engine.stopSoon();
            }
            case LOG -> written.add(sizeBytes == 4 ? (int) value : value);
            case LINES -> {
                for (int ip = 2; ip <= 6; ip++) {
                    cpu.interruptLine(ip).set((value >>> ip & 1) != 0);
                }
            }
            case NMI -> cpu.nonMaskableInterrupt();
            case DMA_TARGET -> dmaTarget = value & 0xffff_ffffL;
            case DMA -> map.writeWord(dmaTarget, (int) value);
            default -> {
                // nothing there
            }
        }
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        return offset == REGISTER;
    }

    @Override
    public void close() {
        engine.close();
        ram.close();
        rom.close();
    }
}
