package org.xenomips.cpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenomips.exec.GuestMachine;

class RehearsalTest {
    @Test
    void rehearsalEndsAndTheProcessorIsAsBefore() {
        try (var machine = new GuestMachine(new InterpreterEngineFactory());
                var rehearsal = new Rehearsal(machine.cpu)) {
            for (int number = 1; number < 32; number++) {
                machine.cpu.setGpr(number, 0x0123_4567_89ab_cdefL * number);
            }
            machine.cpu.setHi(0x1111);
            machine.cpu.setLo(0x2222);
            long[] before = machine.cpu.registers().clone();
            long pc = machine.cpu.pc();
            int events = machine.cpu.events();
            rehearsal.due(1_000_000);
            assertThat(machine.cpu.registers()).isEqualTo(before);
            assertThat(machine.cpu.pc()).isEqualTo(pc);
            assertThat(machine.cpu.retired()).isZero();
            assertThat(machine.cpu.events()).isEqualTo(events);
        }
    }

    @Test
    void reportedTransfersAreThinnedOutEvenly() {
        var sites = new java.util.HashMap<Long, Integer>();
        var tier = new Tier() {
            @Override
            public boolean transferred(long from, long target, boolean taken, boolean indirect) {
                sites.merge(from, 1, Integer::sum);
                return true;
            }

            @Override
            public int interval() {
                return 16;
            }

            @Override
            public boolean reached(long pc) {
                return false;
            }
        };
        try (var machine = new GuestMachine(new Factory(tier))) {
            machine.start("""
                            li    $s0, 20000
                    loop:   jal   function
                            addiu $s0, $s0, -1
                            b     next
                            nop
                    back:   bne   $s0, $zero, loop
                            nop
                            lui   $t0, 0xbe00
                            sw    $zero, 0($t0)
                            nop
                    next:   beq   $zero, $zero, back
                            nop
                    function: jr  $ra
                            addiu $v0, $v0, 1
                    """);
            assertThat(machine.run(1_000_000)).isTrue();
            assertThat(machine.cpu.gpr(2)).isEqualTo(20_000);
            // JAL, the two branches backwards, and each JR
            List<Integer> reports = sites.values().stream().sorted().toList();
            assertThat(reports).hasSize(4);
            assertThat(reports.getLast()).isGreaterThan(19_900);
            assertThat(reports.subList(0, 3)).allSatisfy(count -> assertThat(count).isBetween(1_000, 1_500));
        }
    }

    private record Factory(Tier tier) implements org.xenomips.exec.ExecutionEngineFactory {
        @Override
        public String name() {
            return "reporting";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public org.xenomips.exec.ExecutionEngine create(org.xenomips.cpu.Cpu cpu) {
            return new InterpreterEngine(cpu, tier);
        }
    }
}
