package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.isa.Assembler;

/** Code that changes: no CACHE instruction is needed, whoever writes and through whichever address. */
public abstract class CodeSuite extends EngineFixture {
    private static final String PATCHED = "addiu $v0, $zero, 2";
    private static final long KUSEG = 0x4000_0000L;

    /** The program calls a function 300 times, patches it with {@code $t1} at {@code $t0}, and calls it again. */
    private static String program(String store) {
        return """
                        li    $s0, 300
                again:  jal   function
                        addiu $s0, $s0, -1
                        bne   $s0, $zero, again
                        or    $s1, $v0, $zero
                        %s
                        jal   function
                        nop
                        sw    $zero, STOP($gp)
                        nop
                        .align 4
                function: addiu $v0, $zero, 1
                        jr    $ra
                        nop
                """.formatted(store);
    }

    @ParameterizedTest
    @CsvSource({ "'sw $t1, 0($t0)'", "'sh $t1, 2($t0)'", "'sb $t1, 3($t0)'", "'sd $t2, 0($t0)'",
            "'swl $t1, 0($t0)'", "'swr $t1, 3($t0)'", "'sdl $t2, 0($t0)'", "'sdr $t2, 7($t0)'",
            "'ll $t3, 0($t0)\nsc $t1, 0($t0)'", "'sw $t1, DMA($gp)'" })
    void everyKindOfStoreChangesCode(String store) {
        for (String segment : new String[]{ "kseg0", "kseg1", "kuseg" }) {
            Assembler.Program program = prepare(program(store));
            long function = program.label("function") & 0x1fff_ffff;
            map(0, KUSEG, 0, lo(GuestMachine.CODE & 0x1fff_ffff, 7), lo(0, 1));
            machine().cpu.setGpr(8, switch (segment) {
                case "kseg0" -> program.label("function");
                case "kseg1" -> 0xffff_ffff_a000_0000L | function;
                default -> KUSEG | function & 0xfff;
            });
            machine().dmaTarget = function;
            int word = Assembler.assemble(PATCHED);
            machine().cpu.setGpr(9, word);
            machine().cpu.setGpr(10, (long) word << 32 | Assembler.assemble("jr $ra"));
            go();
            assertThat(gpr(17)).as("before, " + segment).isEqualTo(1);
            assertThat(gpr(2)).as("after, " + segment).isEqualTo(2);
        }
    }

    @Test
    void nextInstructionAndOwnDelaySlotCanBePatched() {
        prepare("""
                        la    $t0, next
                        la    $t1, slot
                        sw    $s0, 0($t0)
                next:   addiu $v0, $zero, 1
                        b     over
                        sw    $s1, 0($t1)
                over:   b     end
                slot:   addiu $v1, $zero, 1
                end:    sw    $zero, STOP($gp)
                """);
        machine().cpu.setGpr(16, Assembler.assemble(PATCHED));
        machine().cpu.setGpr(17, Assembler.assemble("addiu $v1, $zero, 2"));
        go();
        assertThat(gpr(2)).isEqualTo(2);
        assertThat(gpr(3)).isEqualTo(2);
    }

    @Test
    void loopThatRewritesItselfRunsWhatItWrote() {
        run("""
                        la    $a1, patched
                        li    $a0, 50
                loop:   lw    $t0, 0($a1)
                        addiu $t0, $t0, 1
                        sw    $t0, 0($a1)
                patched: addiu $v0, $v0, 1
                        addiu $a0, $a0, -1
                        bne   $a0, $zero, loop
                        nop
                        sw    $zero, STOP($gp)
                """);
        assertThat(gpr(2)).isEqualTo(51 * 52 / 2 - 1);
    }

    @Test
    void codeCopiedToAPageThatWasDataRuns() {
        run("""
                        li    $s0, 20
                        li    $s3, 0x80300000
                outer:  la    $t0, template
                        or    $t1, $s3, $zero
                        addiu $t2, $zero, 3
                copy:   lw    $t3, 0($t0)
                        sw    $t3, 0($t1)
                        addiu $t0, $t0, 4
                        addiu $t2, $t2, -1
                        bne   $t2, $zero, copy
                        addiu $t1, $t1, 4
                        sb    $s0, 3($s3)
                        jalr  $s3
                        nop
                        addu  $s1, $s1, $v0
                        addiu $s0, $s0, -1
                        bne   $s0, $zero, outer
                        addiu $s3, $s3, 4
                        sw    $zero, STOP($gp)
                        nop
                template: addiu $v0, $zero, 0
                        jr    $ra
                        nop
                """);
        assertThat(gpr(17)).isEqualTo(210);
    }

    @Test
    void dataNextToHotCodeIsStoredAndTheCodeStays() {
        run("""
                        li    $s0, 20000
                        la    $t0, cell
                loop:   lw    $t1, 0($t0)
                        addiu $t1, $t1, 1
                        sw    $t1, 0($t0)
                        addiu $s0, $s0, -1
                        bne   $s0, $zero, loop
                        nop
                        lw    $v0, 0($t0)
                        sw    $zero, STOP($gp)
                        nop
                cell:   .word 0
                """);
        assertThat(gpr(2)).isEqualTo(20_000);
    }

    @Test
    void pageThatBecameDataAndCodeAgainRunsItsNewCode() {
        Assembler.Program program = prepare("""
                        li    $s4, 0x80300000
                        jalr  $s4
                        nop
                        or    $s0, $v0, $zero
                        li    $s1, 2000
                fill:   sw    $s1, 64($s4)
                        bne   $s1, $zero, fill
                        addiu $s1, $s1, -1
                        jalr  $s4
                        nop
                        or    $s2, $v0, $zero
                        li    $s1, 2000
                fill2:  sw    $s1, 64($s4)
                        bne   $s1, $zero, fill2
                        addiu $s1, $s1, -1
                        sw    $s3, 0($s4)
                        jalr  $s4
                        nop
                        sw    $zero, STOP($gp)
                """);
        machine().load("addiu $v0, $zero, 1\njr $ra\nnop", 0xffff_ffff_8030_0000L);
        machine().cpu.setGpr(19, Assembler.assemble(PATCHED));
        assertThat(program.words()).isNotEmpty();
        go();
        assertThat(gpr(16)).isEqualTo(1);
        assertThat(gpr(18)).isEqualTo(1);
        assertThat(gpr(2)).isEqualTo(2);
    }

    @Test
    void wordThatBecomesABranchMakesTheNextOneItsDelaySlot() {
        Assembler.Program program = prepare("""
                        la    $t0, spot
                        sw    $s0, 0($t0)
                        jal   spot
                        nop
                        sw    $s1, 0($t0)
                        jal   spot
                        nop
                resume: sw    $zero, STOP($gp)
                        nop
                spot:   nop
                        jr    $ra
                        nop
                """);
        machine().cpu.setGpr(16, Assembler.assemble("nop"));
        machine().cpu.setGpr(17, Assembler.assemble("beq $zero, $zero, 16"));
        go();
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().inSlot()).isTrue();
    }
}
