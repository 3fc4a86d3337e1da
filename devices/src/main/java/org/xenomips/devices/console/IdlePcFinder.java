package org.xenomips.devices.console;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.xenomips.machine.Machine;

/**
 * Finds addresses that may be the guest's idle loop, by looking where the processor is time and again. For scripts and people who
 * want a value for {@code --idle-pc}; nothing here needs one.
 *
 * <p>Threads: {@link #search} on any thread; the samples are taken on the machine thread, a thread of the search only waits between
 * them.
 */
final class IdlePcFinder {
    private static final int MOST_CANDIDATES = 10;
    /** The boot ROM in kseg0; a guest that waits there is in the ROM monitor. */
    private static final int ROM_FIRST = 0x9fc0_0000;
    private static final int ROM_LAST = 0x9fff_ffff;
    private static final int KSEG1_BIT = 0x2000_0000;

    private final Machine machine;
    private final int samples;
    private final int intervalMs;
    private final Map<Integer, Integer> counts = new HashMap<>();
    private boolean searching;

    /** A finder that looks {@code samples} times, every {@code intervalMs} milliseconds. */
    IdlePcFinder(Machine machine, int samples, int intervalMs) {
        this.machine = machine;
        this.samples = samples;
        this.intervalMs = intervalMs;
    }

    /** Starts a search; {@code answer} gets what is to be said at once, and later what was found. */
    void search(Consumer<String> answer) {
        machine.execute(() -> begin(answer));
    }

    private void begin(Consumer<String> answer) {
        if (machine.cpu().idlePc().isPresent()) {
            answer.accept("\nYou already use an idle PC, using the calibration would give incorrect results.\n");
        } else if (machine.state() != Machine.State.RUNNING) {
            answer.accept("\nThe processor is suspended; resume it first.\n");
        } else if (searching) {
            answer.accept("\nA search for idle loops is going on.\n");
        } else {
            searching = true;
            counts.clear();
            answer.accept("\nLooking where the guest is idle (%d samples)...\n".formatted(samples));
            Thread.ofPlatform().daemon().name("idle-pc").start(() -> sample(answer));
        }
    }

    private void sample(Consumer<String> answer) {
        try {
            for (int i = 0; i < samples; i++) {
                Thread.sleep(intervalMs);
                machine.execute(() -> counts.merge((int) machine.cpu().pc(), 1, Integer::sum));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        machine.execute(() -> {
            searching = false;
            answer.accept(found());
        });
    }

    private String found() {
        List<Map.Entry<Integer, Integer>> candidates = counts.entrySet()
                .stream()
                .filter(entry -> !isInRom(entry.getKey()))
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey(Integer::compareUnsigned)))
                .limit(MOST_CANDIDATES)
                .toList();
        StringBuilder out = new StringBuilder("\n");
        if (candidates.isEmpty()) {
            out.append("No idle loop: the guest is in the boot ROM. Try again when its system runs.\n");
        } else {
            out.append("Addresses that may be an idle loop, with the number of samples there (of %d):\n"
                    .formatted(samples));
            candidates.forEach(entry -> out.append("  0x%08x  %d\n".formatted(entry.getKey(), entry.getValue())));
            out.append("To use one, restart the router, for example with --idle-pc=0x%08x\n"
                    .formatted(candidates.getFirst().getKey()));
        }
        return out.append("No idle PC is needed: idle loops are found automatically.\n").toString();
    }

    private static boolean isInRom(int pc) {
        int address = pc & ~KSEG1_BIT;
        return address >= ROM_FIRST && address <= ROM_LAST;
    }
}
