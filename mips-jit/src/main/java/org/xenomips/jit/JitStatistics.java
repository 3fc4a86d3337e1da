package org.xenomips.jit;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.xenomips.jit.unit.Exits;

/** What the translator has done so far. Machine thread. */
final class JitStatistics {
    private long asked;
    private long installed;
    private long tooLarge;
    private long instructions;
    private long bytecodes;
    private final Map<String, Integer> retirements = new TreeMap<>();
    private final Map<Exits.Kind, Integer> hotExits = new TreeMap<>();

    void asked(TranslatedUnit unit) {
        asked++;
    }

    void installed(TranslatedUnit unit) {
        installed++;
        instructions += unit.region.instructions();
        bytecodes += unit.code == null ? 0 : unit.code.bytecodes();
    }

    void tooLarge(TranslatedUnit unit) {
        tooLarge++;
    }

    void retired(TranslatedUnit unit, String reason) {
        retirements.merge(reason, 1, Integer::sum);
    }

    void hotExit(TranslatedUnit unit, Exits.Kind kind, long target) {
        hotExits.merge(kind, 1, Integer::sum);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, """
                translated: %,d asked for, %,d installed, %,d too large
                instructions translated: %,d to %,d bytes of bytecode
                retired: %s
                exits that were taken often: %s
                """, asked, installed, tooLarge, instructions, bytecodes, retirements, hotExits);
    }
}
