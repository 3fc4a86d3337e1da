package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenomips.exec.GuestMachine;

/** A unit that waits for its callee when it is evicted. */
class EvictedCallerTest {
    private static final int ROUNDS = 400;

    @Test
    void callerIsExecutedAsTheCalleeHasChangedIt() {
        try (GuestMachine machine = new GuestMachine(new JitEngineFactory(
                new JitOptions(2, 150, 1, 1 << 16, 0, true)))) {
            machine.start("""
                            lui   $s0, 0xbe00
                            li    $s1, 400
                            la    $s2, spot
                            la    $s3, one
                    loop:   andi  $t0, $s1, 7
                            jal   f
                            addiu $t2, $zero, 3
                    spot:   addiu $t3, $t3, 1
                            addiu $s1, $s1, -1
                            bnez  $s1, loop
                            nop
                            sw    $0, 0($s0)
                    stop:   b     stop
                            nop
                            .space 8192
                    f:      addiu $t2, $t2, -1
                            bnez  $t2, f
                            nop
                            lw    $t4, 0($s3)
                            beqz  $t0, store
                            nop
                            jr    $ra
                            nop
                    store:  lw    $t5, 0($s2)
                            lw    $t4, 4($s3)
                            beq   $t4, $t5, other
                            nop
                            jr    $ra
                            sw    $t4, 0($s2)
                    other:  lw    $t4, 0($s3)
                            jr    $ra
                            sw    $t4, 0($s2)
                    one:    addiu $t3, $t3, 1
                            addiu $t3, $t3, 5
                    """);
            assertThat(machine.run(200_000, 50)).isTrue();
            long expected = 0;
            int step = 1;
            for (int left = ROUNDS; left > 0; left--) {
                if ((left & 7) == 0) {
                    step = 6 - step;
                }
                expected += step;
            }
            assertThat(machine.cpu.gpr(11)).isEqualTo(expected);
            assertThat(machine.describeEngine()).contains("evicted");
        }
    }
}
