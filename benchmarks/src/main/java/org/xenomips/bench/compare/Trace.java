package org.xenomips.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xenomips.bench.compare.ProcFs.ThreadTime;

/** The CPU times of an emulator's threads, read when the guest program announced itself and after its repetitions. */
final class Trace {
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, ThreadTime> latest = new HashMap<>();

    private record Sample(int repetitions, Map<String, ThreadTime> threads) {
    }

    /** Adds what {@link ProcFs#threads} says when {@code repetitions} are over. */
    void add(int repetitions, Map<String, ThreadTime> threads) {
        samples.add(new Sample(repetitions, threads));
        latest.putAll(threads);
    }

    /** How many repetitions were over at the latest sample. */
    int repetitions() {
        return samples.isEmpty() ? 0 : samples.getLast().repetitions();
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
     * @throws EmulatorException if there is none, or there are too few samples
     */
    Curve curve(String prefix) throws EmulatorException {
        String id = latest.entrySet()
                .stream()
                .filter(entry -> entry.getValue().name().startsWith(prefix))
                .max(Map.Entry.comparingByValue((a, b) -> Long.compare(a.ns(), b.ns())))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new EmulatorException("it has no thread whose name begins with '" + prefix + "'"));
        if (samples.size() < 2) {
            throw new EmulatorException("the repetitions are too few or too short");
        }
        long[] ns = samples.stream().map(Sample::threads).mapToLong(threads -> {
            ThreadTime time = threads.get(id);
            return time == null ? 0 : time.ns();
        }).toArray();
        return new Curve(samples.stream().mapToLong(Sample::repetitions).toArray(), ns);
    }
}
