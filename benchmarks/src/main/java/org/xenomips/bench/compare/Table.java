package org.xenomips.bench.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.xenomips.bench.GuestProgram;

/** The result of a {@link Comparison} as text. */
final class Table {
    private final Comparison comparison;
    private final StringBuilder text = new StringBuilder();

    private Table(Comparison comparison) {
        this.comparison = comparison;
    }

    /** One line per program, then the means. {@code instructions} are those of one repetition of each of {@code programs}. */
    static String of(Comparison comparison, List<GuestProgram> programs, List<Long> instructions) {
        Table table = new Table(comparison);
        table.head();
        for (int i = 0; i < programs.size(); i++) {
            table.line(programs.get(i), instructions.get(i));
        }
        table.means(programs);
        return table.text.toString();
    }

    private void head() {
        text.append("%-9s %8s %8s".formatted("program", "M instr", "ours M/s"));
        for (Emulator peer : comparison.peers()) {
            columns("ours/" + peer.name(), "its M/s");
        }
        text.append('\n');
    }

    private void line(GuestProgram program, long instructions) {
        text.append("%-9s %8s %8s".formatted(program, hundredths(instructions / 1e6),
                speed(comparison.ours(program), instructions)));
        for (Emulator peer : comparison.peers()) {
            List<Double> ratios = comparison.ratios(program, peer);
            columns(ratios.isEmpty()
                    ? "skipped"
                    : hundredths(Statistics.median(ratios)) + " (" + hundredths(Collections.min(ratios)) + '-'
                            + hundredths(Collections.max(ratios)) + ')',
                    speed(comparison.times(program, peer), instructions));
        }
        text.append('\n');
    }

    private void means(List<GuestProgram> programs) {
        text.append("%-27s".formatted("geometric mean (first nine)"));
        for (Emulator peer : comparison.peers()) {
            List<Double> medians = new ArrayList<>();
            for (GuestProgram program : GuestProgram.ofTheMean()) {
                List<Double> ratios = programs.contains(program) ? comparison.ratios(program, peer) : List.of();
                if (!ratios.isEmpty()) {
                    medians.add(Statistics.median(ratios));
                }
            }
            columns(medians.isEmpty()
                    ? "-"
                    : hundredths(Statistics.geometricMean(medians)) + " of " + medians.size(), "");
        }
        text.append('\n');
    }

    private void columns(String ratio, String speed) {
        text.append("%24s %8s".formatted(ratio, speed));
    }

    /** Million instructions per second of CPU time. */
    private static String speed(List<Double> ns, long instructions) {
        return ns.isEmpty() ? "failed" : Long.toString(Math.round(instructions * 1e3 / Statistics.median(ns)));
    }

    private static String hundredths(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
