package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenomips.exec.EngineFixture;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.isa.Assembler;

/** ERET as the return from a translated function to the translated caller that waits for it. */
class ExceptionReturnTest extends EngineFixture {
    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.FACTORY;
    }

    @Test
    void interruptThatEretAllowsIsTakenBeforeTheCallerGoesOn() {
        Assembler.Program program = run("""
                        lui   $s4, 0x1000
                        ori   $t1, $s4, 2
                        ori   $t2, $0, 0
                        ori   $s0, $0, 400
                loop:   jal   f
                        nop
                back:   addiu $t3, $t3, 1
                        addiu $s0, $s0, -1
                        bne   $s0, $0, loop
                        nop
                        ori   $t1, $s4, 0x103
                        ori   $t2, $0, 0x100
                        ori   $s0, $0, 1
                        b     loop
                        nop
                f:      mtc0  $t2, $13
                        mtc0  $ra, $14
                        mtc0  $t1, $12
                        nop
                        eret
                resume: sw    $0, STOP($gp)
                stop:   b     stop
                        nop
                """);
        assertThat(note().code()).isZero();
        assertThat(note().epc()).isEqualTo(program.symbols().get("back"));
        assertThat(gpr(11)).isEqualTo(400);
    }
}
