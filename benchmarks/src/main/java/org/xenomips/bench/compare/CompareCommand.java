package org.xenomips.bench.compare;

import java.io.Console;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.xenomips.bench.BenchMachine;
import org.xenomips.bench.Engines;
import org.xenomips.bench.GuestProgram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code benchmarks/compare}. */
@Command(name = "compare", sortOptions = false, usageHelpAutoWidth = true, description = {
        "Compares the speed of this emulator with others on the same guest programs.",
        "",
        "A ratio above 1 means that ours needs less CPU time per guest instruction. It is taken from the CPU time of the "
                + "thread that emulates the processor, per repetition, in the second half of the repetitions; the emulators "
                + "take turns. Printed are the median over the rounds, the smallest and the largest.",
        "" }, footer = { "", "Examples:", "  benchmarks/compare -p mix,fib -r 5",
                "  benchmarks/compare --peers none --emulator 'other=other-emulator {image}'",
                "  benchmarks/compare --warm-up -p mix", "Exit status: 0, 1 if ours failed, 2 for a usage error." })
public final class CompareCommand implements Callable<Integer> {
    private static final int WARM_UP_REPETITIONS = 800;
    private static final int WARM_UP_DIVISOR = 25;
    private static final String ERASE_TO_END_OF_LINE = "\033[K\r";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = { "-p",
            "--programs" }, split = ",", paramLabel = "PROGRAM", description = "Programs; default: all. There are ${COMPLETION-CANDIDATES}.")
    private List<GuestProgram> programs = List.of(GuestProgram.values());

    @Option(names = { "-r",
            "--rounds" }, defaultValue = "3", paramLabel = "N", description = "How often each emulator takes its turn. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = { "-n",
            "--repetitions" }, defaultValue = "0", paramLabel = "N", description = "Repetitions in each process, the first half for warming up. Default: 24; "
                    + WARM_UP_REPETITIONS + " with --warm-up.")
    private int repetitions;

    @Option(names = "--ours", defaultValue = "jit", paramLabel = "ENGINE", description = "Our engine: jit or interpreter. Default: ${DEFAULT-VALUE}.")
    private String engine = "jit";

    @Option(names = "--peers", split = ",", defaultValue = "interpreter,qemu", paramLabel = "PEER", description = "Built-in peers: interpreter (ours), qemu, none. Default: ${DEFAULT-VALUE}.")
    private List<String> peers = List.of();

    @Option(names = "--qemu-cpu", defaultValue = "5Kf", paramLabel = "CPU", description = "QEMU's processor. Default: ${DEFAULT-VALUE}.")
    private String qemuCpu = "5Kf";

    @Option(names = "--emulator", paramLabel = "NAME=COMMAND", description = "Another 7200 emulator as peer, with its console on standard output; {image} in the command is the guest program. Repeatable.")
    private List<String> emulators = List.of();

    @Option(names = "--time-limit", defaultValue = "180", paramLabel = "SECONDS", description = "Ends a process that takes longer. Default: ${DEFAULT-VALUE}.")
    private int timeLimit;

    @Option(names = "--warm-up", description = "Shows how soon ours is fast and what its compilers cost, instead of comparing.")
    private boolean warmUp;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this text and ends.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private final Path home;

    private CompareCommand(Path home) {
        this.home = home;
    }

    /** The system property {@code xenomips.home} is the top of the source tree. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("xenomips.home", ".")).toAbsolutePath().normalize();
        System.exit(commandLine(home).execute(arguments));
    }

    /** The command for the emulator in {@code home}. */
    static CommandLine commandLine(Path home) {
        return new CommandLine(new CompareCommand(home)).setExpandAtFiles(false)
                .registerConverter(GuestProgram.class, CompareCommand::program)
                .setParameterExceptionHandler(CompareCommand::reportUsageError);
    }

    private static GuestProgram program(String name) {
        try {
            return GuestProgram.named(name);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static int reportUsageError(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        command.getErr().println("compare: " + error.getMessage() + "\nTry compare --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public Integer call() throws EmulatorException {
        require(rounds >= 1 && repetitions >= 0, "--rounds and --repetitions are positive numbers");
        require(repetitions != 1, "one repetition is not enough");
        require(List.of("jit", "interpreter").contains(engine), "--ours is jit or interpreter");
        if (!ProcFs.isUsable()) {
            System.err.println("compare: needs Linux's /proc with schedstat");
            return 1;
        }
        if (!Files.isExecutable(home.resolve("xenomips"))) {
            System.err.println("compare: there is no launcher 'xenomips' in " + home);
            return 1;
        }
        if (engine.equals("jit") && Engines.jit().isEmpty()) {
            System.out.println("This build has no translating engine: \"ours\" is the interpreter.");
        }
        return warmUp ? showWarmUp() : compare();
    }

    private int compare() {
        List<Emulator> present = presentPeers();
        Comparison comparison = new Comparison(ours(engine), present, repetitions == 0 ? 24 : repetitions,
                Duration.ofSeconds(timeLimit));
        for (int round = 1; round <= rounds; round++) {
            for (GuestProgram program : programs) {
                progress("round " + round + " of " + rounds + ": " + program);
                comparison.round(program);
            }
        }
        progress("");
        System.out.print(
                Table.of(comparison, programs, programs.stream().map(program -> instructions(program, 1)).toList()));
        comparison.failures().forEach(System.out::println);
        return programs.stream().anyMatch(program -> comparison.ours(program).isEmpty()) ? 1 : 0;
    }

    /** Overwrites the last line of a terminal. */
    @SuppressWarnings("SystemConsoleNull") // it is null without a terminal where the JDK does not use JLine
    private static void progress(String text) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            System.err.print("\r" + text + ERASE_TO_END_OF_LINE);
        }
    }

    private int showWarmUp() throws EmulatorException {
        System.out.print(WarmUp.explanation());
        WarmUp report = new WarmUp(ours(engine), WARM_UP_DIVISOR,
                repetitions == 0 ? WARM_UP_REPETITIONS : repetitions, Duration.ofSeconds(timeLimit));
        for (GuestProgram program : programs) {
            System.out.print(report.lines(program, instructions(program, WARM_UP_DIVISOR), rounds));
        }
        return 0;
    }

    private Emulator ours(String name) {
        return Emulator.ours(name, home, name.equals("interpreter") ? "-j" : "");
    }

    private List<Emulator> presentPeers() {
        List<Emulator> result = new ArrayList<>();
        for (String peer : peers) {
            switch (peer) {
                case "interpreter" -> {
                    if (!engine.equals(peer)) {
                        result.add(ours(peer));
                    }
                }
                case "qemu" -> addQemu(result);
                case "none" -> {
                    // Only those of --emulator.
                }
                default -> require(false, "--peers: there is no '" + peer + "', only interpreter, qemu and none");
            }
        }
        for (String emulator : emulators) {
            try {
                result.add(Emulator.parse(emulator));
            } catch (IllegalArgumentException e) {
                require(false, "--emulator: " + e.getMessage());
            }
        }
        return result;
    }

    private void addQemu(List<Emulator> result) {
        Emulator qemu = Emulator.qemu(qemuCpu);
        String program = qemu.command().substring(0, qemu.command().indexOf(' '));
        if (Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .noneMatch(directory -> Files.isExecutable(Path.of(directory, program)))) {
            System.out.println("qemu: skipped; " + program + " is not installed (Debian: qemu-system-misc)");
        } else {
            result.add(qemu);
        }
    }

    /** How many instructions one repetition of {@code program} has; counted by interpreting the second one. */
    private static long instructions(GuestProgram program, int divisor) {
        try (BenchMachine machine = new BenchMachine(program, divisor, Engines.interpreter())) {
            machine.runToNextLine();
            machine.runToNextLine();
            long before = machine.retiredAtLastLine();
            machine.runToNextLine();
            return machine.retiredAtLastLine() - before;
        }
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
