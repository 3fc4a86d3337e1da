package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenomips.exec.GuestMachine;

/** Units that come to pages nobody has accessed before. */
class PageMissTest {
    private static final int PAGES = 1_000;

    @Test
    void loopGoesOnByItselfOnTheNextPage() {
        try (GuestMachine machine = new GuestMachine(Eager.PATIENT)) {
            machine.start("""
                            lui   $s0, 0xbe00
                            lui   $s1, 0x8040
                            li    $s2, 1000
                    loop:   lw    $t0, 0($s1)
                            sw    $s2, 4($s1)
                            addu  $t1, $t1, $t0
                            addiu $s2, $s2, -1
                            bnez  $s2, loop
                            addiu $s1, $s1, 4096
                            sw    $0, 0($s0)
                    stop:   b     stop
                            nop
                    """);
            for (int i = 0; i < PAGES; i++) {
                machine.ram.write(0x40_0000 + 4096L * i, 4, i);
            }
            assertThat(machine.run(20_000, 1_000)).isTrue();
            assertThat(machine.cpu.gpr(9)).isEqualTo(PAGES * (PAGES - 1) / 2);
            assertThat(machine.ram.read(0x40_0000 + 4096L * (PAGES - 1) + 4, 4)).isEqualTo(1);
            assertThat(machine.describeEngine()).contains("single instructions for units: 0");
        }
    }
}
