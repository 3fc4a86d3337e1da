package org.xenomips.bench.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.xenomips.bench.GuestProgram;

/** The result of a {@link Comparison} as text. */
final class Table {
    private static final int COLUMN = 20;

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
            column("ours/" + peer.name());
        }
        text.append('\n');
    }

    private void line(GuestProgram program, long instructions) {
        List<Double> ours = comparison.ours(program);
        text.append("%-9s %8s %8s".formatted(program, hundredths(instructions / 1e6),
                ours.isEmpty() ? "failed" : Long.toString(Math.round(instructions * 1e3 / Statistics.median(ours)))));
        for (Emulator peer : comparison.peers()) {
            List<Double> ratios = comparison.ratios(program, peer);
            column(ratios.isEmpty()
                    ? "skipped"
                    : hundredths(Statistics.median(ratios)) + " (" + hundredths(Collections.min(ratios)) + '-'
                            + hundredths(Collections.max(ratios)) + ')');
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
            column(medians.isEmpty()
                    ? "-"
                    : hundredths(Statistics.geometricMean(medians)) + " of " + medians.size());
        }
        text.append('\n');
    }

    private void column(String value) {
        text.append(" ".repeat(Math.max(1, COLUMN - value.length()))).append(value);
    }

    private static String hundredths(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
