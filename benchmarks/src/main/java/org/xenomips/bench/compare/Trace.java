package org.xenomips.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xenomips.bench.compare.ProcFs.ThreadTime;

/**
 * The CPU times of an emulator's threads, read when the guest program announced itself and after each of its repetitions.
 */
final class Trace {
    private final List<Map<String, ThreadTime>> samples = new ArrayList<>();
    private final Map<String, ThreadTime> latest = new HashMap<>();

    /** Adds what {@link ProcFs#threads} says now. */
    void add(Map<String, ThreadTime> threads) {
        samples.add(threads);
        latest.putAll(threads);
    }

    /** Adds a sample that counts for {@link #totalNs} only. */
    void addAtEnd(Map<String, ThreadTime> threads) {
        latest.putAll(threads);
    }

    /** How many repetitions are over. */
    int repetitions() {
        return Math.max(0, samples.size() - 1);
    }

    /** CPU time, in ns, of all threads, dead ones included, whose names begin with {@code prefix}. */
    long totalNs(String prefix) {
        return latest.values()
                .stream()
                .filter(thread -> thread.name().startsWith(prefix))
                .mapToLong(ThreadTime::ns)
                .sum();
    }

    /** CPU time, in ns, of the threads whose names begin with none of {@code prefixes}. */
    long totalNsWithout(Set<String> prefixes) {
        return latest.values()
                .stream()
                .filter(thread -> prefixes.stream().noneMatch(prefix -> thread.name().startsWith(prefix)))
                .mapToLong(ThreadTime::ns)
                .sum();
    }

    /**
     * The curve of the busiest thread among those whose names begin with {@code prefix}.
     *
     * @throws EmulatorException if there is none
     */
    Curve curve(String prefix) throws EmulatorException {
        String id = latest.entrySet()
                .stream()
                .filter(entry -> entry.getValue().name().startsWith(prefix))
                .max(Map.Entry.comparingByValue((a, b) -> Long.compare(a.ns(), b.ns())))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new EmulatorException("it has no thread whose name begins with '" + prefix + "'"));
        long[] ns = new long[samples.size()];
        for (int i = 0; i < ns.length; i++) {
            ThreadTime time = samples.get(i).get(id);
            ns[i] = time == null ? 0 : time.ns();
        }
        return new Curve(ns);
    }
}
