package org.xenomips.devices.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.console.Terminal;
import org.xenomips.devices.console.Terminals;
import org.xenomips.devices.fpga.RommonVariables;
import org.xenomips.devices.storage.flash.Bootflash;
import org.xenomips.devices.storage.nvram.Nvram;
import org.xenomips.devices.storage.nvram.NvramFileSystem;
import org.xenomips.devices.storage.pcmcia.AtaDisk;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;

/**
 * The parts of a board that hold on to something of the host: files and consoles. Opened all together or not at all.
 *
 * <p>Thread: machine thread, or the creating thread before the machine runs.
 */
final class BoardResources implements Snapshotable, AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Nvram nvram;
    private final boolean configPushed;
    private final Bootflash bootflash;
    private final @Nullable AtaDisk disk0;
    private final @Nullable AtaDisk disk1;
    private final RommonVariables variables;
    private final Terminal console;
    private final Terminal aux;

    private BoardResources(Machine machine, MachineConfig config) throws ConfigurationException {
        boolean complete = false;
        try {
            nvram = keep(new Nvram(config.file("nvram"), config.nvramKb << 10, machine.clock()));
            configPushed = pushConfig(config, nvram);
            bootflash = keep(new Bootflash(config.file("bootflash")));
            disk0 = disk(config, "disk0", config.disk0Mb);
            disk1 = disk(config, "disk1", config.disk1Mb);
            variables = variables(config.file("rommon_vars"));
            console = keep(Terminals.open(config.console, machine, "console"));
            aux = keep(Terminals.open(config.aux, machine, "AUX"));
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /**
     * Opens everything the configuration names.
     *
     * @throws ConfigurationException if the host refuses something; nothing stays open then
     */
    static BoardResources open(Machine machine, MachineConfig config) throws ConfigurationException {
        return new BoardResources(machine, config);
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.push(resource);
        return resource;
    }

    private @Nullable AtaDisk disk(MachineConfig config, String label, int megabytes) throws ConfigurationException {
        return megabytes == 0 ? null : keep(new AtaDisk(label, config.file(label), megabytes));
    }

    private static RommonVariables variables(Path file) throws ConfigurationException {
        try {
            return new RommonVariables(file);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the ROM monitor variables in " + file + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static boolean pushConfig(MachineConfig config, Nvram nvram) throws ConfigurationException {
        Path startup = config.startupConfig;
        Path privateConfig = config.privateConfig;
        if (startup == null && privateConfig == null) {
            return false;
        }
        byte[] image = nvram.contents();
        new NvramFileSystem(image).push(content(startup), content(privateConfig));
        nvram.load(image);
        return true;
    }

    private static byte @Nullable [] content(@Nullable Path file) throws ConfigurationException {
        if (file == null) {
            return null;
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigurationException("the configuration " + file + " cannot be read: " + e, e);
        }
    }

    Nvram nvram() {
        return nvram;
    }

    /** True if a configuration of the user's was stored in the NVRAM. */
    boolean configPushed() {
        return configPushed;
    }

    Bootflash bootflash() {
        return bootflash;
    }

    @Nullable
    AtaDisk disk0() {
        return disk0;
    }

    @Nullable
    AtaDisk disk1() {
        return disk1;
    }

    RommonVariables variables() {
        return variables;
    }

    Terminal console() {
        return console;
    }

    Terminal aux() {
        return aux;
    }

    /** Brings the contents of all storage to its files. */
    void flush() {
        nvram.flush();
        bootflash.flush();
        for (AtaDisk disk : new AtaDisk[]{ disk0, disk1 }) {
            if (disk != null) {
                disk.flush();
            }
        }
    }

    /** Resets command states; contents stay. */
    void reset() {
        nvram.reset();
        bootflash.reset();
        for (AtaDisk disk : new AtaDisk[]{ disk0, disk1 }) {
            if (disk != null) {
                disk.reset();
            }
        }
    }

    @Override
    public void save(SnapshotWriter out) {
        out.section("nvram", nvram);
        out.section("bootflash", bootflash);
        if (disk0 != null) {
            out.section("disk0", disk0);
        }
        if (disk1 != null) {
            out.section("disk1", disk1);
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.section("nvram", nvram);
        in.section("bootflash", bootflash);
        if (disk0 != null) {
            in.section("disk0", disk0);
        }
        if (disk1 != null) {
            in.section("disk1", disk1);
        }
    }

    /** Closes everything, last opened first; idempotent. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.getLogger(BoardResources.class.getName())
                        .log(System.Logger.Level.WARNING, "closing a file or console failed", e);
            }
        }
    }
}
