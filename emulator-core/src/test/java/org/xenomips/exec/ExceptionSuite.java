package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.CpuModel;
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

    @ParameterizedTest
    @CsvSource({ "lwc1", "ldc1", "swc1", "sdc1" })
    void unusableCoprocessorComesBeforeAMissInTheTlbEachTime(String access) {
        String handler = "addiu $t%d, $t%d, 1\nmfc0 $k0, $14\naddiu $k0, $k0, 4\nmtc0 $k0, $14\neret";
        machine().load(handler.formatted(2, 2), 0xffff_ffff_8000_0000L);
        machine().load(handler.formatted(3, 3), 0xffff_ffff_8000_0180L);
        machine().cpu.setGpr(8, 0x1234_0000);
        run("li $s0, 200\nloop: addiu $s0, $s0, -1\n" + access + " $f2, 0($t0)\nbnez $s0, loop\nnop" + END);
        assertThat(gpr(10)).as("misses").isZero();
        assertThat(gpr(11)).as("other exceptions").isEqualTo(200);
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

    @ParameterizedTest
    @CsvSource({ "R5000, 'movz $t0, $t1, $t2'", "R5000, 'pref 0, 0($sp)'", "R5271, 'movn $t0, $t1, $t2'",
            "RM7000, 'lwxc1 $f0, $zero($sp)'", "RM7000, 'movt $t0, $t1, 0'", "RM7000, 'bc1f 2, spot'",
            "RM7000, 'madd.s $f0, $f2, $f4, $f6'", "RM7000, 'recip.d $f0, $f2'" })
    void mips4IsReservedInUserModeUnlessStatusAllowsIt(CpuModel model, String instruction) {
        String source = "spot: " + instruction + "\nnop";
        machine(model);
        userFrom(source, 0x2000_0010);
        assertThat(notes().getFirst().code()).isEqualTo(ExceptionCode.RI.code());
        assertThat(notes().getFirst().epc()).isEqualTo(0x40_0004);
        for (int allowed : new int[]{ 0xa000_0010, 0x2000_0008, 0x2000_0000 }) {
            machine(model);
            userFrom(source.replace("bc1f", "bc1t"), allowed);
            assertThat(note().code()).as("the system call at the end").isEqualTo(ExceptionCode.SYS.code());
        }
    }

    @ParameterizedTest
    @CsvSource({ "R4600, 'sc $t0, 0($sp)', SYS", "R4600, 'movz $t0, $t1, $t2', RI", "R5271, 'mul $t0, $t1, $t2', SYS",
            "RM7000, 'add.s $f0, $f2, $f4', SYS", "RM7000, 'bc1f 0, spot\nspot: nop', SYS",
            "SB1, 'movz $t0, $t1, $t2', SYS",
            "SB1, 'clz $t0, $t1', SYS" })
    void otherInstructionsDoNotNeedMips4(CpuModel model, String instruction, ExceptionCode code) {
        machine(model);
        userFrom(instruction + "\nnop", 0x2000_0010);
        assertThat(notes().getFirst().code()).isEqualTo(code.code());
    }

    @Test
    void samePageRunsWithAndWithoutMips4() {
        machine().cpu.setGpr(9, 7);
        userFrom("movz $t0, $t1, $zero", 0xa000_0010);
        assertThat(note().code()).isEqualTo(ExceptionCode.SYS.code());
        assertThat(gpr(8)).isEqualTo(7);
        forget();
        userFrom("movz $t0, $t1, $zero", 0x2000_0010);
        assertThat(notes().getFirst().code()).isEqualTo(ExceptionCode.RI.code());
        forget();
        userFrom("movz $t0, $t1, $zero", 0xa000_0010);
        assertThat(note().code()).isEqualTo(ExceptionCode.SYS.code());
    }

    /** Runs {@code instruction} at 0x400004 in the mode of the given Status bits, then a system call. */
    private void user(String instruction, int statusBits) {
        setRegisters();
        userFrom(instruction, statusBits);
    }

    private void userFrom(String source, int statusBits) {
        map(0, 0x40_0000, 0, lo(0x20_0000, 7), lo(0x20_1000, 7));
        machine().load("nop\n" + source + "\nsyscall", 0xffff_ffff_8020_0000L);
        machine().cpu.setGpr(12, DATA);
        machine().cpu.setGpr(29, 0x40_1000);
        machine().cpu.cp0().write(Cp0.EPC, 0, 0x40_0000);
        prepare("li $t0, " + (2 | statusBits) + "\nmtc0 $t0, $12\neret\nresume: sw $zero, STOP($gp)");
        go();
    }

    private static final String NON_MASKABLE = "lui $gp, 0xbe00\nsw $zero, 0($gp)\nnop";

    @ParameterizedTest
    @CsvSource({ "0x10000000", "0x10000003", "0x10000016" })
    void nonMaskableInterruptGoesToTheResetVector(String status) {
        machine().load(NON_MASKABLE, 0xffff_ffff_bfc0_0000L);
        int before = Integer.decode(status);
        Assembler.Program program = prepare("spot: nop" + END);
        Cp0 cp0 = machine().cpu.cp0();
        cp0.write(Cp0.STATUS, 0, before);
        cp0.write(Cp0.EPC, 0, 0x1234);
        machine().cpu.nonMaskableInterrupt();
        go();
        assertThat(machine().cpu.pc() & -16L).as("stopped at the reset vector").isEqualTo(0xffff_ffff_bfc0_0000L);
        assertThat(cp0.read(Cp0.ERROR_EPC, 0)).isEqualTo(program.label("spot"));
        assertThat(cp0.read(Cp0.STATUS, 0)).as("SR, BEV, ERL; the rest as it was").isEqualTo(before | 0x0050_0004);
        assertThat(cp0.read(Cp0.EPC, 0)).isEqualTo(0x1234);
        assertThat(notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "'nop\nsw $t0, NMI($gp)\nspot: nop', spot", "'b spot\nsw $t0, NMI($gp)\nnop\nspot: nop', spot",
            "'bne $zero, $zero, resume\nsw $t0, NMI($gp)\nspot: nop', spot",
            "'sw $t0, NMI($gp)\nspot: b resume\nnop', spot" })
    void nonMaskableInterruptByAnInstructionIsTakenBehindItAndItsSlot(String source, String label) {
        machine().load(NON_MASKABLE, 0xffff_ffff_bfc0_0000L);
        Assembler.Program program = run(source.replace("\\n", "\n") + END);
        Cp0 cp0 = machine().cpu.cp0();
        assertThat(cp0.read(Cp0.ERROR_EPC, 0)).isEqualTo(program.label(label));
        assertThat(cp0.read(Cp0.STATUS, 0)).isEqualTo(STATUS | 0x0050_0004);
    }

    @Test
    void nonMaskableInterruptEndsWait() {
        machine().load(NON_MASKABLE, 0xffff_ffff_bfc0_0000L);
        Assembler.Program program = prepare("wait\nspot: b spot\nnop" + END);
        assertThat(machine().engine.run(1000)).isEqualTo(Exit.IDLE);
        machine().cpu.nonMaskableInterrupt();
        go();
        assertThat(machine().cpu.cp0().read(Cp0.ERROR_EPC, 0)).isEqualTo(program.label("spot"));
    }

    @ParameterizedTest
    @CsvSource({ "'b resume'", "'j resume'", "'jal resume'", "'jr $s7'", "'beq $zero, $zero, resume'",
            "'bnel $gp, $zero, resume'", "'bne $zero, $zero, resume'" })
    void waitInADelaySlotGoesOnBehindTheBranch(String branch) {
        prepare(branch + "\nwait" + END);
        assertThat(machine().engine.run(1000)).isEqualTo(Exit.IDLE);
        assertThat(machine().cpu.isWaiting()).isTrue();
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x401);
        machine().cpu.interruptLine(2).set(true);
        assertThat(machine().run(1000)).isTrue();
        assertThat(note().code()).isEqualTo(ExceptionCode.INT.code());
        assertThat(note().epc()).isEqualTo(machine().cpu.gpr(23));
        assertThat(note().inSlot()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "'b resume'", "'jalr $s7'", "'bgezall $zero, resume'", "'bc1f resume'", "'eret'" })
    void transferInTheSlotOfALikelyBranchOrBehindAPageEndIsReserved(String inner) {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x2000_0000);
        Assembler.Program program = run("spot: bnel $gp, $zero, resume\n" + inner + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.RI.code());
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        forget();
        program = run("b spot\nnop\n.align 12\n.space 4092\nspot: bnel $gp, $zero, resume\n" + inner + END);
        assertThat(program.label("spot") & 0xfff).isEqualTo(0xffc);
        assertThat(note().code()).isEqualTo(ExceptionCode.RI.code());
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().inSlot()).isTrue();
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
