package org.xenomips.cli.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.SnapshotException;
import org.xenomips.exec.EngineDifferenceException;
import org.xenomips.image.ImageException;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.Machine.StopReason;
import org.xenomips.machine.MachineConfig;

/** One run of the program: builds the machine, loads the image, connects the ports, runs until somebody stops it. */
final class Router {
    private final RouterCommand options;
    private final List<String> warnings = new ArrayList<>();

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
        }
    }

    private int runRouter() throws Exception {
        try (HostedMachine hosted = new HostedMachine(options, this::warn)) {
            MachineConfig config = hosted.config();
            requireFile("image", config.image);
            requireFile("boot ROM", config.rom);
            hosted.claimFiles();
            hosted.onClose(
                    GeneralLog.open(config.workingDirectory.resolve(options.generalLog),
                            options.wantsDetails())::close);
            writePidFile();
            openTrace(hosted);

            Machine machine = hosted.build();
            new Connections(options.captures, options.strict, this::warn).connectAll(machine);
            hosted.load(machine, System.out);
            if (options.makeGhost != null) {
                GhostFile.write(options.makeGhost, machine);
                return 0;
            }
            if (config.restore != null) {
                machine.restore(config.restore);
            }
            announce(machine, hosted.engineName());
            return supervise(hosted, machine);
        }
    }

    private static void requireFile(String what, @Nullable Path file) throws ConfigurationException {
        if (file != null && !Files.isReadable(file)) {
            throw new ConfigurationException("the " + what + " '" + file + "' "
                    + (Files.exists(file) ? "cannot be read; check its permissions" : "does not exist"));
        }
    }

    private void openTrace(HostedMachine hosted) throws ConfigurationException {
        String name = options.traceJit;
        if (name != null) {
            MachineConfig config = hosted.config();
            TraceFile trace = new TraceFile(
                    name.isEmpty() ? config.file("jit.txt") : config.workingDirectory.resolve(name));
            hosted.onClose(trace::close);
            config.engineOptions = config.engineOptions.withTrace(trace, options.traceJitCode);
        }
    }

    private void announce(Machine machine, String engineName) {
        System.out.print(machine.platform().describe());
        warnings.addAll(machine.warnings());
        if (!warnings.isEmpty()) {
            System.out.println();
            System.out.flush();
            System.err.println("*** " + warnings.size() + (warnings.size() == 1 ? " problem" : " problems")
                    + " with the configuration; the router starts without these parts:");
            warnings.forEach(w -> System.err.println("***   " + w));
            warnings.forEach(w -> machine.log("CONFIG", w));
        }
        System.out.printf("%nC7200 '%s': starting simulation (CPU0 PC=0x%x), engine %s.%n", machine.config().name,
                machine.cpu().pc(), engineName);
        System.out.flush();
    }

    private int supervise(HostedMachine hosted, Machine machine) throws Exception {
        SignalHook hook = SignalHook.install(() -> {
            machine.requestStop(StopReason.USER);
            machine.awaitEnd();
        });
        machine.start();
        machine.awaitEnd();
        boolean signalled = hook.remove();
        saveIfWanted(machine);
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
        hosted.close();
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

    private void saveIfWanted(Machine machine) {
        Path file = machine.config().save;
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
}
