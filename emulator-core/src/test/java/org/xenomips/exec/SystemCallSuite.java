package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.ExceptionCode;
import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.isa.Assembler;

/** System calls and their return, again and again: what engines make fast must stay what the interpreter does. */
public abstract class SystemCallSuite extends EngineFixture {
    private static final long GENERAL_VECTOR = 0xffff_ffff_8000_0180L;
    private static final long USER = 0x40_0000L;
    private static final int ROUNDS = 300;
    private static final int VALID = 2, GLOBAL = 1;
    private static final int SYSTEM_CALL = ExceptionCode.SYS.code() << 2;
    /** Goes on behind the system call. */
    private static final String RETURN = """
            mfc0  $k0, $14
            addiu $k0, $k0, 4
            mtc0  $k0, $14
            eret
            """;
    private static final String END = """
            end:    sw    $zero, STOP($gp)
            stop:   b     stop
            nop
            """;
    /** {@value #ROUNDS} system calls; the handler's return address is {@code back}. */
    private static final String LOOP = """
                    li    $s0, 300
            loop:   addiu $s0, $s0, -1
                    syscall
            back:   addiu $t3, $t3, 1
                    bnez  $s0, loop
                    nop
            """ + END;

    private void handler(String source) {
        machine().load(source, GENERAL_VECTOR);
    }

    @Test
    void handlerSeesEachCallAndTheCallerGoesOnBehindIt() {
        handler("mfc0 $t4, $13\nmfc0 $t5, $14\naddiu $t6, $t6, 1\n" + RETURN);
        Assembler.Program program = run(LOOP);
        assertThat(gpr(11)).isEqualTo(ROUNDS);
        assertThat(gpr(12)).as("Cause").isEqualTo(SYSTEM_CALL);
        assertThat(gpr(13)).as("EPC").isEqualTo(program.label("back") - 4);
        assertThat(gpr(14)).isEqualTo(ROUNDS);
        assertThat(machine().cpu.cp0().status()).isEqualTo(STATUS);
    }

    @Test
    void modifiedHandlerIsExecutedAsItIsNow() {
        handler("spot: addiu $t6, $t6, 1\n" + RETURN);
        Assembler.Program patch = machine().load("addiu $t6, $t6, 3", DATA);
        assertThat(patch.bytes()).hasSize(4);
        machine().cpu.setGpr(18, DATA);
        machine().cpu.setGpr(19, GENERAL_VECTOR);
        run("""
                        li    $s0, 300
                loop:   addiu $s0, $s0, -1
                        syscall
                        sltiu $t0, $s0, 100
                        beqz  $t0, next
                        nop
                        lw    $t1, 0($s2)
                        sw    $t1, 0($s3)
                next:   bnez  $s0, loop
                        nop
                """ + END);
        assertThat(gpr(14)).isEqualTo(201 + 3 * 99);
    }

    @Test
    void handlerMayModifyItsCaller() {
        machine().load("addiu $t3, $t3, 5", DATA);
        handler("""
                sltiu $k0, $s0, 100
                beqz  $k0, back
                nop
                lw    $k1, 0($s2)
                sw    $k1, 0($s3)
                back:
                """ + RETURN);
        Assembler.Program program = prepare(LOOP);
        machine().cpu.setGpr(18, DATA);
        machine().cpu.setGpr(19, program.label("back"));
        go();
        assertThat(gpr(11)).isEqualTo(200 + 5 * 100);
    }

    @ParameterizedTest
    @CsvSource({ "'b target\nsyscall', true", "'jr $s7\nsyscall', true", "'bnez $zero, target\nsyscall', true",
            "'nop\nsyscall', false" })
    void callInADelaySlotReportsItsBranch(String call, boolean inSlot) {
        handler("mfc0 $t4, $13\nmfc0 $t5, $14\nmtc0 $s7, $14\neret");
        Assembler.Program program = prepare("""
                        li    $s0, 300
                loop:   addiu $s0, $s0, -1
                spot:   %s
                        b     end
                        nop
                target:
                resume: addiu $t3, $t3, 1
                        bnez  $s0, loop
                        nop
                """.formatted(call) + END);
        go();
        assertThat(gpr(11)).isEqualTo(ROUNDS);
        assertThat((int) gpr(12)).isEqualTo(SYSTEM_CALL | (inSlot ? 1 << 31 : 0));
        assertThat(gpr(13)).isEqualTo(program.label("spot") + (inSlot ? 0 : 4));
    }

    @Test
    void nestedCallKeepsEpc() {
        handler("bnez $v0, inner\nnop\nli $v0, 1\nsyscall\ninner: addiu $t6, $t6, 1\nmove $v0, $zero\n" + RETURN);
        Assembler.Program program = run(LOOP);
        assertThat(gpr(11)).isEqualTo(ROUNDS);
        assertThat(gpr(14)).as("the inner call alone returns").isEqualTo(ROUNDS);
        assertThat(machine().cpu.cp0().read(Cp0.EPC, 0)).isEqualTo(program.label("back"));
    }

    @Test
    void interruptThatIsPendingAtTheReturnIsTakenThere() {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x101);
        handler("""
                mfc0  $k0, $13
                andi  $k1, $k0, 0x7c
                bnez  $k1, call
                addiu $k0, $zero, 0x100
                mtc0  $zero, $13
                mfc0  $t5, $14
                addiu $t4, $t4, 1
                subu  $t6, $t4, $t3
                eret
                call: mtc0 $k0, $13
                """ + RETURN);
        Assembler.Program program = run(LOOP);
        assertThat(gpr(11)).isEqualTo(ROUNDS);
        assertThat(gpr(12)).as("interrupts").isEqualTo(ROUNDS);
        assertThat(gpr(13)).as("where").isEqualTo(program.label("back"));
        assertThat(gpr(14)).as("before the instruction there").isEqualTo(1);
    }

    @Test
    void conditionalStoreFailsAfterEachCall() {
        handler(RETURN);
        machine().cpu.setGpr(18, DATA);
        run("""
                        li    $s0, 300
                loop:   ll    $t0, 0($s2)
                        addiu $s0, $s0, -1
                        syscall
                        sc    $t0, 0($s2)
                        addu  $t3, $t3, $t0
                        bnez  $s0, loop
                        nop
                """ + END);
        assertThat(gpr(11)).isZero();
    }

    @Test
    void returnToAMisalignedAddressFaultsThere() {
        handler("""
                mfc0  $k0, $13
                mfc0  $k1, $14
                andi  $k0, $k0, 0x7c
                addiu $k0, $k0, -16
                bnez  $k0, call
                nop
                addiu $t4, $t4, 1
                addiu $k1, $k1, -2
                mtc0  $k1, $14
                eret
                call: addiu $k1, $k1, 6
                mtc0  $k1, $14
                eret
                """);
        run(LOOP);
        assertThat(gpr(11)).isEqualTo(ROUNDS);
        assertThat(gpr(12)).as("address errors").isEqualTo(ROUNDS);
    }

    // User mode

    /** Two pages with the same loop but for what it adds up, of which the handler maps one after the other. */
    private void runUserLoop(int statusBits, String handler) {
        String page = "loop: addiu $t3, $t3, %d\nsyscall\nb loop\naddiu $t4, $t4, %d";
        machine().load(page.formatted(1, 1), 0xffff_ffff_8020_0000L);
        machine().load(page.formatted(100, 100), 0xffff_ffff_8021_0000L);
        handler(handler);
        machine().cpu.cp0().write(Cp0.EPC, 0, USER);
        machine().cpu.setGpr(16, ROUNDS);
        prepare("li $t0, " + (STATUS | 0x12 | statusBits) + "\nmtc0 $t0, $12\neret\n" + END);
        machine().cpu.setGpr(18, machine().cpu.pc() + 16);
        go();
    }

    /** Comes to an end after {@value #ROUNDS} calls. */
    private static final String LEAVE_LAST = """
            addiu $s0, $s0, -1
            bnez  $s0, more
            nop
            jr    $s2
            nop
            more:
            """;

    @ParameterizedTest
    @ValueSource(ints = { 0, 0x20, 0x80, 0xa0 })
    void userProgramGoesOnBehindItsCalls(int statusBits) {
        map(0, USER, 0, lo(0x20_0000, VALID | GLOBAL), 0);
        runUserLoop(statusBits, LEAVE_LAST + RETURN);
        assertThat(gpr(11)).isEqualTo(ROUNDS);
        assertThat(gpr(12)).isEqualTo(ROUNDS - 1);
        assertThat(machine().cpu.cp0().status() & 0x1a).as("KSU, EXL").isEqualTo(0x12);
    }

    @Test
    void returnGoesToWhatIsMappedThen() {
        map(0, USER, 0, lo(0x20_0000, VALID | GLOBAL), 0);
        machine().cpu.cp0().write(Cp0.INDEX, 0, 0);
        machine().cpu.cp0().write(Cp0.ENTRY_HI, 0, USER);
        machine().cpu.cp0().write(Cp0.ENTRY_LO1, 0, GLOBAL);
        machine().cpu.setGpr(20, lo(0x20_0000, VALID | GLOBAL));
        machine().cpu.setGpr(21, lo(0x21_0000, VALID | GLOBAL));
        runUserLoop(0, LEAVE_LAST + """
                andi  $k1, $s0, 16
                mtc0  $s4, $2
                bnez  $k1, odd
                nop
                mtc0  $s5, $2
                odd: tlbwi
                """ + RETURN);
        assertThat(List.of(gpr(11), gpr(12))).isEqualTo(expectedSums());
    }

    @Test
    void returnGoesToWhatTheAddressSpaceMaps() {
        machine().cpu.cp0().write(Cp0.ENTRY_HI, 0, 1);
        map(0, USER | 1, 0, lo(0x20_0000, VALID), 0);
        map(1, USER | 2, 0, lo(0x21_0000, VALID), 0);
        machine().cpu.setGpr(20, 1);
        machine().cpu.setGpr(21, 2);
        runUserLoop(0, LEAVE_LAST + """
                andi  $k1, $s0, 16
                mtc0  $s4, $10
                bnez  $k1, odd
                nop
                mtc0  $s5, $10
                odd:
                """ + RETURN);
        assertThat(List.of(gpr(11), gpr(12))).isEqualTo(expectedSums());
    }

    /** $t3 and $t4 when the handler chooses the page by bit 4 of what is left of the rounds, from the first call on. */
    private static List<Long> expectedSums() {
        long before = 1;
        long behind = 0;
        for (int left = ROUNDS - 1; left > 0; left--) {
            int step = (left & 16) != 0 ? 1 : 100;
            before += step;
            behind += step;
        }
        return List.of(before, behind);
    }

    // Slices

    /** Where the slices of {@code length} instructions end, and after how many instructions. */
    private static List<Long> sliceEnds(GuestMachine machine, int length) {
        List<Long> ends = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            Exit exit = machine.engine.run(length);
            assertThat(exit).isEqualTo(Exit.BUDGET);
            ends.add(machine.cpu.pc());
            ends.add(machine.cpu.retired());
        }
        return ends;
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void slicesEndWhereTheInterpretersEnd(boolean user) {
        for (int length = 1; length < 16; length++) {
            try (GuestMachine reference = new GuestMachine(new InterpreterEngineFactory());
                    GuestMachine tested = new GuestMachine(factory())) {
                List<List<Long>> ends = new ArrayList<>();
                for (GuestMachine each : List.of(reference, tested)) {
                    endless(each, user);
                    ends.add(sliceEnds(each, length));
                }
                assertThat(ends.get(1)).as("slices of %d", length).isEqualTo(ends.get(0));
            }
        }
    }

    private static void endless(GuestMachine machine, boolean user) {
        machine.load("addiu $t5, $t5, 1\nb on\nnop\non: " + RETURN, GENERAL_VECTOR);
        machine.load("loop: addiu $t3, $t3, 1\nsyscall\nb loop\naddiu $t4, $t4, 1", 0xffff_ffff_8020_0000L);
        Cp0 cp0 = machine.cpu.cp0();
        cp0.write(Cp0.STATUS, 0, STATUS | (user ? 0x12 : 2));
        cp0.write(Cp0.ENTRY_HI, 0, USER);
        cp0.write(Cp0.ENTRY_LO0, 0, lo(0x20_0000, VALID | GLOBAL));
        cp0.write(Cp0.ENTRY_LO1, 0, GLOBAL);
        cp0.tlbWriteIndexed();
        cp0.write(Cp0.EPC, 0, user ? USER : 0xffff_ffff_8020_0000L);
        machine.start("eret");
    }
}
