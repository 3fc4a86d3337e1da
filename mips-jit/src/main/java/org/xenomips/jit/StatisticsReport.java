package org.xenomips.jit;

import java.util.Comparator;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xenomips.jit.TranslatedUnit.State;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.unit.Exits.Kind;

/** {@link JitStatistics} as a text with tables. Machine thread; an object is used once. */
final class StatisticsReport {
    private static final int MOST_LINES = 10;

    /** Finds out what stands at an address. */
    interface Code {
        /** The instruction at {@code pc}, or null if it cannot be read now. */
        @Nullable
        GuestInstruction at(long pc);
    }

    private final JitStatistics statistics;
    private final UnitCache units;
    private final Code code;
    private final Formatter out = new Formatter(Locale.ROOT);

    private StatisticsReport(JitStatistics statistics, UnitCache units, Code code) {
        this.statistics = statistics;
        this.units = units;
        this.code = code;
    }

    /**
     * The report.
     *
     * @param units those in use
     * @param links how many links there are
     * @param translatorNs processor time of the translator's thread, negative if it has none
     */
    static String of(JitStatistics statistics, UnitCache units, int links, long translatorNs, Code code) {
        var report = new StatisticsReport(statistics, units, code);
        report.units(links);
        report.time(translatorNs);
        report.execution();
        report.exits();
        report.biggest();
        report.repeated();
        return report.out.toString();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    private void units(int links) {
        long active = units.units().stream().filter(unit -> unit.state == State.ACTIVE).count();
        out.format("""
                units: %,d asked for, %,d translated, %,d installed, %,d too large
                units now: %,d in use, %,d set aside; %,d bytes of class files, %,d links
                """, statistics.asked(), statistics.translated(), statistics.installed(), statistics.tooLarge(), active,
                units.count() - active, units.bytes(), links);
        String reasons = new TreeMap<>(statistics.retirements()).entrySet()
                .stream()
                .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        out.format("units retired: %s\n", reasons.isEmpty() ? "none" : reasons);
    }

    private void time(long translatorNs) {
        long instructions = statistics.instructions();
        out.format("translated: %,d guest instructions to %,d bytes of bytecode, %.1f for each; %,.0f ms", instructions,
                statistics.bytecodes(), instructions == 0 ? 0 : (double) statistics.bytecodes() / instructions,
                statistics.translationNs() / 1e6);
        if (translatorNs >= 0) {
            out.format(", %,.0f ms of processor time", translatorNs / 1e6);
        }
        out.format("\n");
    }

    private void execution() {
        long executed = statistics.executed;
        long inUnits = executed - statistics.interpreted;
        out.format("""
                executed: %,d instructions: %,d in units (%.2f %%), %,d by the interpreter (%.2f %%)
                dispatcher: %,d times to a unit, %,d times to the interpreter; single instructions for units: %,d
                """, executed, inUnits, share(inUnits, executed), statistics.interpreted,
                share(statistics.interpreted, executed), statistics.dispatches, statistics.interpretations,
                statistics.singleSteps);
    }

    private void exits() {
        ExitSites sites = statistics.exits(units.units());
        out.format("\nside exits (hot ones that were looked at: %,d)\n  %-10s %15s %8s\n", statistics.hotExits(),
                "kind",
                "taken", "places");
        for (Kind kind : Kind.values()) {
            if (sites.taken(kind) > 0) {
                out.format("  %-10s %,15d %,8d\n", kind, sites.taken(kind), sites.places(kind));
            }
        }
        List<ExitSites.Count> hottest = sites.hottest(MOST_LINES);
        if (!hottest.isEmpty()) {
            out.format("hottest exits\n  %15s  %-10s %-9s %s\n", "taken", "kind", "unit", "goes on at");
            for (ExitSites.Count count : hottest) {
                ExitSites.Site site = count.site();
                GuestInstruction instruction = code.at(site.pc());
                out.format("  %,15d  %-10s %08x  %s\n", count.times(), site.kind(), (int) site.entry(),
                        instruction == null ? "%08x".formatted((int) site.pc()) : instruction);
            }
        }
    }

    private void biggest() {
        List<TranslatedUnit> biggest = units.units()
                .stream()
                .sorted(Comparator.comparingInt(TranslatedUnit::bytecodes).reversed())
                .limit(MOST_LINES)
                .toList();
        if (!biggest.isEmpty()) {
            out.format("\nbiggest units\n  %-9s %9s %12s %7s %6s\n", "unit", "bytecodes", "instructions", "blocks",
                    "exits");
            for (TranslatedUnit unit : biggest) {
                out.format("  %08x  %,9d %,12d %,7d %,6d\n", (int) unit.region.entry(), unit.bytecodes(),
                        unit.region.instructions(), unit.region.blocks().size(),
                        unit.exits == null ? 0 : unit.exits.size());
            }
        }
    }

    private void repeated() {
        List<JitStatistics.Repetition> repetitions = statistics.repetitions(MOST_LINES);
        if (!repetitions.isEmpty()) {
            out.format("\ntranslated most often: %s\n", repetitions.stream()
                    .map(each -> "%08x (%d times)".formatted((int) each.entry(), each.times()))
                    .collect(Collectors.joining(", ")));
        }
    }
}
