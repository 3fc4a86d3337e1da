package org.xenomips.bench;

import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuModel;
import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.device.MmioDevice;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.isa.Assembler;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/** A processor with 16 MB of RAM and one null device, under the virtual clock; runs assembled programs for ever. */
public final class BenchMachine implements AutoCloseable {
    /** Where programs start, in kseg0. */
    public static final long CODE = 0xffff_ffff_8001_0000L;
    /** kseg1 address of the null device. */
    public static final long DEVICE = 0xffff_ffff_be00_0000L;

    private static final long DEVICE_PHYSICAL = 0x1e00_0000L;

    private final GuestRam ram = new GuestRam("ram", 16 << 20);
    private final Cpu cpu;
    private final ExecutionEngine engine;

    /** A machine that is about to execute {@code source}. */
    public BenchMachine(String source) {
        PhysicalMap map = new PhysicalMap();
        map.mapRam("ram", 0, ram.size(), ram, 0);
        map.mapDevice("null", DEVICE_PHYSICAL, 0x1000, false, new NullDevice());
        cpu = new Cpu(CpuModel.RM7000, CpuModel.RM7000.hertz(), map, new VirtualClock(CpuModel.RM7000.hertz()),
                new TimerQueue());
        engine = new InterpreterEngineFactory().create(cpu);
        byte[] code = Assembler.assemble(source, CODE).bytes();
        ram.write(CODE & 0x1fff_ffff, code, 0, code.length);
        cpu.setPc(CODE);
    }

    /** Executes at least {@code instructions}; returns how many. */
    public long run(long instructions) {
        long start = cpu.retired();
        while (cpu.retired() - start < instructions) {
            engine.run(Math.min(100_000, instructions - (cpu.retired() - start)));
        }
        return cpu.retired() - start;
    }

    /** General register {@code number}. */
    public long gpr(int number) {
        return cpu.gpr(number);
    }

    @Override
    public void close() {
        engine.close();
        ram.close();
    }

    /** Delivers how often it was read, so that polling it is not idling; forgets what is written. */
    private static final class NullDevice implements MmioDevice {
        private long reads;

        @Override
        public long read(int offset, int sizeBytes) {
            return ++reads;
        }

        @Override
        public void write(int offset, int sizeBytes, long value) {}
    }
}
