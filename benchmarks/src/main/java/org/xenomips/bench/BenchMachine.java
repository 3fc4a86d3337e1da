package org.xenomips.bench;

import java.io.ByteArrayInputStream;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuModel;
import org.xenomips.device.MmioDevice;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.image.ImageException;
import org.xenomips.image.ImageLoader;
import org.xenomips.image.Progress;
import org.xenomips.isa.Assembler;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/**
 * A processor with RAM, a null device and the console of the guest programs, under the virtual clock; runs endless programs.
 *
 * <p>Thread: whoever made it.
 */
public final class BenchMachine implements AutoCloseable {
    /** Where assembled programs start, in kseg0. */
    public static final long CODE = 0xffff_ffff_8001_0000L;
    /** kseg1 address of the null device. */
    public static final long DEVICE = 0xffff_ffff_be00_0000L;

    private static final long DEVICE_PHYSICAL = 0x1e00_0000L;
    private static final long CONSOLE_PHYSICAL = 0x1e84_0000L;
    private static final int SLICE = 400_000;

    private final GuestRam ram;
    private final PhysicalMap map = new PhysicalMap();
    private final Cpu cpu;
    private final ExecutionEngine engine;
    private final Console console;

    /** A machine with 16 MB that is about to interpret {@code source}. */
    public BenchMachine(String source) {
        this(16 << 20, Engines.interpreter());
        byte[] code = Assembler.assemble(source, CODE).bytes();
        ram.write(CODE & 0x1fff_ffff, code, 0, code.length);
        cpu.setPc(CODE);
    }

    /** A machine with 64 MB that is about to execute {@code program}, with 1/{@code divisor} of its work per repetition. */
    public BenchMachine(GuestProgram program, int divisor, ExecutionEngineFactory factory) {
        this(64 << 20, factory);
        try {
            byte[] image = program.image(GuestProgram.Board.C7200, divisor);
            cpu.setPc(new ImageLoader(map, null, Progress.silent())
                    .load(program.toString(), new ByteArrayInputStream(image))
                    .entry());
        } catch (ImageException e) {
            throw new IllegalStateException(e);
        }
    }

    private BenchMachine(int ramBytes, ExecutionEngineFactory factory) {
        ram = new GuestRam("ram", ramBytes);
        map.mapRam("ram", 0, ram.size(), ram, 0);
        map.mapDevice("null", DEVICE_PHYSICAL, 0x1000, false, new NullDevice());
        cpu = new Cpu(CpuModel.RM7000, CpuModel.RM7000.hertz(), map, new VirtualClock(CpuModel.RM7000.hertz()),
                new TimerQueue());
        engine = factory.create(cpu);
        console = new Console(cpu, engine);
        map.mapDevice("console", CONSOLE_PHYSICAL, 0x1000, false, console);
    }

    /** Executes at least {@code instructions}; returns how many. */
    public long run(long instructions) {
        long start = cpu.retired();
        while (cpu.retired() - start < instructions) {
            engine.run(Math.min(SLICE, instructions - (cpu.retired() - start)));
        }
        return cpu.retired() - start;
    }

    /** Executes a guest program until it has printed the next line, and returns that without its end. */
    public String runToNextLine() {
        long before = console.lines;
        while (console.lines == before) {
            engine.run(SLICE);
        }
        return console.last;
    }

    /** The latest line of the guest program, without its end. */
    public String lastLine() {
        return console.last;
    }

    /** How many instructions had been executed at the end of the latest line. */
    public long retiredAtLastLine() {
        return console.retired;
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

    /** The page of the I/O card's FPGA with the console's transmitter, which is always ready. */
    private static final class Console implements MmioDevice {
        private static final int THRA = 0x41c;
        private static final int TXRDY = 4;

        private final Cpu cpu;
        private final ExecutionEngine engine;
        private final StringBuilder line = new StringBuilder();
        private String last = "";
        private long lines;
        private long retired;

        Console(Cpu cpu, ExecutionEngine engine) {
            this.cpu = cpu;
            this.engine = engine;
        }

        @Override
        public long read(int offset, int sizeBytes) {
            return TXRDY;
        }

        @Override
        public void write(int offset, int sizeBytes, long value) {
            char c = (char) (value & 0xff);
            if (offset != THRA || c == '\r') {
                return;
            }
            if (c != '\n') {
                line.append(c);
                return;
            }
            last = line.toString();
            line.setLength(0);
            retired = cpu.retired();
            lines++;
            engine.stopSoon();
        }
    }
}
