package org.xenomips.devices.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuModel;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.Exit;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.Platform;
import org.xenomips.machine.PlatformFactory;
import org.xenomips.net.FramePort;

/** A machine without a board whose processor always idles: enough of a machine for consoles. */
final class TestMachine {
    private TestMachine() {}

    static Machine create(MachineConfig config) throws ConfigurationException {
        return new Machine(config, new Boards(), new IdleEngines());
    }

    private static final class Boards implements PlatformFactory {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public BoardProcessor processor(MachineConfig config) {
            return new BoardProcessor(CpuModel.values()[0], 100_000_000);
        }

        @Override
        public void checkCard(int slot, String card) {}

        @Override
        public Platform create(Machine machine, MachineConfig config) {
            return new Board(config);
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

    private static final class Board implements Platform {
        private final MachineConfig config;

        Board(MachineConfig config) {
            this.config = config;
        }

        @Override
        public String describe() {
            return "a board of nothing";
        }

        @Override
        public String describeConnections() {
            return "";
        }

        @Override
        public byte[] startupConfiguration() throws ConfigurationException {
            Path file = config.startupConfig;
            if (file == null) {
                return Platform.super.startupConfiguration();
            }
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new ConfigurationException(file + " cannot be read", e);
            }
        }

        @Override
        public void setImageEntry(int entry) {}

        @Override
        public void connect(int slot, int port, FramePort hostPort) {}

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

    private static final class IdleEngines implements ExecutionEngineFactory {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            return new ExecutionEngine() {
                @Override
                public Exit run(long budget) {
                    return Exit.IDLE;
                }

                @Override
                public void stopSoon() {}

                @Override
                public void close() {}
            };
        }
    }
}
