package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.CpuModel;
import org.xenomips.cpu.ExceptionCode;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.isa.Assembler;

/** Watch registers: what they match, when the exception comes, and that nothing has happened by then. */
public abstract class WatchSuite extends EngineFixture {
    private static final long STORE = 1L << 63;
    private static final long LOAD = 1L << 62;
    private static final long FETCH = 1L << 61;
    private static final long PAGE = 0x4000_0000L;
    private static final String END = "\nresume: sw $zero, STOP($gp)\nnop";
    /** Uses the page of DATA until all its accesses take the fast path, then goes on. */
    private static final String WARM = """
            li   $s0, 50
            warm: lw $t1, 64($t0)
            sw   $t1, 64($t0)
            addiu $s0, $s0, -1
            bne  $s0, $zero, warm
            nop
            """;

    private void write(int register, long value) {
        machine().cpu.cp0().write(register, 0, value);
    }

    private Assembler.Program watched(String instruction) {
        machine().cpu.setGpr(8, DATA);
        machine().cpu.setGpr(9, 0x77);
        return run(WARM + "dmtc0 $s1, $18\ndmtc0 $s2, $19\nli $t1, 0x77\nspot: " + instruction + END);
    }

    @ParameterizedTest
    @CsvSource({ "'lw $t1, 8($t0)'", "'lb $t1, 11($t0)'", "'lhu $t1, 10($t0)'", "'ld $t1, 8($t0)'",
            "'lwl $t1, 9($t0)'", "'lwr $t1, 9($t0)'", "'ldl $t1, 9($t0)'", "'ll $t1, 8($t0)'" })
    void watchedLoadIsReportedAndLoadsNothing(String load) {
        machine().cpu.setGpr(17, LOAD | DATA_PHYSICAL + 8);
        Assembler.Program program = watched(load);
        assertThat(note().code()).isEqualTo(ExceptionCode.WATCH.code());
        assertThat(note().vector()).isEqualTo(0x180);
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().cause() >>> 25 & 3).as("W2, W1").isEqualTo(1);
        assertThat(gpr(9)).isEqualTo(0x77);
    }

    @ParameterizedTest
    @CsvSource({ "'sw $t1, 12($t0)'", "'sb $t1, 14($t0)'", "'sd $t1, 8($t0)'", "'swl $t1, 13($t0)'",
            "'sdl $t1, 9($t0)'", "'sdr $t1, 13($t0)'" })
    void watchedStoreIsReportedAndStoresNothing(String store) {
        machine().ram.write(DATA_PHYSICAL + 8, 8, 0x1111_2222_3333_4444L);
        machine().cpu.setGpr(18, STORE | DATA_PHYSICAL + 12);
        Assembler.Program program = watched("b resume\n" + store);
        assertThat(note().code()).isEqualTo(ExceptionCode.WATCH.code());
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().inSlot()).isTrue();
        assertThat(note().cause() >>> 25 & 3).as("W2, W1").isEqualTo(2);
        assertThat(machine().ram.read(DATA_PHYSICAL + 8, 8)).isEqualTo(0x1111_2222_3333_4444L);
    }

    @ParameterizedTest
    @CsvSource({ "'lw $t2, 4($t0)'", "'lw $t2, 12($t0)'", "'sw $t1, 8($t0)'", "'cache 0x11, 8($t0)'",
            "'pref 0, 8($t0)'", "'sb $t1, 7($t0)'", "'lw $t2, 0x1008($t0)'" })
    void otherAccessesAreNotReported(String instruction) {
        machine().cpu.setGpr(17, LOAD | DATA_PHYSICAL + 8);
        watched(instruction);
        assertThat(notes()).isEmpty();
    }

    @Test
    void everyAddressOfTheWatchedPlaceIsWatched() {
        map(0, PAGE, 0, lo(DATA_PHYSICAL, 7), lo(0, 1));
        machine().cpu.setGpr(8, PAGE);
        machine().cpu.setGpr(9, 0xffff_ffff_a000_0000L | DATA_PHYSICAL);
        machine().cpu.setGpr(17, LOAD | DATA_PHYSICAL);
        run("lw $t2, 0($t0)\nlw $t2, 0($t1)\nla $s7, next\ndmtc0 $s1, $18\nlw $t2, 0($t0)\nnext: la $s7, resume\n"
                + "lw $t2, 0($t1)" + END);
        assertThat(notes()).hasSize(2).allMatch(note -> note.code() == ExceptionCode.WATCH.code());
    }

    @Test
    void disarmedPlaceIsFastAgainAndReportsNothing() {
        machine().cpu.setGpr(8, DATA);
        write(Cp0.WATCH, LOAD | STORE | DATA_PHYSICAL);
        run("dmtc0 $zero, $18\nli $t1, 5\nsw $t1, 0($t0)\nlw $v0, 0($t0)" + END);
        assertThat(notes()).isEmpty();
        assertThat(gpr(2)).isEqualTo(5);
        assertThat(machine().cpu.memory().tables().read()[0x80100]).as("entry of the page").isNotZero();
    }

    @Test
    void maskWidensTheRegistersItNames() {
        write(Cp0.WATCH_MASK, 0xff0 | 1);
        write(Cp0.WATCH, LOAD | DATA_PHYSICAL + 4);
        write(Cp0.WATCH_2, LOAD | DATA_PHYSICAL + 0x1004);
        machine().cpu.setGpr(8, DATA);
        run("lw $t2, 8($t0)\nlw $t2, 0x1ff4($t0)\nlw $t2, 0xff4($t0)" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.WATCH.code());
        assertThat(note().epc()).isEqualTo(GuestMachine.CODE + 8);
    }

    @ParameterizedTest
    @CsvSource({ "''", "'b resume'", "'beq $zero, $gp, resume'" })
    void watchedInstructionIsReportedAndNotExecuted(String branch) {
        Assembler.Program program = prepare("li $s0, 3\nagain: jal function\naddiu $s0, $s0, -1\n"
                + "bne $s0, $zero, again\nnop\nli $v0, 0\ndmtc0 $s1, $18\njal function\nnop\nb resume\nnop\n"
                + "function: nop\nnop\njr $ra\naddiu $v0, $v0, 1\nspot: " + branch + "\nli $v0, 9\n" + END);
        write(Cp0.STATUS, STATUS);
        machine().cpu.setGpr(17, FETCH | program.label("function") + 4 & 0x1fff_ffff | FETCH);
        go();
        assertThat(note().code()).isEqualTo(ExceptionCode.IWATCH.code());
        assertThat(note().epc()).isEqualTo(program.label("function") + 4);
        assertThat(gpr(2)).isZero();
    }

    @Test
    void watchedDelaySlotIsReportedAtItsBranch() {
        Assembler.Program program = prepare("dmtc0 $s1, $18\nspot: b resume\nslot: addiu $v0, $zero, 1" + END);
        machine().cpu.setGpr(17, FETCH | program.label("slot") & 0x1fff_ffff);
        go();
        assertThat(note().code()).isEqualTo(ExceptionCode.IWATCH.code());
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().inSlot()).isTrue();
        assertThat(gpr(2)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = { "RM7000", "SB1" })
    void exceptionIsPutOffWhileAnExceptionIsHandled(CpuModel model) {
        machine(model);
        machine().cpu.setGpr(8, DATA);
        arm(model);
        write(Cp0.STATUS, STATUS | 2);
        Assembler.Program program = prepare("lw $v0, 0($t0)\neret\nnop\nspot: addiu $v1, $v1, 1" + END);
        machine().ram.write(DATA_PHYSICAL, 4, 6);
        write(Cp0.EPC, program.label("spot"));
        if (model == CpuModel.SB1) {
            machine().cpu.setGpr(23, program.label("spot"));
        }
        machine().load("mtc0 $zero, $13\nlui $k0, 0x8000\nori $k0, $k0, 0x1000\njr $k0\nori $k1, $zero, 0x180",
                0xffff_ffff_8000_0180L);
        go();
        assertThat(note().code()).isEqualTo(ExceptionCode.WATCH.code());
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().inSlot()).isFalse();
        assertThat(gpr(2)).as("the load was executed").isEqualTo(6);
        assertThat(gpr(3)).isEqualTo(model == CpuModel.SB1 ? 1 : 0);
    }

    private void arm(CpuModel model) {
        if (model == CpuModel.SB1) {
            write(Cp0.WATCH_2, 1L << 30);
            write(Cp0.WATCH, DATA | 2);
        } else {
            write(Cp0.WATCH, LOAD | DATA_PHYSICAL);
        }
    }

    @Test
    void mips64WatchesAVirtualAddressOfAnAddressSpace() {
        machine(CpuModel.SB1);
        map(0, PAGE, 0, lo(DATA_PHYSICAL, 7), lo(DATA_PHYSICAL, 7));
        write(Cp0.WATCH_2, 5 << 16 | 0x38);
        write(Cp0.WATCH, PAGE | 3);
        machine().cpu.setGpr(8, PAGE);
        machine().cpu.setGpr(9, 5);
        run("""
                lw    $t2, 4($t0)
                dmtc0 $t1, $10
                lw    $t2, 0x40($t0)
                lw    $t2, 0x1000($t0)
                spot: sw $t2, 0x3c($t0)
                """ + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.WATCH.code());
        assertThat(note().epc()).isEqualTo(GuestMachine.CODE + 16);
    }

    @Test
    void mips64WatchesAnAddressOfThePageThatIsKnownByAnother() {
        machine(CpuModel.SB1);
        long address = 0x9800_0000_0010_0000L;
        write(Cp0.STATUS, STATUS | 0x80);
        machine().cpu.setGpr(17, address | 3);
        machine().cpu.setGpr(18, 1L << 30);
        machine().cpu.setGpr(8, DATA);
        Assembler.Program program = run(WARM + "dmtc0 $s1, $18\ndmtc0 $s2, $19\n" + WARM.replace("warm", "again")
                + "ori $t1, $zero, 3\ndsubu $t0, $s1, $t1\nspot: lw $t1, 4($t0)" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.WATCH.code());
        assertThat(note().epc()).isEqualTo(program.label("spot"));
    }

    @Test
    void mips64WatchesInstructionsWithTheSameCode() {
        machine(CpuModel.SB1);
        Assembler.Program program = prepare(
                "ori $t0, $s1, 4\ndmtc0 $t0, $18\n.align 3\nspot: addiu $v0, $zero, 1\nnop" + END);
        write(Cp0.WATCH_2, 1L << 30);
        machine().cpu.setGpr(17, program.label("spot"));
        go();
        assertThat(note().code()).isEqualTo(ExceptionCode.WATCH.code());
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(gpr(2)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = { "R4600", "R4700", "R5000", "R5271" })
    void othersKeepTheValueAndWatchNothing(CpuModel model) {
        machine(model);
        machine().cpu.setGpr(8, DATA);
        write(Cp0.WATCH, -1);
        write(Cp0.WATCH_2, -1);
        run("lw $v0, 0($t0)\nsw $v0, 0($t0)\ndmfc0 $v0, $18" + END);
        assertThat(notes()).isEmpty();
        assertThat(gpr(2)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(names = { "RM7000", "SB1" })
    void restoredProcessorWatchesWhatTheSavedOneDid(CpuModel model) throws SnapshotException {
        machine(model);
        arm(model);
        write(Cp0.STATUS, STATUS | 2);
        machine().cpu.setGpr(8, DATA);
        run("lw $t1, 0($t0)" + END);
        assertThat(notes()).isEmpty();
        var saved = new SnapshotWriter();
        machine().cpu.save(saved);
        machine(model);
        machine().cpu.restore(saved.reader("cpu"));
        write(Cp0.STATUS, STATUS);
        Assembler.Program program = prepare("spot: nop" + END);
        machine().cpu.enterInterrupt();
        assertThat(machine().cpu.pc()).as("what was put off is due").isEqualTo(0xffff_ffff_8000_0180L);
        assertThat(machine().cpu.cp0().read(Cp0.EPC, 0)).isEqualTo(program.label("spot"));
        assertThat(machine().cpu.cp0().read(Cp0.CAUSE, 0) >>> 2 & 31).isEqualTo(ExceptionCode.WATCH.code());
        write(Cp0.CAUSE, 0);
        write(Cp0.STATUS, STATUS);
        program = run("spot: lw $t1, 0($t0)" + END);
        assertThat(note().epc()).isEqualTo(program.label("spot"));
        assertThat(note().code()).isEqualTo(ExceptionCode.WATCH.code());
    }

    @ParameterizedTest
    @EnumSource(names = { "RM7000", "SB1" })
    void watchingEverythingDoesNotHangTheMachine(CpuModel model) {
        machine(model);
        var random = new Random(20);
        for (int i = 0; i < 30; i++) {
            machine().cpu.setGpr(8, DATA);
            prepare("loop: lw $t1, 0($t0)\nsw $t1, 8($t0)\nb loop\naddiu $t0, $t0, 4" + END);
            write(Cp0.STATUS, STATUS);
            write(Cp0.CAUSE, 0);
            write(Cp0.WATCH_MASK, i == 0 ? -1 : random.nextLong());
            write(Cp0.WATCH, i == 0 ? -1 : random.nextLong());
            write(Cp0.WATCH_2, i == 0 ? -1 : random.nextLong());
            forget();
            long before = machine().cpu.retired();
            boolean _ = machine().run(500);
            assertThat(machine().cpu.retired() - before).as("round %d", i).isBetween(500L, 2000L);
        }
    }

    @Test
    void registersKeepTheirFieldsOnly() {
        machine(CpuModel.SB1);
        write(Cp0.WATCH, -1);
        write(Cp0.WATCH_2, -1);
        machine().cpu.cp0().write(Cp0.WATCH, 1, 0);
        assertThat(machine().cpu.cp0().read(Cp0.WATCH, 0)).as("select 1 is not there").isEqualTo(-1);
        assertThat(machine().cpu.cp0().read(Cp0.WATCH_2, 0)).isEqualTo(0x40ff_0ff8);
        assertThat(machine().cpu.cp0().read(Cp0.CONFIG, 1) & 8).as("Config1.WR").isEqualTo(8);
        write(Cp0.CAUSE, -1);
        assertThat(machine().cpu.cp0().read(Cp0.CAUSE, 0)).as("WP cannot be set").isEqualTo(0x0080_0300);
    }
}
