package org.xenomips.bench.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xenomips.bench.GuestProgram;

/** How soon is ours fast, and at what price? Repetitions are cut short so that there are many of them. */
final class WarmUp {
    private static final int COLUMN = 11;
    private static final String C1 = "C1 CompilerThre";
    private static final String C2 = "C2 CompilerThre";

    private final Emulator ours;
    private final int divisor;
    private final int repetitions;
    private final Duration limit;

    WarmUp(Emulator ours, int divisor, int repetitions, Duration limit) {
        this.ours = ours;
        this.divisor = divisor;
        this.repetitions = repetitions;
        this.limit = limit;
    }

    /** Figures of one process; seconds of CPU time, million instructions per such second, MB. */
    private record Figures(double start, double half, double nearly, double steady, double c1, double c2, double other,
            double megabytes) {
        List<Double> list() {
            return List.of(start, half, nearly, steady, c1, c2, other, megabytes);
        }
    }

    /** The heading of {@link #lines}. */
    static String explanation() {
        return """
                Seconds of CPU time; "50 %" and "90 %" are those of the emulating thread after the program's start
                until its speed is that part of the steady speed (the median of the second half).
                "1st line" is the whole process until the guest's first line; "other" are all threads but these.
                MB is the most memory that was resident besides the guest's RAM.
                """;
    }

    /** One line per round and their median for {@code program}, whose short repetition has {@code instructions}. */
    String lines(GuestProgram program, long instructions, int rounds) throws EmulatorException {
        StringBuilder text = new StringBuilder("%-9s".formatted(program));
        for (String name : List.of("1st line", "50 %", "90 %", "steady M/s", "C1", "C2", "other", "MB")) {
            text.append(("%" + COLUMN + "s").formatted(name));
        }
        text.append('\n');
        List<Figures> all = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Figures figures = measure(program, instructions);
            all.add(figures);
            text.append(line("round " + round, figures.list()));
        }
        List<Double> medians = new ArrayList<>();
        for (int i = 0; i < all.getFirst().list().size(); i++) {
            int column = i;
            medians.add(Statistics.median(all.stream().map(figures -> figures.list().get(column)).toList()));
        }
        return text.append(line("median", medians)).toString();
    }

    private Figures measure(GuestProgram program, long instructions) throws EmulatorException {
        try (EmulatorRun run = EmulatorRun.of(ours, program, divisor, repetitions, limit)) {
            Curve curve = run.curve();
            Trace trace = run.trace();
            return new Figures(run.cpuAtFirstLine().toMillis() / 1e3, curve.nsUntil(0.5) / 1e9,
                    curve.nsUntil(0.9) / 1e9,
                    instructions * 1e3 / curve.steadyNs(), trace.totalNs(C1) / 1e9, trace.totalNs(C2) / 1e9,
                    trace.totalNsWithout(Set.of(C1, C2, ours.threadPrefix())) / 1e9, run.peakKb() / 1024.0);
        }
    }

    private static String line(String name, List<Double> values) {
        StringBuilder text = new StringBuilder("%-9s".formatted(name));
        for (double value : values) {
            text.append(String.format(Locale.ROOT, "%" + COLUMN + (value < 30 ? ".2f" : ".0f"), value));
        }
        return text.append('\n').toString();
    }
}
