package org.xenomips.cli.router;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.image.ImageException;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.PlatformFactory;

/**
 * A machine and what it has on the host: its lock, its log, the programs it is started with. Made in steps, between which its owner
 * does what only he wants: options, {@link #claimFiles}, {@link #build}, {@link #load}. Closing it frees everything, in any state.
 */
public final class HostedMachine implements AutoCloseable {
    private final RouterCommand options;
    private final PlatformFactory factory;
    private final MachineConfig config;
    private final List<Runnable> closers = new ArrayList<>();
    private @Nullable LogFile log;
    private @Nullable ExecutionEngineFactory engine;

    /** The machine of {@code options}; {@code warn} gets the messages that do not end the start. */
    HostedMachine(RouterCommand options, Consumer<String> warn) throws ConfigurationException {
        this.options = options;
        factory = Plugins.platform(options.platform);
        config = new ConfigBuilder(options, factory, warn).build();
    }

    /** The machine of the command line {@code xenomips arguments}; {@code warn} gets the messages that do not end the start. */
    public static HostedMachine of(List<String> arguments, Consumer<String> warn) throws ConfigurationException {
        return new HostedMachine(RouterCommand.parse(arguments), warn);
    }

    /** What it is built from; may be changed before the step that uses it. */
    public MachineConfig config() {
        return config;
    }

    /** The name of the engine, known when the files have been claimed. */
    String engineName() {
        return engine().name();
    }

    private ExecutionEngineFactory engine() {
        if (engine == null) {
            throw new IllegalStateException("the files are to be claimed first");
        }
        return engine;
    }

    /** Checks the programs to load and takes the machine's files: from now on they are nobody else's. */
    public void claimFiles() throws ConfigurationException, ImageException {
        Boot.check(options, factory);
        engine = Plugins.engine(config.engine, config.engineOptions);
        onClose(LockFile.acquire(config.file("lock"), config.filePrefix)::close);
        LogFile opened = new LogFile(config.file("log.txt"));
        onClose(opened::close);
        log = opened;
    }

    /** The machine, with its log and without programs. */
    public Machine build() throws ConfigurationException {
        Machine machine = new Machine(config, factory, engine());
        onClose(machine::close);
        if (log != null) {
            machine.setLog(log);
        }
        return machine;
    }

    /** Brings the programs into memory, now and again when {@code machine} is reloaded; what is loaded is told on {@code out}. */
    public void load(Machine machine, PrintStream out) throws ImageException, ConfigurationException {
        Boot boot = new Boot(machine, factory, options, out);
        boot.loadAll();
        machine.setReloader(boot::reload);
    }

    /** {@code closer} runs before what has been opened until now is closed. */
    void onClose(Runnable closer) {
        closers.add(closer);
    }

    /** Last opened, first closed; each at most once. */
    @Override
    public void close() {
        for (Runnable closer : closers.reversed()) {
            closer.run();
        }
        closers.clear();
    }
}
