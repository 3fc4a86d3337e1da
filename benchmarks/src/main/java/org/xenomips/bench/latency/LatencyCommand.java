package org.xenomips.bench.latency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/latency}. */
@Command(name = "latency", sortOptions = false, usageHelpAutoWidth = true, description = {
        "Measures how late timer interrupts come to a guest that computes: from the match of Count and Compare to the handler.",
        "Guest time is the host's, so a host that gives the emulator no processor for a while shows as a late interrupt.",
        "" }, footer = { "", "Example: benchmarks/latency --engines jit -r 100",
                "Exit status: 0, 1 if something could not be measured, 2 for a usage error." })
public final class LatencyCommand implements Callable<Integer> {
    private static final String IMAGE = "/org/xenomips/bench/programs/interrupt.c7200.elf";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = { "-r", "--repetitions" }, defaultValue = "40", paramLabel = "N", description = "Repetitions of "
            + Latencies.INTERRUPTS + " interrupts; as many go before for warming up. Default: ${DEFAULT-VALUE}.")
    private int repetitions;

    @Option(names = "--engines", split = ",", defaultValue = "jit,interpreter", paramLabel = "ENGINE", description = "jit, interpreter. Default: ${DEFAULT-VALUE}.")
    private List<String> engines = List.of();

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this text and ends.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private final Path home;

    private LatencyCommand(Path home) {
        this.home = home;
    }

    /** The system property {@code xenomips.home} is the top of the source tree. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("xenomips.home", ".")).toAbsolutePath().normalize();
        System.exit(new CommandLine(new LatencyCommand(home)).setExpandAtFiles(false).execute(arguments));
    }

    @Override
    public Integer call() {
        if (repetitions < 1) {
            throw new ParameterException(spec.commandLine(), "there is at least one repetition");
        }
        for (String engine : engines) {
            if (!engine.equals("jit") && !engine.equals("interpreter")) {
                throw new ParameterException(spec.commandLine(),
                        "no engine '" + engine + "'; there are jit, interpreter");
            }
        }
        try {
            System.out.println(Latencies.head());
            for (String engine : engines) {
                System.out.println(measure(engine).row(engine));
            }
            return 0;
        } catch (IOException e) {
            System.err.println("latency: " + e.getMessage());
            return 1;
        }
    }

    private Latencies measure(String engine) throws IOException {
        Path directory = Files.createTempDirectory("latency");
        Path image = directory.resolve("interrupt.elf");
        try (InputStream in = Objects.requireNonNull(LatencyCommand.class.getResourceAsStream(IMAGE), IMAGE)) {
            Files.copy(in, image);
        }
        List<String> command = new ArrayList<>(
                List.of(home.resolve("xenomips").toString(), "-t", "npe-400", "--disk0=0", image.toString()));
        if (engine.equals("interpreter")) {
            command.add("-j");
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("XENOMIPS_NO_BUILD", "1");
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
            return sum(lines);
        } finally {
            process.destroyForcibly().onExit().join();
            delete(directory);
        }
    }

    private Latencies sum(BufferedReader lines) throws IOException {
        Latencies sum = Latencies.NONE;
        int seen = 0;
        String last = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Latencies repetition = Latencies.parse(line);
            if (repetition != null) {
                seen++;
                sum = seen > repetitions ? sum.plus(repetition) : sum;
                if (seen == 2 * repetitions) {
                    return sum;
                }
            } else if (line.startsWith("exception")) {
                throw new IOException("the guest program failed: " + line);
            }
            last = line.isBlank() ? last : line;
        }
        throw new IOException("the emulator ended after " + seen + " repetitions; it said: " + last);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
