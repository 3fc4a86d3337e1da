package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;

/** Functions that end with a jump to a function too far away for their region: one return leaves both. */
class FarJumpTest {
    private static final int ROUNDS = 2_000;
    private static final String PROGRAM = """
                    lui   $s0, 0xbe00
                    li    $s1, 2000
            loop:   jal   near
                    la    $t9, other
                    jal   any
                    addiu $s1, $s1, -1
                    bnez  $s1, loop
                    nop
                    sw    $0, 0($s0)
            stop:   b     stop
                    nop
            near:   j     far
                    addiu $t2, $t2, 1
            any:    jr    $t9
                    addiu $t3, $t3, 1
                    .space 0x11000
            far:    jr    $ra
                    addiu $t4, $t4, 1
            other:  jr    $ra
                    addiu $t5, $t5, 1
            """;

    @Test
    void returnOfTheOtherFunctionComesBackToTheCaller() {
        for (ExecutionEngineFactory factory : List.of(Eager.FACTORY, Eager.PATIENT, Eager.LOCKSTEP)) {
            try (GuestMachine machine = new GuestMachine(factory)) {
                machine.start(PROGRAM);
                assertThat(machine.run(200_000, 10_000)).isTrue();
                assertThat(Arrays.copyOfRange(machine.cpu.registers(), 10, 14)).as(factory.name()).containsOnly(ROUNDS);
            }
        }
    }

    @Test
    void jumpsToKnownFunctionsDoNotPassTheDispatcher() {
        try (GuestMachine machine = new GuestMachine(Eager.PATIENT)) {
            machine.start(PROGRAM);
            assertThat(machine.run(200_000, 10_000)).isTrue();
            assertThat(machine.describeEngine()).containsPattern("dispatcher: \\d{1,3} times to a unit");
        }
    }
}
