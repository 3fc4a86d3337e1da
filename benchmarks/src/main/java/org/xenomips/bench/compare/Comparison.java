package org.xenomips.bench.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xenomips.bench.GuestProgram;

/** Runs programs on ours and on the peers, one after the other in each round, and keeps the CPU times per repetition. */
final class Comparison {
    private final Emulator ours;
    private final List<Emulator> peers;
    private final int repetitions;
    private final Duration limit;
    /** CPU time per repetition in ns, one per round. */
    private final Map<GuestProgram, Map<Emulator, List<Double>>> times = new EnumMap<>(GuestProgram.class);
    private final Map<Emulator, Map<GuestProgram, String>> failures = new LinkedHashMap<>();

    /** A comparison of {@code ours} with {@code peers}; no process may take longer than {@code limit}. */
    Comparison(Emulator ours, List<Emulator> peers, int repetitions, Duration limit) {
        this.ours = ours;
        this.peers = List.copyOf(peers);
        this.repetitions = repetitions;
        this.limit = limit;
    }

    /** Runs {@code program} once on each. An emulator that has failed on it is not tried again. */
    void round(GuestProgram program) {
        measure(program, ours);
        for (Emulator peer : peers) {
            measure(program, peer);
        }
    }

    private void measure(GuestProgram program, Emulator emulator) {
        if (failure(program, emulator) != null) {
            return;
        }
        try (EmulatorRun run = EmulatorRun.of(emulator, program, 1, repetitions, limit)) {
            times.computeIfAbsent(program, key -> new HashMap<>())
                    .computeIfAbsent(emulator, key -> new ArrayList<>())
                    .add(run.curve().steadyNs());
        } catch (EmulatorException e) {
            failures.computeIfAbsent(emulator, key -> new EnumMap<>(GuestProgram.class))
                    .put(program,
                            String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String failure(GuestProgram program, Emulator emulator) {
        return failures.getOrDefault(emulator, Map.of()).get(program);
    }

    /** What went wrong, one line per emulator and program. */
    List<String> failures() {
        List<String> lines = new ArrayList<>();
        failures.forEach((emulator, programs) -> programs
                .forEach((program, message) -> lines.add(emulator.name() + ": " + program + ": " + message)));
        return lines;
    }

    /** CPU times of ours per repetition in ns, one per round; empty if it failed. */
    List<Double> ours(GuestProgram program) {
        return times(program, ours);
    }

    /** How much faster ours was than {@code peer}, one per round; empty if one of them failed. */
    List<Double> ratios(GuestProgram program, Emulator peer) {
        List<Double> mine = times(program, ours);
        List<Double> theirs = times(program, peer);
        List<Double> result = new ArrayList<>();
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            result.add(theirs.get(i) / mine.get(i));
        }
        return result;
    }

    /** CPU times of {@code emulator} per repetition in ns, one per round; empty if it failed. */
    List<Double> times(GuestProgram program, Emulator emulator) {
        return times.getOrDefault(program, Map.of()).getOrDefault(emulator, List.of());
    }

    /** The emulators that ours is compared with. */
    List<Emulator> peers() {
        return peers;
    }
}
