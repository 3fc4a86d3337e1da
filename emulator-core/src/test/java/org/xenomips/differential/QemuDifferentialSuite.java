package org.xenomips.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.cpu.CpuModel;
import org.xenomips.exec.ExecutionEngineFactory;

/**
 * Random and directed programs on our processor and on QEMU's. {@code -Dslow} runs many more random ones;
 * {@code -Dxenomips.seed=N} repeats those of a seed. A subclass names the engine.
 */
public abstract class QemuDifferentialSuite {
    private static final long SEED = Long.getLong("xenomips.seed", 20_260_101L);
    private static final int ROUNDS = System.getProperty("slow") == null ? 1 : 40;
    private static final int CASES = 120;
    private static final long INSTRUCTIONS = 200_000_000;

    /** The engine under test. */
    protected abstract ExecutionEngineFactory factory();

    /** Processors that can be compared. */
    enum Pair {
        MIPS_III(CpuModel.R4600, "R4000", false), //
        /** QEMU's processor has no COP1X because it cannot set the bit of Status that enables it. */
        MIPS_IV(CpuModel.R5000, "VR5432", false), //
        /** MIPS64 executes MIPS IV as well. */
        MIPS_IV_ON_MIPS64(CpuModel.RM7000, "5Kf", true), //
        MIPS64(CpuModel.SB1, "5Kf", true);

        final CpuModel model;
        final String qemuName;
        final boolean cop1x;

        Pair(CpuModel model, String qemuName, boolean cop1x) {
            this.model = model;
            this.qemuName = qemuName;
            this.cop1x = cop1x;
        }

        /** Entries of the smaller of the two TLBs. */
        int tlbEntries() {
            return cop1x ? 32 : 48;
        }
    }

    @BeforeAll
    static void needQemu() {
        assumeTrue(QemuMalta.isInstalled(),
                "qemu-system-mips64 is not installed (package qemu-system-mips): differential tests are skipped");
    }

    @ParameterizedTest
    @EnumSource
    void randomProgramsHaveTheSameOutcome(Pair pair) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            CaseGenerator generator = new CaseGenerator(new Random(seed), pair.model.isa(), pair.cop1x);
            List<GuestCase> cases = IntStream.range(0, CASES)
                    .mapToObj(i -> generator.next("%s, seed %d, case %d".formatted(pair, seed, i)))
                    .toList();
            compare(pair, cases);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "MIPS_III", "MIPS_IV" })
    void exceptionsAndTranslationHaveTheSameOutcome(Pair pair) throws IOException, InterruptedException {
        List<GuestCase> cases = DirectedCases.all();
        List<String> differences = differences(pair, cases);
        List<String> messages = IntStream.range(0, cases.size())
                .filter(i -> !differences.get(i).isEmpty())
                .mapToObj(
                        i -> "%s:%n    %s%n%s".formatted(cases.get(i).name(), differences.get(i), cases.get(i).text()))
                .toList();
        assertThat(messages).as("%d cases of %d", messages.size(), cases.size()).isEmpty();
    }

    private void compare(Pair pair, List<GuestCase> cases) throws IOException, InterruptedException {
        List<String> differences = differences(pair, cases);
        for (int i = 0; i < cases.size(); i++) {
            if (!differences.get(i).isEmpty()) {
                GuestCase least = reduce(pair, cases.get(i));
                fail("%s:%n    %s%nreduced:%n    %s%n%s", cases.get(i).name(), differences.get(i),
                        differences(pair, List.of(least)).getFirst(), least.text());
            }
        }
    }

    /** What differs in each case. */
    private List<String> differences(Pair pair, List<GuestCase> cases) throws IOException, InterruptedException {
        GuestImage image = GuestSuite.build(cases, pair.tlbEntries());
        List<String> expected = GuestSuite.results(QemuMalta.run(pair.qemuName, image));
        List<String> actual = GuestSuite.results(MaltaBoard.run(pair.model, factory(), image, INSTRUCTIONS));
        assertThat(expected).as("cases finished by QEMU").hasSize(cases.size());
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            differences.add(i < actual.size() ? GuestSuite.difference(expected.get(i), actual.get(i)) : "not finished");
        }
        return differences;
    }

    /** Leaves out items as long as there is a difference; all candidates of a step share a run. */
    private GuestCase reduce(Pair pair, GuestCase failing) throws IOException, InterruptedException {
        GuestCase least = failing;
        for (int part = Math.max(1, least.items().size() / 2); part >= 1 && least.items().size() > 1;) {
            List<GuestCase> candidates = new ArrayList<>();
            for (int from = 0; from < least.items().size(); from += part) {
                List<List<String>> items = new ArrayList<>(least.items());
                items.subList(from, Math.min(from + part, items.size())).clear();
                candidates.add(least.withItems(items));
            }
            List<String> differences = differences(pair, candidates);
            int smaller = IntStream.range(0, candidates.size())
                    .filter(i -> !differences.get(i).isEmpty())
                    .findFirst()
                    .orElse(-1);
            if (smaller >= 0) {
                least = candidates.get(smaller);
            } else {
                part /= 2;
            }
        }
        return least;
    }
}
