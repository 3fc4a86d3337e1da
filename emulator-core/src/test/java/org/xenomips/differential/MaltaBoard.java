package org.xenomips.differential;

import java.util.List;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuModel;
import org.xenomips.device.MmioDevice;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/** As much of a Malta board around our processor as the programs of {@link GuestSuite} need: memory, a printer, a switch. */
final class MaltaBoard {
    private static final long RAM_BYTES = 16 << 20;
    private static final long SLICE = 100_000;

    private MaltaBoard() {}

    /** Runs {@code image} until it switches the board off, or for {@code limit} instructions; returns what it printed. */
    static List<String> run(CpuModel model, ExecutionEngineFactory factory, GuestImage image, long limit) {
        var printed = new StringBuilder();
        boolean[] off = new boolean[1];
        GuestRam ram = new GuestRam("RAM", RAM_BYTES);
        try {
            PhysicalMap map = new PhysicalMap();
            map.mapRam("RAM", 0, RAM_BYTES, ram, 0);
            map.mapDevice("serial port", 0x1800_0000L, 0x1000, false, onWrite(value -> printed.append((char) value)));
            map.mapDevice("reset", 0x1f00_0000L, 0x1000, false, onWrite(value -> off[0] = true));
            for (GuestImage.Segment segment : image.segments()) {
                ram.write(segment.address() & 0x1fff_ffffL, segment.bytes(), 0, segment.bytes().length);
            }
            Cpu cpu = new Cpu(model, model.hertz(), map, new VirtualClock(model.hertz()), new TimerQueue());
            cpu.setPc(image.entry());
            try (ExecutionEngine engine = factory.create(cpu)) {
                for (long done = 0; !off[0] && done < limit; done += SLICE) {
                    engine.run(SLICE);
                }
            }
            return printed.toString().lines().toList();
        } finally {
            ram.close();
        }
    }

    private interface Writer {
        void write(long value);
    }

    private static MmioDevice onWrite(Writer writer) {
        return new MmioDevice() {
            @Override
            public long read(int offset, int sizeBytes) {
                return 0;
            }

            @Override
            public void write(int offset, int sizeBytes, long value) {
                writer.write(value);
            }
        };
    }
}
