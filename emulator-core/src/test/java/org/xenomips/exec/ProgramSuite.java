package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.cpu.CpuModel;
import org.xenomips.cpu.ExceptionCode;

/** Plain programs, control transfers, and which processor has which instructions. */
public abstract class ProgramSuite extends EngineFixture {
    @Test
    void sumOfALoopIsRight() {
        run("""
                       li    $t0, 100
                loop:  addu  $v0, $v0, $t0
                       bne   $t0, $zero, loop
                       addiu $t0, $t0, -1
                       sw    $zero, STOP($gp)
                """);
        assertThat(gpr(2)).isEqualTo(5050);
    }

    @Test
    void recursionKeepsItsStack() {
        run("""
                       li    $sp, 0x80200000
                       jal   fib
                       addiu $a0, $zero, 15
                       sw    $zero, STOP($gp)
                       nop
                fib:   slti  $t0, $a0, 2
                       beql  $t0, $zero, deep
                       addiu $sp, $sp, -24
                       jr    $ra
                       or    $v0, $a0, $zero
                deep:  sd    $ra, 16($sp)
                       sd    $s0, 8($sp)
                       sd    $a0, 0($sp)
                       jal   fib
                       addiu $a0, $a0, -1
                       or    $s0, $v0, $zero
                       ld    $a0, 0($sp)
                       jal   fib
                       addiu $a0, $a0, -2
                       addu  $v0, $v0, $s0
                       ld    $s0, 8($sp)
                       ld    $ra, 16($sp)
                       jr    $ra
                       addiu $sp, $sp, 24
                """);
        assertThat(gpr(2)).isEqualTo(610);
        assertThat(gpr(29)).isEqualTo(0xffff_ffff_8020_0000L);
    }

    @Test
    void loopAcrossPagesAndTransferInTheLastWordOfAPage() {
        machine().load("""
                       li    $t0, 50
                loop:  addiu $v0, $v0, 1
                       bne   $t0, $zero, loop
                       addiu $t0, $t0, -1
                       beql  $zero, $v0, loop
                       addiu $v0, $v0, 1000
                       sw    $zero, 0($gp)
                """, GuestMachine.CODE + 0x1000 - 12);
        machine().cpu.setPc(GuestMachine.CODE + 0x1000 - 12);
        go();
        assertThat(gpr(2)).isEqualTo(51);
    }

    @Test
    void likelyBranchInTheLastWordOfAPageNullifiesTheNextPagesFirstWord() {
        machine().load("""
                       beql  $zero, $gp, away
                       addiu $v0, $v0, 1
                       addiu $v0, $v0, 2
                away:  sw    $zero, 0($gp)
                """, GuestMachine.CODE + 0x1000 - 4);
        machine().cpu.setPc(GuestMachine.CODE + 0x1000 - 4);
        go();
        assertThat(gpr(2)).isEqualTo(2);
    }

    @Test
    void writesToRegisterZeroVanish() {
        run("""
                addiu $zero, $zero, 5
                lui   $zero, 0x1234
                lw    $zero, COUNTER($gp)
                mfc0  $zero, $15
                jalr  $zero, $s7
                nop
                resume: or $v0, $zero, $zero
                lw    $v1, COUNTER($gp)
                sw    $zero, STOP($gp)
                """);
        assertThat(gpr(0)).isZero();
        assertThat(gpr(2)).isZero();
        assertThat(gpr(3)).as("the load to $0 was performed").isEqualTo(1);
    }

    @Test
    void jumpIntoADelaySlotRunsItAsAnOrdinaryInstruction() {
        run("""
                       li    $t0, 2
                       b     inside
                       nop
                back:  beq   $zero, $zero, over
                inside: addiu $v0, $v0, 16
                       addiu $v0, $v0, 1
                over:  addiu $t0, $t0, -1
                       bne   $t0, $zero, back
                       nop
                       sw    $zero, STOP($gp)
                """);
        assertThat(gpr(2)).isEqualTo(33);
    }

    @Test
    void retiredCountIsExact() {
        long before = machine().cpu.retired();
        run("""
                       li    $t0, 10
                loop:  addiu $t0, $t0, -1
                       bne   $t0, $zero, loop
                       nop
                       bnel  $zero, $zero, loop
                       addiu $t1, $zero, 1
                       sw    $zero, STOP($gp)
                """);
        // li is one word here; 10 rounds of 3; the nullified slot does not count
        assertThat(machine().cpu.retired() - before).isEqualTo(1 + 30 + 1 + 1);
    }

    @ParameterizedTest
    @CsvSource({ "R4600, 'movz $v0, $t0, $zero', false", "R5000, 'movz $v0, $t0, $zero', true",
            "R5000, 'mul $v0, $t0, $t0', false", "R5271, 'mul $v0, $t0, $t0', true",
            "RM7000, 'mul $v0, $t0, $t0', true",
            "R5271, 'cfc0 $v0, $18', false", "RM7000, 'cfc0 $v0, $18', true", "RM7000, 'clz $v0, $t0', false",
            "SB1, 'clz $v0, $t0', true", "SB1, 'mul $v0, $t0, $t0', true", "R4600, 'pref 0, 0($t0)', false",
            "RM7000, 'pref 0, 0($t0)', true" })
    void instructionsOfOtherProcessorsAreReserved(CpuModel model, String instruction, boolean exists) {
        machine(model);
        run("nop\nspot: " + instruction + "\nresume: sw $zero, STOP($gp)");
        if (exists) {
            assertThat(notes()).isEmpty();
        } else {
            assertThat(note().code()).isEqualTo(ExceptionCode.RI.code());
        }
    }
}
