package org.xenomips.jit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the translator has done so far, and who has executed the guest's instructions. Machine thread. */
final class JitStatistics implements UnitObserver {
    private static final int MOST_ENTRIES = 1 << 16;

    /** Instructions executed, up to the end of the last slice. */
    long executed;
    /** Those of them that the interpreter executed. */
    long interpreted;
    /** How often a dispatcher ran a unit. */
    long dispatches;
    /** How often a dispatcher let the interpreter go on. */
    long interpretations;
    /** How often the interpreter executed one instruction for a unit. */
    long singleSteps;

    private long asked;
    private long translated;
    private long installed;
    private long tooLarge;
    private long hotExits;
    private long instructions;
    private long bytecodes;
    private long translationNs;
    private final Map<String, Integer> retirements = new TreeMap<>();
    private final Map<Long, Integer> translations = new HashMap<>();
    private final ExitSites exits = new ExitSites();

    /** How often the unit of an entry was asked for. */
    record Repetition(long entry, int times) {
    }

    @Override
    public void asked(TranslatedUnit unit) {
        asked++;
        long entry = unit.region.entry();
        if (translations.size() < MOST_ENTRIES || translations.containsKey(entry)) {
            translations.merge(entry, 1, Integer::sum);
        }
    }

    @Override
    public void translated(TranslatedUnit unit) {
        translated++;
        translationNs += unit.translationNs;
        instructions += unit.region.instructions();
        bytecodes += unit.bytecodes();
    }

    @Override
    public void installed(TranslatedUnit unit) {
        installed++;
    }

    @Override
    public void tooLarge(TranslatedUnit unit) {
        tooLarge++;
    }

    @Override
    public void retired(TranslatedUnit unit, String reason) {
        retirements.merge(reason, 1, Integer::sum);
        exits.add(unit);
    }

    @Override
    public void hotExit(TranslatedUnit unit, int index, long target) {
        hotExits++;
    }

    long asked() {
        return asked;
    }

    long translated() {
        return translated;
    }

    long installed() {
        return installed;
    }

    long tooLarge() {
        return tooLarge;
    }

    long hotExits() {
        return hotExits;
    }

    /** Guest instructions of all translations. */
    long instructions() {
        return instructions;
    }

    /** Bytes of bytecode of all translations. */
    long bytecodes() {
        return bytecodes;
    }

    /** Time that passed during all translations. */
    long translationNs() {
        return translationNs;
    }

    /** How many units were retired for which reason. */
    Map<String, Integer> retirements() {
        return Map.copyOf(retirements);
    }

    /** The {@code most} entries that were asked for most often, if more than once. */
    List<Repetition> repetitions(int most) {
        List<Repetition> all = new ArrayList<>();
        translations.forEach((entry, times) -> {
            if (times > 1) {
                all.add(new Repetition(entry, times));
            }
        });
        all.sort(Comparator.comparingInt(Repetition::times).reversed().thenComparingLong(Repetition::entry));
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    /** The exits of retired units and of those in {@code living}. */
    ExitSites exits(List<TranslatedUnit> living) {
        ExitSites all = new ExitSites(exits);
        living.forEach(all::add);
        return all;
    }
}
