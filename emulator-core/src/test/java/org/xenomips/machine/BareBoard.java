package org.xenomips.machine;

import java.util.List;
import org.xenomips.cpu.CpuModel;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.net.FramePort;

/** A board with a processor and nothing else, to which a test adds what it needs. */
public class BareBoard implements Platform {
    private static final long HERTZ = 350_000_000;

    /** Makes a board for a machine. */
    public interface Maker {
        Platform make(Machine machine, MachineConfig config);
    }

    /** Boards that {@code maker} makes. */
    public record Factory(Maker maker) implements PlatformFactory {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public BoardProcessor processor(MachineConfig config) {
            return new BoardProcessor(CpuModel.RM7000, HERTZ);
        }

        @Override
        public void checkCard(int slot, String card) {}

        @Override
        public Platform create(Machine machine, MachineConfig config) {
            return maker.make(machine, config);
        }

        @Override
        public List<BuiltInGuest> builtInGuests() {
            return List.of();
        }

        @Override
        public String catalogue() {
            return "test";
        }
    }

    @Override
    public String describe() {
        return "a board of nothing";
    }

    @Override
    public void setImageEntry(int entry) {}

    @Override
    public void connect(int slot, int port, FramePort hostPort) {}

    @Override
    public String describeConnections() {
        return "";
    }

    @Override
    public void flush() {}

    @Override
    public void reset() {}

    @Override
    public void save(SnapshotWriter out) {}

    @Override
    public void restore(SnapshotReader in) {}

    @Override
    public void close() {}
}
