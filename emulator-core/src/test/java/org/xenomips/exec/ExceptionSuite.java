package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.ExceptionCode;
import org.xenomips.isa.Assembler;

/** Exceptions in every position. */
public abstract class ExceptionSuite extends EngineFixture {
    private static final String END = "\nresume: sw $zero, STOP($gp)\nnop";

    /** Contexts by name; {@code @} stands for the instruction. */
    private static final Map<String, String> CONTEXTS = Map.of("plain", "nop\nspot: @", "slot of j",
            "spot: j resume\n@", "slot of jr",
            "spot: jr $s7\n@", "slot of jal", "spot: jal resume\n@", "slot of jalr", "spot: jalr $s7\n@",
            "slot of taken beq", "spot: beq $zero, $zero, resume\n@", "slot of bne that is not taken",
            "spot: bne $zero, $zero, resume\n@", "slot of taken bnel", "spot: bnel $zero, $gp, resume\n@",
            "slot of taken bgezal",
            "spot: bgezal $zero, resume\n@");

    private void setRegisters() {
        machine().cpu.setGpr(9, 0x77);
        machine().cpu.setGpr(10, 0x7fff_ffff);
        machine().cpu.setGpr(11, Long.MAX_VALUE);
        machine().cpu.setGpr(12, DATA + 1);
        machine().cpu.setGpr(13, 0x1234_0000);
        machine().cpu.setGpr(14, DATA & 0xffff_ffffL);
        machine().cpu.setGpr(15, DATA + 4);
    }

    @ParameterizedTest
    @CsvSource({ "syscall, SYS, 0x180", "break, BP, 0x180", "'teq $zero, $zero', TR, 0x180",
            "'tgei $zero, 0', TR, 0x180",
            "'add $t1, $t2, $t2', OV, 0x180", "'addi $t1, $t2, 1', OV, 0x180", "'dadd $t1, $t3, $t3', OV, 0x180",
            "'.word 0x7c00003b', RI, 0x180", "'mfc1 $t1, $f0', CPU, 0x180", "'bc1t resume', CPU, 0x180",
            "'.word 0x48000000', CPU, 0x180", "'lw $t1, 0($t4)', ADEL, 0x180", "'lh $t1, 0($t4)', ADEL, 0x180",
            "'ld $t1, 0($t7)', ADEL, 0x180", "'sw $t1, 0($t4)', ADES, 0x180", "'sd $t1, 0($t7)', ADES, 0x180",
            "'sc $t1, 0($t4)', ADES, 0x180", "'lw $t1, 0($t6)', ADEL, 0x180", "'lw $t1, 0($t5)', TLBL, 0",
            "'lwl $t1, 1($t5)', TLBL, 0", "'sw $t1, 0($t5)', TLBS, 0", "'swr $t1, 2($t5)', TLBS, 0",
            "'cache 0x10, 0($t5)', TLBL, 0" })
    void isReportedAtItsInstructionOrItsBranch(String instruction, ExceptionCode code, int vector) {
        for (Map.Entry<String, String> context : CONTEXTS.entrySet()) {
            boolean inSlot = context.getKey().startsWith("slot");
            if (inSlot && instruction.startsWith("bc1")) {
                continue;
            }
            forget();
            setRegisters();
            Assembler.Program program = run(context.getValue().replace("@", instruction) + END);
            Note note = note();
            assertThat(note.code()).as(context.getKey()).isEqualTo(code.code());
            assertThat(note.vector()).as(context.getKey()).isEqualTo(vector);
            assertThat(note.inSlot()).as(context.getKey()).isEqualTo(inSlot);
            assertThat(note.epc()).as(context.getKey()).isEqualTo(program.label("spot"));
            assertThat(gpr(9)).as("destination, " + context.getKey()).isEqualTo(0x77);
            assertThat(gpr(31)).as("link, " + context.getKey())
                    .isEqualTo(context.getValue().contains("al") ? program.label("spot") + 8 : gpr(31));
        }
    }

    @ParameterizedTest
    @CsvSource({ "syscall", "'add $t1, $t2, $t2'", "'lw $t1, 0($t4)'", "'.word 0x7c00003b'" })
    void nullifiedSlotRaisesNothing(String instruction) {
        setRegisters();
        run("bnel $zero, $zero, resume\n" + instruction + END);
        assertThat(notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "'b resume'", "'jr $s7'", "'beq $zero, $gp, resume'", "eret" })
    void transferInADelaySlotIsReserved(String inner) {
        for (String outer : new String[]{ "b resume", "bne $zero, $zero, resume", "jr $s7" }) {
            forget();
            Assembler.Program program = run("spot: " + outer + "\n" + inner + END);
            assertThat(note().code()).isEqualTo(ExceptionCode.RI.code());
            assertThat(note().epc()).isEqualTo(program.label("spot"));
            assertThat(note().inSlot()).isTrue();
        }
    }

    @Test
    void addressIsReported() {
        setRegisters();
        run("lw $t1, 3($t5)" + END);
        assertThat(note().badVAddr()).isEqualTo(0x1234_0003);
        assertThat(note().code()).as("misalignment comes first").isEqualTo(ExceptionCode.ADEL.code());
        forget();
        machine().cpu.cp0().write(Cp0.CONTEXT, 0, 0xffff_ffff_8180_0000L);
        run("sb $t1, 3($t5)" + END);
        assertThat(note().badVAddr()).isEqualTo(0x1234_0003);
        assertThat(note().entryHi()).isEqualTo(0x1234_0000);
        assertThat(note().context()).isEqualTo(0xffff_ffff_8180_0000L | 0x1234_0000 >>> 9);
        assertThat(note().xcontext()).isEqualTo(0x1234_0000 >>> 9);
    }

    @Test
    void jumpToAMisalignedAddressFaultsAtTheTarget() {
        machine().cpu.setGpr(8, DATA + 2);
        run("jr $t0\nnop" + END);
        assertThat(note().epc()).isEqualTo(DATA + 2);
        assertThat(note().badVAddr()).isEqualTo(DATA + 2);
        assertThat(note().inSlot()).isFalse();
        assertThat(note().code()).isEqualTo(ExceptionCode.ADEL.code());
    }

    @Test
    void jumpToAPlaceWithoutMemoryIsABusError() {
        machine().cpu.setGpr(8, 0xffff_ffff_a800_0000L);
        run("jr $t0\nnop" + END);
        assertThat(note().epc()).isEqualTo(0xffff_ffff_a800_0000L);
        assertThat(note().code()).isEqualTo(ExceptionCode.IBE.code());
    }

    @Test
    void unreachableHandlerDoesNotHangTheMachine() {
        machine().map.unmap(machine().map.regions().getFirst());
        machine().cpu.setPc(0x1234_0000);
        assertThat(machine().engine.run(1000)).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.pc()).isEqualTo(0xffff_ffff_8000_0180L);
    }

    @Test
    void coprocessorNumberIsReported() {
        run("mfc1 $t1, $f0" + END);
        assertThat(note().coprocessor()).isEqualTo(1);
        forget();
        run(".word 0x48000000" + END);
        assertThat(note().coprocessor()).isEqualTo(2);
        forget();
        run("syscall" + END);
        assertThat(note().coprocessor()).isZero();
    }

    @Test
    void exceptionAtExceptionLevelKeepsEpcAndUsesTheGeneralVector() {
        setRegisters();
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 2);
        machine().cpu.cp0().write(Cp0.EPC, 0, 0x1111);
        run("b resume\nlw $t1, 0($t5)" + END);
        assertThat(note().vector()).isEqualTo(0x180);
        assertThat(note().epc()).isEqualTo(0x1111);
        assertThat(note().inSlot()).isFalse();
        assertThat(note().badVAddr()).isEqualTo(0x1234_0000);
    }

    @Test
    void bootstrapVectorsAreInRom() {
        setRegisters();
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 1 << 22);
        run("syscall" + END);
        assertThat(note().vector()).isEqualTo(0x1180);
        forget();
        run("lw $t1, 0($t5)" + END);
        assertThat(note().vector()).isEqualTo(0x1000);
    }

    @ParameterizedTest
    @CsvSource({ "'lw $t0, 0($t4)', ADEL", "'mfc0 $t0, $12', CPU", "'daddu $t0, $t0, $t0', RI", "'ld $t0, 0($sp)', RI",
            "'tlbwi', CPU", "eret, CPU" })
    void userModeMayNot(String instruction, ExceptionCode code) {
        user(instruction, 0x10);
        assertThat(notes()).isNotEmpty();
        assertThat(notes().getFirst().code()).isEqualTo(code.code());
        assertThat(notes().getFirst().epc()).isEqualTo(0x40_0004);
        assertThat(notes().getFirst().status() & 0x1a).as("KSU, EXL").isEqualTo(0x12);
    }

    @ParameterizedTest
    @CsvSource({ "'daddu $t0, $t0, $t0'", "'ld $t0, 0($sp)'", "'lw $t0, 0($sp)'" })
    void userModeWith64BitAddressingMay(String instruction) {
        user(instruction, 0x30);
        assertThat(notes()).hasSize(1);
        assertThat(notes().getFirst().code()).as("the system call at the end").isEqualTo(ExceptionCode.SYS.code());
    }

    /** Runs {@code instruction} at 0x400004 in the mode of the given Status bits, then a system call. */
    private void user(String instruction, int statusBits) {
        map(0, 0x40_0000, 0, lo(0x20_0000, 7), lo(0x20_1000, 7));
        machine().load("nop\n" + instruction + "\nsyscall", 0xffff_ffff_8020_0000L);
        setRegisters();
        machine().cpu.setGpr(12, DATA);
        machine().cpu.setGpr(29, 0x40_1000);
        machine().cpu.cp0().write(Cp0.EPC, 0, 0x40_0000);
        prepare("li $t0, " + (2 | statusBits) + "\nmtc0 $t0, $12\neret\nresume: sw $zero, STOP($gp)");
        go();
    }

    @Test
    void conditionalStoreFailsAfterAnException() {
        machine().cpu.setGpr(8, DATA);
        run("ll $t1, 0($t0)\nsyscall\nresume: sc $t2, 0($t0)\nll $t1, 0($t0)\nsc $t3, 0($t0)\nsc $t4, 0($t0)\n"
                + "sw $zero, STOP($gp)");
        assertThat(gpr(10)).as("after an exception").isZero();
        assertThat(gpr(11)).as("after LL").isEqualTo(1);
        assertThat(gpr(12)).as("a second time").isZero();
        assertThat(machine().cpu.cp0().read(Cp0.LL_ADDR, 0)).isEqualTo(DATA_PHYSICAL >>> 4);
    }
}
