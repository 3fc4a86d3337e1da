package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.EngineOptions;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;
import org.xenomips.isa.Assembler;
import org.xenomips.jit.emit.UnitEmitter;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.Region;

/** Where the translator reaches its limits, the guest goes on. */
class PolicyTest {
    private static final int MOST_SLICES = 100_000;

    private record Factory(JitOptions options, Translator.Emitter emitter) implements ExecutionEngineFactory {
        @Override
        public String name() {
            return "jit";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            return new JitEngine(cpu, options, EngineOptions.NONE, emitter);
        }
    }

    @Test
    void moreEntriesThanAreRememberedMakeTheTranslatorStartAnew() {
        var few = new JitOptions(2, 150, 8L << 20, 4, 0, true);
        try (GuestMachine machine = new GuestMachine(new Factory(few, UnitEmitter::emit))) {
            machine.start("""
                            lui   $s0, 0xbe00
                            li    $s1, 50
                    again:  la    $s2, first
                            li    $s3, 20
                    call:   jalr  $s2
                            nop
                            addiu $s2, $s2, 64
                            addiu $s3, $s3, -1
                            bnez  $s3, call
                            nop
                            addiu $s1, $s1, -1
                            bnez  $s1, again
                            nop
                            sw    $0, 0($s0)
                    stop:   b     stop
                            nop
                            .align 6
                    """ + "first:\n" + """
                            jr    $ra
                            addiu $t2, $t2, 1
                            .align 6
                    """.repeat(20));
            assertThat(machine.run(200_000)).isTrue();
            assertThat(machine.cpu.registers()[10]).isEqualTo(1_000);
            assertThat(machine.describeEngine()).containsPattern("units retired: .*started anew \\d+")
                    .containsPattern(", [0-4] links");
        }
    }

    @Test
    void unitsStayWhenTheMapChangesElsewhereAndGoWhenItChangesWhereTheyAre() {
        var options = new JitOptions(2, 150, 8L << 20, 1 << 16, 0, true);
        long code = 0x0300_0000L;
        try (GuestMachine machine = new GuestMachine(new Factory(options, UnitEmitter::emit));
                GuestRam first = new GuestRam("first", 4096);
                GuestRam second = new GuestRam("second", 4096)) {
            fill(first, 1);
            fill(second, 3);
            Region region = machine.map.mapRam("first", code, 4096, first, 0);
            machine.start("""
                            lui   $s2, 0x8300
                            nop
                    call:   jalr  $s2
                            nop
                            b     call
                            nop
                    """);
            assertThat(machine.run(10_000)).isFalse();
            assertThat(machine.describeEngine()).containsPattern("units now: [1-9][0-9]* in use, 0 set aside");
            machine.map.mapDevice("elsewhere", 0x0700_0000L, 4096, false, machine);
            assertThat(machine.describeEngine()).containsPattern("units now: [1-9][0-9]* in use, 0 set aside");
            assertThat(machine.run(10_000)).isFalse();
            machine.map.unmap(region);
            Region other = machine.map.mapRam("second", code, 4096, second, 0);
            assertThat(machine.describeEngine()).containsPattern("in use, [1-9] set aside");
            machine.cpu.setGpr(10, 0);
            machine.cpu.setGpr(11, 0);
            assertThat(machine.run(10_000)).isFalse();
            assertThat(machine.cpu.gpr(10)).as("$t2").isEqualTo(3 * machine.cpu.gpr(11)).isPositive();
            machine.map.unmap(other);
        }
    }

    /** A function that adds {@code number} to $t2 and 1 to $t3. */
    private static void fill(GuestRam ram, int number) {
        ram.write(0, 4, Assembler.assemble("addiu $t3, $t3, 1"));
        ram.write(4, 4, Assembler.assemble("jr $ra"));
        ram.write(8, 4, Assembler.assemble("addiu $t2, $t2, " + number));
    }

    @Test
    void regionThatTheTranslatorFailsOnIsInterpreted() {
        var options = new JitOptions(2, 150, 8L << 20, 1 << 16, 0, false);
        try (GuestMachine machine = new GuestMachine(new Factory(options, (region, logged) -> {
            throw new IllegalStateException("a mistake");
        }))) {
            machine.start("""
                    loop:   addiu $t2, $t2, 1
                            b     loop
                            nop
                    """);
            String reason = "not translatable: IllegalStateException 1";
            for (int i = 0; i < MOST_SLICES && !machine.describeEngine().contains(reason); i++) {
                assertThat(machine.run(100)).isFalse();
            }
            assertThat(machine.describeEngine()).contains(reason);
            long before = machine.cpu.registers()[10];
            assertThat(machine.run(30_000)).isFalse();
            assertThat(machine.cpu.registers()[10]).isEqualTo(before + 10_000);
        }
    }
}
