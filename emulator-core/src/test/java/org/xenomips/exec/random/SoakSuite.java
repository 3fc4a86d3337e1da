package org.xenomips.exec.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;

/**
 * Hot code that is rewritten, moved and remapped thousands of times: what ran before is never run again, and nothing that the engine
 * keeps about it stays. {@code -Dxenomips.soak.rounds=N} sets how often. A subclass names the engine and what must not grow.
 */
public abstract class SoakSuite {
    private static final int ROUNDS = Integer.getInteger("xenomips.soak.rounds", 2000);

    private static final int CALLS = 400;
    private static final int MACHINES = 40;
    private static final int STATUS = 0x1000_0000;
    private static final long LONGEST_ROUND = 100_000;
    private static final int PAGES = 0x20_0000;

    /** Sets $v0 to 0, calls what $s1 points to {@value #CALLS} times, and logs $v0. */
    private static final String CALL_AND_LOG = """
                    li    s2, 400
                    or    v0, zero, zero
            again:  jalr  s1
                    addiu s2, s2, -1
                    bgtz  s2, again
                    xor   t5, t5, s2
                    sw    v0, LOG(gp)
                    addiu s0, s0, 1
                    b     round
                    nop
            """;

    /** The engine under test. */
    protected abstract ExecutionEngineFactory factory();

    /** Code has changed often enough that everything is in place: remember how much the engine holds. */
    protected abstract void noteLevel(GuestMachine machine);

    /** Code has changed many times more: fails if the engine holds clearly more than at {@link #noteLevel}. */
    protected abstract void assertFlat(GuestMachine machine);

    /** How often code changes in one test. */
    protected int rounds() {
        return ROUNDS;
    }

    /** Runs {@code source} until it has logged {@link #rounds} values, which must be {@code expected}. */
    private void run(String source, LongUnaryOperator expected) {
        try (var machine = machine(source)) {
            advance(machine, rounds() / 4);
            noteLevel(machine);
            advance(machine, rounds());
            assertFlat(machine);
            assertThat(machine.written.subList(0, rounds())).as("what each round logged")
                    .isEqualTo(LongStream.range(0, rounds()).map(expected).boxed().toList());
        }
    }

    private GuestMachine machine(String source) {
        var machine = new GuestMachine(factory());
        machine.cpu.cp0().write(Cp0.STATUS, 0, STATUS);
        machine.cpu.setGpr(28, 0xffff_ffff_a000_0000L | GuestMachine.DEVICE);
        machine.start(GuestRuntime.SYMBOLS + source);
        return machine;
    }

    private static void advance(GuestMachine machine, int rounds) {
        long limit = machine.cpu.retired() + rounds * LONGEST_ROUND;
        while (machine.written.size() < rounds) {
            assertThat(machine.cpu.retired()).as("instructions for %d rounds", rounds).isLessThan(limit);
            assertThat(machine.run(20_000)).isFalse();
        }
    }

    /** Sixteen functions; each round adds 1 to the immediate operand of one, written with {@code store} from $t2, and calls it. */
    private static String rewriting(String store) {
        return """
                        or    s0, zero, zero
                round:  andi  t0, s0, 15
                        sll   t0, t0, 5
                        la    s1, code
                        addu  s1, s1, t0
                        lw    t2, 0(s1)
                        addiu t2, t2, 1
                        %s
                %s
                        .align 5
                code:
                """.formatted(store, CALL_AND_LOG) + """
                        addiu v0, v0, 0
                        andi  t3, v0, 1
                        bne   t3, zero, .+12
                        addu  t4, t4, t3
                        addiu t4, t4, 1
                        jr    ra
                        nop
                        nop
                """.repeat(16);
    }

    private static long rewritten(long round) {
        return CALLS * (round / 16 + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "sw t2, 0(s1)", "sh t2, 2(s1)",
            "sll t1, s1, 3; srl t1, t1, 3; sw t1, DMA_TARGET(gp); sw t2, DMA(gp)" })
    void rewrittenFunctionsRunAsWritten(String store) {
        run(rewriting(store.replace("; ", "\n")), SoakSuite::rewritten);
    }

    @Test
    void functionsCopiedToNewPlacesRunThere() {
        run("""
                        or    s0, zero, zero
                round:  lui   s1, 0x8030
                        andi  t0, s0, 511
                        sll   t1, t0, 8
                        addu  s1, s1, t1
                        la    t1, code
                        or    t2, s1, zero
                        ori   t3, zero, 6
                copy:   lw    t4, 0(t1)
                        addiu t1, t1, 4
                        sw    t4, 0(t2)
                        addiu t3, t3, -1
                        bgtz  t3, copy
                        addiu t2, t2, 4
                        andi  t0, s0, 0xfff
                        sh    t0, 2(s1)
                %s
                code:   addiu v0, v0, 0
                        bltz  v0, .+12
                        nop
                        addu  t5, t5, v0
                        jr    ra
                        nop
                """.formatted(CALL_AND_LOG), round -> CALLS * (round & 0xfff));
    }

    @Test
    void pageThatIsRemappedRunsWhatIsMapped() {
        var pages = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            pages.append("""
                            .space start+0x%x-.
                            addiu v0, v0, %d
                            ori   t3, zero, 2
                            addiu t3, t3, -1
                            bgtz  t3, .-4
                            addu  t4, t4, t3
                            jr    ra
                            nop
                    """.formatted(PAGES - 0x1_0000 + 0x1000 * i, 3 * i + 1));
        }
        run("""
                start:  or    s0, zero, zero
                        mtc0  zero, $0
                        mtc0  zero, $5
                        lui   s1, 0x4800
                        mtc0  s1, $10
                round:  andi  t0, s0, 7
                        sll   t0, t0, 6
                        li    t1, %d
                        addu  t0, t0, t1
                        mtc0  t0, $2
                        mtc0  t0, $3
                        tlbwi
                %s
                %s
                """.formatted(SystemParts.lo(PAGES, 7), CALL_AND_LOG, pages), round -> CALLS * (3 * (round & 7) + 1));
    }

    @Test
    void machinesThatAreClosedLeaveNothingBehind() {
        for (int i = 0; i < MACHINES; i++) {
            try (var machine = machine(rewriting("sw t2, 0(s1)"))) {
                advance(machine, 32);
                if (i == MACHINES / 4) {
                    noteLevel(machine);
                } else if (i == MACHINES - 1) {
                    assertFlat(machine);
                }
                assertThat(machine.written.getLast()).isEqualTo(rewritten(machine.written.size() - 1));
            }
        }
    }
}
