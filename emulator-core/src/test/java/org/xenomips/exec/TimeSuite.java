package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.CpuModel;
import org.xenomips.device.SnapshotException;
import org.xenomips.isa.Assembler;

/** Interrupts, Count and Compare, WAIT, idle loops, snapshots: everything that depends on time. */
public abstract class TimeSuite extends EngineFixture {
    private static final String END = "\nresume: sw $zero, STOP($gp)\nnop";

    @Test
    void deviceInterruptIsTakenBeforeTheNextInstruction() {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x0801);
        Assembler.Program program = run("li $t0, 8\nsw $t0, LINES($gp)\nspot: addiu $v0, $v0, 1\nnop" + END);
        assertThat(note().code()).isZero();
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().cause() & 0xff00).isEqualTo(0x0800);
        assertThat(gpr(2)).isZero();
    }

    @Test
    void interruptIsNeverTakenBetweenABranchAndItsSlot() {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x0801);
        Assembler.Program program = run(
                "li $t0, 8\nb target\nsw $t0, LINES($gp)\nnop\ntarget: addiu $v0, $v0, 1" + END);
        assertThat(note().epc()).isEqualTo(program.label("target"));
        assertThat(note().inSlot()).isFalse();
    }

    @Test
    void maskedInterruptWaitsForStatus() {
        Assembler.Program program = run("""
                li   $t0, 8
                sw   $t0, LINES($gp)
                addiu $v0, $v0, 1
                li   $t1, 0x10000401
                mtc0 $t1, $12
                addiu $v0, $v0, 1
                li   $t1, 0x10000801
                mtc0 $t1, $12
                spot: addiu $v0, $v0, 1
                """ + END);
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(gpr(2)).isEqualTo(2);
    }

    @Test
    void pendingInterruptIsTakenWhenExceptionReturnUncoversIt() {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x0803);
        Assembler.Program program = prepare("li $t0, 8\nsw $t0, LINES($gp)\neret\nnop\nspot: addiu $v0, $v0, 1" + END);
        machine().cpu.cp0().write(Cp0.EPC, 0, program.label("spot"));
        go();
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(gpr(2)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0x100, 0x200 })
    void softwareInterruptsAreStorage(int bit) {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | bit | 1);
        Assembler.Program program = run("li $t0, " + bit + "\nmtc0 $t0, $13\nspot: nop" + END);
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().cause() & 0xff00).isEqualTo(bit);
    }

    @ParameterizedTest
    @CsvSource({ "R5000, 0x01800100, 0x180", "R5271, 0x00800100, 0x200", "RM7000, 0x01000100, 0x200",
            "RM7000, 0x00800100, 0x180", "SB1, 0x00800100, 0x200" })
    void interruptVectorIsSeparateWhenCauseAsksForIt(CpuModel model, String cause, int vector) {
        machine(model);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x101);
        run("li $t0, " + cause + "\nmtc0 $t0, $13\nnop" + END);
        assertThat(note().vector()).isEqualTo(vector);
    }

    @ParameterizedTest
    @CsvSource({ "'b loop\nnop'", "'j loop\nnop'", "'bne $gp, $zero, loop\nnop'", "'bnel $gp, $zero, loop\nnop'",
            "'addiu $t1, $t1, 1\nb loop\naddiu $t2, $t2, 1'", "'jr $t9\nnop'" })
    void tightestLoopsAreInterruptedByTheTimer(String loop) {
        machine().cpu.cp0().write(Cp0.COMPARE, 0, 5000);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x8001);
        Assembler.Program program = prepare("loop: " + loop + END);
        machine().cpu.setGpr(25, program.label("loop"));
        go();
        assertThat(note().cause() & 0xff00).isEqualTo(0x8000);
        assertThat(machine().clock.nowNs() * machine().cpu.hertz() / 2_000_000_000L).isBetween(5000L, 5100L);
    }

    @Test
    void timerInterruptStaysUntilCompareIsWritten() {
        run("""
                       mfc0 $t0, $9
                       addiu $t0, $t0, 500
                       mtc0 $t0, $11
                wait:  mfc0 $t1, $13
                       andi $t1, $t1, 0x8000
                       beq  $t1, $zero, wait
                       nop
                       mfc0 $s0, $9
                       subu $s0, $s0, $t0
                       addiu $t0, $t0, -1
                       mtc0 $t0, $11
                       mfc0 $s1, $13
                       andi $s1, $s1, 0x8000
                       sw   $zero, STOP($gp)
                """);
        assertThat(gpr(16)).as("counts after the match").isBetween(0L, 20L);
        assertThat(gpr(17)).as("IP7 after a write of Compare just missed").isZero();
    }

    @Test
    void countIsStrictlyMonotonicAndRunsAtHalfTheClock() {
        run("""
                       mfc0 $s0, $9
                       li   $t0, 5000
                       or   $t2, $s0, $zero
                loop:  mfc0 $t1, $9
                       slt  $t3, $t2, $t1
                       addu $v0, $v0, $t3
                       mfc0 $t2, $9
                       slt  $t3, $t1, $t2
                       addu $v0, $v0, $t3
                       bne  $t0, $zero, loop
                       addiu $t0, $t0, -1
                       subu $s1, $t2, $s0
                       sw   $zero, STOP($gp)
                """);
        assertThat(gpr(2)).isEqualTo(2 * 5001);
        assertThat(gpr(17)).isBetween(5001L * 4 - 5, 5001L * 4 + 5);
    }

    @Test
    void waitEndsWithTheInterruptItWaitsFor() {
        machine().cpu.cp0().write(Cp0.COMPARE, 0, 1_000_000);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x8001);
        Assembler.Program program = run("wait\nspot: addiu $v0, $v0, 1" + END);
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(machine().idles()).isEqualTo(1);
        assertThat(machine().cpu.retired()).isLessThan(100);
        assertThat(machine().clock.nowNs()).isBetween(5_714_000L, 5_716_000L);
    }

    @Test
    void waitEndsWithInterruptsDisabledAndDoesNotForPendingOnesThatAreMasked() {
        machine().cpu.cp0().write(Cp0.COMPARE, 0, 10_000);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x8000);
        run("li $t0, 8\nsw $t0, LINES($gp)\nwait\naddiu $v0, $v0, 1" + END);
        assertThat(notes()).isEmpty();
        assertThat(gpr(2)).isEqualTo(1);
        assertThat(machine().idles()).isEqualTo(1);
    }

    // Idle loops

    private void interruptLater(int count) {
        machine().cpu.cp0().write(Cp0.COMPARE, 0, count);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x8001);
    }

    @ParameterizedTest
    @CsvSource({ "'b loop\nnop'", "'lw $t0, REGISTER($gp)\nbeq $t0, $zero, loop\nnop'",
            "'lw $t0, 0($s0)\nlw $t1, 4($s0)\nbeq $t0, $t1, loop\nnop'", "'mfc0 $t0, $12\nb loop\nandi $t1, $t0, 1'",
            "'sw $zero, 0($s0)\nb loop\nnop'", "'jal f\nnop\nb loop\nnop\nf: jr $ra\nsd $ra, 8($s0)'" })
    void loopThatOnlyLooksIsIdle(String loop) {
        interruptLater(100_000_000);
        machine().cpu.setGpr(16, DATA);
        prepare("loop: " + loop + END);
        go();
        assertThat(machine().idles()).isPositive();
        assertThat(machine().cpu.retired()).isLessThan(400_000);
    }

    @ParameterizedTest
    @CsvSource({ "'b loop\naddiu $t0, $t0, 1'", "'lw $t0, COUNTER($gp)\nb loop\nand $t0, $t0, $zero'",
            "'mfc0 $t0, $9\nb loop\nand $t0, $t0, $zero'",
            "'lw $t0, 0($s0)\naddiu $t0, $t0, 1\nsw $t0, 0($s0)\nb loop\nor $t0, $zero, $zero'",
            "'sw $zero, LINES($gp)\nb loop\nnop'", "'mtc0 $t0, $28\nb loop\nnop'" })
    void loopThatDoesSomethingIsNotIdle(String loop) {
        interruptLater(1_000_000);
        machine().cpu.setGpr(16, DATA);
        prepare("loop: " + loop + END);
        go();
        assertThat(machine().idles()).isZero();
        assertThat(machine().cpu.retired()).isGreaterThan(1_900_000);
    }

    @Test
    void idleLoopIsRecognisedAtOnceAfterEachInterrupt() {
        prepare("""
                        li    $s2, 50
                        li    $t2, 0x10008001
                next:   mfc0  $t0, $9
                        li    $t1, 1000000
                        addu  $t0, $t0, $t1
                        mtc0  $t0, $11
                        mtc0  $t2, $12
                loop:   b     loop
                        nop
                resume: bne   $s2, $zero, next
                        addiu $s2, $s2, -1
                        sw    $zero, STOP($gp)
                """);
        go();
        assertThat(notes()).hasSize(51);
        assertThat(machine().cpu.retired()).isLessThan(300_000);
    }

    @Test
    void budgetIsKeptWithinABasicBlock() {
        prepare("loop: addiu $t0, $t0, 1\naddiu $t1, $t1, 1\nb loop\nnop");
        long before = machine().cpu.retired();
        assertThat(machine().engine.run(1000)).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.retired() - before).isBetween(1000L, 1004L);
        assertThat(machine().cpu.gpr(8) * 4).isBetween(996L, 1004L);
    }

    @Test
    void sliceEndsAfterABackwardTransferOnly() {
        Assembler.Program program = prepare("""
                start:  b     one
                        nop
                one:    jal   two
                        nop
                two:    la    $t9, three
                        jr    $t9
                        nop
                three:  bnel  $t9, $zero, four
                        nop
                four:   %s
                        bne   $zero, $zero, start
                        nop
                        b     start
                        addiu $v0, $v0, 1
                """.formatted("nop\n".repeat(1100)));
        long before = machine().cpu.retired();
        assertThat(machine().engine.run(1)).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.pc()).isEqualTo(program.label("start"));
        assertThat(gpr(2)).isEqualTo(1);
        assertThat(machine().cpu.retired() - before).isEqualTo(1100 + 14);
    }

    @Test
    void sliceEndsAfterABranchToItself() {
        Assembler.Program program = prepare("self: b self\nnop");
        long before = machine().cpu.retired();
        assertThat(machine().engine.run(1)).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.pc()).isEqualTo(program.label("self"));
        assertThat(machine().cpu.retired() - before).isEqualTo(2);
    }

    @Test
    void sliceEndsBeforeTheHandlerAndAfterEret() {
        Assembler.Program program = prepare("nop\nsyscall\nnop" + END);
        assertThat(machine().engine.run(1)).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.pc()).isEqualTo(0xffff_ffff_8000_0180L);
        machine().cpu.cp0().write(Cp0.EPC, 0, program.label("resume"));
        machine().load("eret", 0xffff_ffff_8000_0180L);
        assertThat(machine().engine.run(1)).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.pc()).isEqualTo(program.label("resume"));
    }

    @Test
    void sliceEndsBeforeTheTargetIsFetched() {
        prepare("lui $t0, 0x4000\njr $t0\nnop");
        assertThat(machine().engine.run(3)).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.pc()).as("forward, as signed numbers").isEqualTo(0xffff_ffff_8000_0000L);
        forget();
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS);
        prepare("lui $t0, 0x8000\njr $t0\naddiu $t0, $t0, 1");
        machine().cpu.setGpr(8, 0);
        assertThat(machine().engine.run(3)).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.pc()).as("backward").isEqualTo(0xffff_ffff_8000_0000L);
    }

    // Repeatability

    /** Takes 30 timer interrupts in a loop with calls and branches in all directions. */
    protected static final String INTERRUPTED = """
                    li    $t2, 0x10008001
                    la    $s7, next
            next:   slti  $t0, $s5, 30
                    beq   $t0, $zero, end
                    addiu $s5, $s5, 1
                    mfc0  $t0, $9
                    addiu $t0, $t0, 331
                    mtc0  $t0, $11
                    mtc0  $t2, $12
            loop:   lw    $t1, COUNTER($gp)
                    andi  $t3, $t1, 3
                    beq   $t3, $zero, forward
                    addiu $s2, $s2, 1
                    jal   function
                    addu  $s3, $s3, $t1
            forward: andi $t3, $t1, 5
                    bnel  $t3, $zero, loop
                    addiu $s4, $s4, 1
                    j     loop
                    xor   $s4, $s4, $s3
            function: dmult $s2, $s3
                    jr    $ra
                    mflo  $s6
            end:    sw    $zero, STOP($gp)
            """;

    @ParameterizedTest
    @ValueSource(ints = { 1, 7, 50, 1000 })
    void timerInterruptDoesNotDependOnHowTimeIsCut(int piece) {
        prepare(INTERRUPTED);
        go();
        String expected = notes() + state() + machine().cpu.retired();
        assertThat(notes()).hasSize(30);
        close();
        create();
        prepare(INTERRUPTED);
        while (!machine().run(piece)) {
            assertThat(notes()).hasSizeLessThanOrEqualTo(30);
        }
        assertThat(notes() + state() + machine().cpu.retired()).isEqualTo(expected);
    }

    private static final String BUSY = """
                    li    $s0, 0x80100000
                    li    $t2, 0x10008001
                    la    $s7, next
            next:   mfc0  $t0, $9
                    addu  $s1, $s1, $t0
                    addiu $t0, $t0, 997
                    mtc0  $t0, $11
                    mtc0  $t2, $12
            loop:   lw    $t1, COUNTER($gp)
                    addiu $s2, $s2, 1
                    andi  $t3, $s2, 0xffc
                    addu  $t3, $t3, $s0
                    sw    $s2, 0($t3)
                    dmult $s2, $s1
                    mflo  $s3
                    b     loop
                    xor   $s4, $s4, $s3
            """;

    @Test
    void twoRunsAreTheSame() {
        String first = runBusy(300_000);
        close();
        create();
        assertThat(runBusy(300_000)).isEqualTo(first);
    }

    @Test
    void restoredMachineGoesOnAsTheSavedOne() throws SnapshotException {
        prepare(BUSY);
        forgetOften(100_000);
        var saved = new org.xenomips.device.SnapshotWriter();
        machine().cpu.save(saved);
        long[] now = machine().clock.state();
        byte[] ram = new byte[(int) machine().ram.size()];
        machine().ram.read(0, ram, 0, ram.length);
        long counter = machine().counter();
        long retired = machine().cpu.retired();
        forgetOften(100_000);
        String expected = state() + (machine().cpu.retired() - retired);

        close();
        create();
        machine().clock.restore(now);
        machine().ram.write(0, ram, 0, ram.length);
        machine().setCounter(counter);
        machine().cpu.restore(saved.reader("cpu"));
        retired = machine().cpu.retired();
        forgetOften(100_000);
        assertThat(state() + (machine().cpu.retired() - retired)).isEqualTo(expected);
    }

    private String runBusy(long instructions) {
        prepare(BUSY);
        forgetOften(instructions);
        return state() + machine().cpu.retired();
    }

    /** Runs in pieces, and drops the notes between them. */
    private void forgetOften(long instructions) {
        for (int i = 0; i < 10; i++) {
            forget();
            assertThat(machine().run(instructions / 10)).isFalse();
        }
    }

    /** Everything the guest can see. */
    protected String state() {
        var out = new StringBuilder();
        try {
            machine().cpu.dump(out);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        byte[] data = new byte[4096];
        machine().ram.read(DATA_PHYSICAL, data, 0, data.length);
        return out + " " + java.util.Arrays.hashCode(data) + " " + machine().clock.nowNs() + " ";
    }
}
