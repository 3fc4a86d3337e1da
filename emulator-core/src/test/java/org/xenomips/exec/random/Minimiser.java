package org.xenomips.exec.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Leaves out parts of a program, then lines, as long as it still does what it is wanted for. */
public final class Minimiser {
    private static final int MOST_ATTEMPTS = 3000;

    private final Predicate<GuestProgram> wanted;
    private int attempts;

    /** Keeps programs for which {@code wanted} holds. */
    public Minimiser(Predicate<GuestProgram> wanted) {
        this.wanted = wanted;
    }

    /** The smallest program found; {@code program} itself is wanted. */
    public GuestProgram minimise(LongProgram program) {
        attempts = 0;
        List<Part> kept = keep(program.optionalParts(), rest -> program.program(without(program, rest), List.of()));
        List<Part> removed = without(program, kept);
        List<Part> whole = keep(kept, rest -> program.program(removed, subtract(kept, rest)));
        return lines(program.program(removed, subtract(kept, whole)));
    }

    /** As {@link #minimise}, for a program of which only the text is known. */
    public GuestProgram minimise(GuestProgram program) {
        attempts = 0;
        return lines(program);
    }

    private GuestProgram lines(GuestProgram program) {
        List<String> all = program.source().lines().toList();
        List<String> kept = keep(all, rest -> join(program, rest));
        return join(program, kept);
    }

    private static GuestProgram join(GuestProgram program, List<String> lines) {
        return new GuestProgram(program.model(), String.join("\n", lines) + "\n");
    }

    /** The elements of {@code all} that cannot be left out: in pieces of half of them, of a quarter, and so on. */
    private <T> List<T> keep(List<T> all, Function<List<T>, GuestProgram> made) {
        List<T> kept = all;
        for (int piece = Math.max(1, all.size() / 2); piece >= 1; piece /= 2) {
            int from = 0;
            while (from < kept.size() && attempts < MOST_ATTEMPTS) {
                attempts++;
                var rest = new ArrayList<>(kept);
                rest.subList(from, Math.min(from + piece, kept.size())).clear();
                if (wanted.test(made.apply(rest))) {
                    kept = rest;
                } else {
                    from += piece;
                }
            }
        }
        return kept;
    }

    private static List<Part> without(LongProgram program, List<Part> kept) {
        return subtract(program.optionalParts(), kept);
    }

    /** {@code all} without those that are the same object as one of {@code some}. */
    private static List<Part> subtract(List<Part> all, List<Part> some) {
        return all.stream().filter(part -> some.stream().noneMatch(other -> other == part)).toList();
    }
}
