package org.xenomips.devices.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xenomips.machine.BareBoard;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.NoGuest;

/** A machine without a board whose processor always idles: enough of a machine for consoles. */
final class TestMachine {
    private TestMachine() {}

    static Machine create(MachineConfig config) throws ConfigurationException {
        return new Machine(config, new BareBoard.Factory((machine, settings) -> new Board(settings)),
                new NoGuest());
    }

    /** Its stored configuration is the file it is to be started with. */
    private static final class Board extends BareBoard {
        private final MachineConfig config;

        Board(MachineConfig config) {
            this.config = config;
        }

        @Override
        public byte[] startupConfiguration() throws ConfigurationException {
            Path file = config.startupConfig;
            if (file == null) {
                return super.startupConfiguration();
            }
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new ConfigurationException(file + " cannot be read", e);
            }
        }
    }
}
