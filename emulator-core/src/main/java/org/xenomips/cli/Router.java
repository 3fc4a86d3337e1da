package org.xenomips.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.SnapshotException;
import org.xenomips.exec.EngineDifferenceException;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.image.ImageException;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.Machine.StopReason;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.PlatformFactory;

/** One run of the program: builds the machine, loads the image, connects the ports, runs until somebody stops it. */
final class Router {
    private final RouterCommand options;
    private final List<String> warnings = new ArrayList<>();
    private final List<Runnable> closers = new ArrayList<>();

    Router(RouterCommand options) {
        this.options = options;
    }

    /** The exit status. */
    int run() throws Exception {
        if (options.listInterfaces) {
            Listings.interfaces().forEach(System.out::println);
            return 0;
        }
        if (options.listHardware) {
            System.out.print(Listings.hardware());
            return 0;
        }
        if (options.completion) {
            System.out.print(picocli.AutoComplete.bash("xenomips", options.spec.commandLine()));
            return 0;
        }
        if (options.manPage) {
            System.out.print(ManPage.of(options.spec));
            return 0;
        }
        try {
            if (NvramCommand.isWanted(options)) {
                new NvramCommand(options).run();
                return 0;
            }
            return runRouter();
        } catch (ConfigurationException | ImageException | SnapshotException e) {
            System.out.flush();
            System.err.println(e.getMessage());
            return 1;
        } finally {
            closeAll();
        }
    }

    private int runRouter() throws Exception {
        PlatformFactory factory = Plugins.platform(options.platform);
        MachineConfig config = new ConfigBuilder(options, factory, this::warn).build();
        requireFile("image", config.image);
        requireFile("boot ROM", config.rom);
        Boot.check(options, factory);
        ExecutionEngineFactory engine = Plugins.engine(config.engine, config.engineOptions);
        Path lock = config.file("lock");
        closers.add(LockFile.acquire(lock, config.filePrefix)::close);
        LogFile log = new LogFile(config.file("log.txt"));
        closers.add(log::close);
        closers.add(
                GeneralLog.open(config.workingDirectory.resolve(options.generalLog), options.wantsDetails())::close);
        writePidFile();
        openTrace(config);

        Machine machine = new Machine(config, factory, engine);
        closers.add(machine::close);
        machine.setLog(log);
        new Connections(options.captures, options.strict, this::warn).connectAll(machine);
        Boot boot = new Boot(machine, factory, options, System.out);
        boot.loadAll();
        if (options.makeGhost != null) {
            boot.writeGhost(options.makeGhost);
            return 0;
        }
        machine.setReloader(boot::reload);
        if (config.restore != null) {
            machine.restore(config.restore);
        }
        announce(machine, engine.name(), log);
        return supervise(machine, config);
    }

    private static void requireFile(String what, @Nullable Path file) throws ConfigurationException {
        if (file != null && !Files.isReadable(file)) {
            throw new ConfigurationException("the " + what + " '" + file + "' "
                    + (Files.exists(file) ? "cannot be read; check its permissions" : "does not exist"));
        }
    }

    private void openTrace(MachineConfig config) throws ConfigurationException {
        String name = options.traceJit;
        if (name != null) {
            TraceFile trace = new TraceFile(
                    name.isEmpty() ? config.file("jit.txt") : config.workingDirectory.resolve(name));
            closers.add(trace::close);
            config.engineOptions = config.engineOptions.withTrace(trace, options.traceJitCode);
        }
    }

    private void announce(Machine machine, String engineName, LogFile log) {
        System.out.print(machine.platform().describe());
        warnings.addAll(machine.warnings());
        if (!warnings.isEmpty()) {
            System.out.println();
            System.out.flush();
            System.err.println("*** " + warnings.size() + (warnings.size() == 1 ? " problem" : " problems")
                    + " with the configuration; the router starts without these parts:");
            warnings.forEach(w -> System.err.println("***   " + w));
            warnings.forEach(w -> log.log("CONFIG", w));
        }
        System.out.printf("%nC7200 '%s': starting simulation (CPU0 PC=0x%x), engine %s.%n", machine.config().name,
                machine.cpu().pc(), engineName);
        System.out.flush();
    }

    private int supervise(Machine machine, MachineConfig config) throws Exception {
        SignalHook hook = SignalHook.install(() -> {
            machine.requestStop(StopReason.USER);
            machine.awaitEnd();
        });
        machine.start();
        machine.awaitEnd();
        boolean signalled = hook.remove();
        saveIfWanted(machine, config);
        Throwable failure = machine.failure();
        if (failure != null) {
            System.err.println("The emulator failed; this is a defect. Please report it with these lines:");
            if (failure instanceof EngineDifferenceException) {
                System.err.println(failure.getMessage());
            } else {
                failure.printStackTrace();
            }
        }
        String connections = machine.platform().describeConnections();
        connections.lines().forEach(line -> machine.log("NET", line));
        String statistics = options.jitStats ? "\n" + machine.describeEngine() + "\n" : "";
        // Closing the console writes what the guest printed last; ours comes after it.
        closeAll();
        System.out.println("Shutdown in progress...");
        System.out.print(connections);
        System.out.print(statistics);
        System.out.println("Shutdown completed.");
        System.out.flush();
        if (signalled) {
            Runtime.getRuntime().halt(failure == null ? 0 : 2);
        }
        return failure == null ? 0 : 2;
    }

    private void saveIfWanted(Machine machine, MachineConfig config) {
        Path file = config.save;
        if (file == null || machine.stopReason() != StopReason.USER) {
            return;
        }
        try {
            machine.save(file);
            System.out.println("Machine saved to " + file);
        } catch (IOException e) {
            System.err.println("cannot save the machine to " + file + ": " + e.getMessage());
        }
    }

    private void writePidFile() {
        Path file = options.pidFile;
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, Long.toString(ProcessHandle.current().pid()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            System.out.println("Unable to save to " + file + ".");
        }
    }

    private void warn(String message) {
        warnings.add(message);
        System.err.println(message);
    }

    /** Last opened, first closed; each at most once. */
    private synchronized void closeAll() {
        for (Runnable closer : closers.reversed()) {
            closer.run();
        }
        closers.clear();
    }
}
