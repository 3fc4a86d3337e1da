package org.xenomips.cpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.CodeSuite;
import org.xenomips.exec.EngineFixture;
import org.xenomips.exec.ExceptionSuite;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.Exit;
import org.xenomips.exec.GuestMachine;
import org.xenomips.exec.ProgramSuite;
import org.xenomips.exec.SystemCallSuite;
import org.xenomips.exec.TimeSuite;
import org.xenomips.exec.TlbSuite;
import org.xenomips.exec.WatchSuite;
import org.xenomips.isa.Assembler;

/** The interpreter as the lower half of another engine. */
class InterpreterTierTest extends EngineFixture {
    private static final String END = "\nsw $zero, STOP($gp)\nnop\n";

    private final Recorder tier = new Recorder();

    /** Notes what it is told. */
    private static final class Recorder implements Tier {
        final List<String> transfers = new ArrayList<>();
        final List<Long> reached = new ArrayList<>();
        long site;
        int wanted;
        boolean taking;

        @Override
        public boolean transferred(long from, long target, boolean taken, boolean indirect) {
            if (from != site) {
                return false;
            }
            transfers.add("%x %b %b".formatted(target, taken, indirect));
            return transfers.size() < wanted;
        }

        @Override
        public boolean reached(long pc) {
            reached.add(pc);
            return taking;
        }
    }

    private record Factory(Tier tier) implements ExecutionEngineFactory {
        @Override
        public String name() {
            return "reporting";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            return new InterpreterEngine(cpu, tier);
        }
    }

    @Override
    protected ExecutionEngineFactory factory() {
        return new Factory(tier);
    }

    private InterpreterEngine engine() {
        return (InterpreterEngine) machine().engine;
    }

    private static long offset(long address) {
        return address & 0x1fff_ffff;
    }

    // Reports

    @ParameterizedTest
    @CsvSource({ "'j over', true, false", "'jal over', true, false", "'jr $t9', true, true", "'jalr $t9', true, true",
            "'bltzal $zero, over', false, false", "'bgezal $zero, over', true, false",
            "'bltzall $zero, over', false, false", "'bgezall $zero, over', true, false" })
    void transferIsReportedUntilTheTierHasHeardEnough(String transfer, boolean taken, boolean indirect) {
        Assembler.Program program = prepare("""
                        la    $t9, over
                        addiu $t0, $zero, 9
                loop:   addiu $t0, $t0, -1
                site:   %s
                        nop
                over:   bne   $t0, $zero, loop
                        nop
                """.formatted(transfer) + END);
        tier.site = program.label("site");
        tier.wanted = 4;
        go();
        assertThat(tier.transfers).hasSize(4)
                .allMatch("%x %b %b".formatted(program.label("over"), taken, indirect)::equals);
    }

    @ParameterizedTest
    @CsvSource({ "'bne $t0, $zero, loop'", "'bgtzl $t0, loop'" })
    void branchBackwardsIsReportedTakenAndNot(String branch) {
        Assembler.Program program = prepare("""
                        addiu $t0, $zero, 2
                loop:   addiu $t0, $t0, -1
                site:   %s
                        addiu $v0, $v0, 1
                """.formatted(branch) + END);
        tier.site = program.label("site");
        tier.wanted = 100;
        go();
        String target = Long.toHexString(program.label("loop"));
        assertThat(tier.transfers).containsExactly(target + " true false", target + " false false");
    }

    @Test
    void branchForwardsIsNotReported() {
        Assembler.Program program = prepare("site: beq $zero, $zero, over\nnop\nover: nop" + END);
        tier.site = program.label("site");
        go();
        assertThat(tier.transfers).isEmpty();
    }

    @Test
    void transferWithAFaultInItsSlotIsNotReported() {
        Assembler.Program program = prepare("site: j over\nlw $t0, 1($zero)\nover: nop\nresume: nop" + END);
        tier.site = program.label("site");
        go();
        assertThat(note().epc()).isEqualTo(tier.site);
        assertThat(tier.transfers).isEmpty();
    }

    @Test
    void settledTransferIsReportedAgainAfterItWasOverwritten() {
        Assembler.Program program = prepare("""
                        la    $t1, site
                        lw    $t2, 0($t1)
                        addiu $t0, $zero, 3
                loop:   addiu $t0, $t0, -1
                site:   j     over
                        nop
                over:   bne   $t0, $zero, loop
                        sw    $t2, 0($t1)
                """ + END);
        tier.site = program.label("site");
        go();
        assertThat(tier.transfers).hasSize(3);
    }

    // Marks

    @Test
    void markedInstructionIsLeftToTheTierOrExecuted() {
        Assembler.Program program = prepare("addiu $v0, $zero, 1\nspot: addiu $v0, $v0, 2\naddiu $v0, $v0, 4" + END);
        long spot = program.label("spot");
        engine().marks().mark(spot);
        tier.taking = true;
        engine().begin(1000);
        assertThat(engine().resume()).isNull();
        assertThat(machine().cpu.pc()).isEqualTo(spot);
        assertThat(machine().cpu.retired()).isEqualTo(1);
        assertThat(gpr(2)).isEqualTo(1);
        tier.taking = false;
        assertThat(engine().resume()).isEqualTo(Exit.BUDGET);
        engine().finish();
        assertThat(tier.reached).containsExactly(spot, spot);
        assertThat(gpr(2)).isEqualTo(7);
    }

    @Test
    void unmarkedInstructionRunsThrough() {
        Assembler.Program program = prepare("addiu $v0, $zero, 1\nspot: addiu $v0, $v0, 2" + END);
        engine().marks().mark(program.label("spot"));
        engine().marks().unmark(machine().ram, offset(program.label("spot")));
        go();
        assertThat(tier.reached).isEmpty();
        assertThat(gpr(2)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({ "'beq $zero, $zero, over', 2", "'bne $zero, $zero, over', 6" })
    void markInADelaySlotIsIgnored(String branch, int expected) {
        Assembler.Program program = prepare(branch + "\nspot: addiu $v0, $v0, 2\naddiu $v0, $v0, 4\nover: nop" + END);
        engine().marks().mark(program.label("spot"));
        go();
        assertThat(tier.reached).isEmpty();
        assertThat(gpr(2)).isEqualTo(expected);
    }

    @Test
    void markedTransferIsStillReported() {
        Assembler.Program program = prepare("site: j over\nnop\nover: nop" + END);
        tier.site = program.label("site");
        engine().marks().mark(tier.site);
        go();
        assertThat(tier.reached).containsExactly(tier.site);
        assertThat(tier.transfers).hasSize(1);
    }

    @Test
    void markWhereNothingCanBeFetchedHasNoEffect() {
        var cpu = machine().cpu;
        var pending = cpu.raiseAddressError(false, 0x1234_5671L);
        engine().marks().mark(0x4000_0000L);
        engine().marks().mark(GuestMachine.CODE + 2);
        engine().marks().mark(0xffff_ffff_be00_0000L);
        assertThat(cpu.memory().peekCode(0x4000_0000L)).isNull();
        cpu.enterException(pending, GuestMachine.CODE, false);
        assertThat(cpu.cp0().read(Cp0.BAD_VADDR, 0)).isEqualTo(0x1234_5671L);
        assertThat(cpu.pc()).as("not the refill vector").isEqualTo(0xffff_ffff_8000_0180L);
        assertThat(Objects.requireNonNull(cpu.memory().peekCode(GuestMachine.CODE)).offset())
                .isEqualTo(offset(GuestMachine.CODE));
    }

    @Test
    void idleHeadIsAnnouncedAndKnown() {
        var heads = new ArrayList<Long>();
        engine().onIdleHead(heads::add);
        machine().cpu.cp0().write(Cp0.COMPARE, 0, 1_000_000);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x8001);
        Assembler.Program program = prepare("loop: b loop\nnop\nresume: nop" + END);
        long loop = program.label("loop");
        assertThat(engine().marks().isIdleHead(machine().ram, offset(loop))).isFalse();
        go();
        assertThat(heads).containsExactly(loop);
        assertThat(engine().marks().isIdleHead(machine().ram, offset(loop))).isTrue();
    }

    @Test
    void wordsOfABlockThatWasNotReachedAreNotDecoded() {
        Assembler.Program program = prepare("nop\nb over\nslot: nop\nbehind: nop\nover: nop" + END);
        go();
        assertThat(engine().marks().isDecoded(machine().ram, offset(program.label("slot")))).isTrue();
        assertThat(engine().marks().isDecoded(machine().ram, offset(program.label("over")))).isTrue();
        assertThat(engine().marks().isDecoded(machine().ram, offset(program.label("behind")))).isFalse();
    }

    // Steps

    private long steps(int count) {
        for (int i = 0; i < count; i++) {
            engine().step();
        }
        return machine().cpu.pc();
    }

    @Test
    void stepIsOneInstructionOrATransferWithItsSlot() {
        Assembler.Program program = prepare("""
                start:  addiu $v0, $v0, 1
                        bne   $zero, $zero, start
                        addiu $v0, $v0, 2
                other:  beq   $zero, $zero, over
                        addiu $v0, $v0, 4
                        addiu $v0, $v0, 64
                over:   bnel  $zero, $zero, start
                        addiu $v0, $v0, 64
                last:   lui   $t0, 0x4000
                        jr    $t0
                        addiu $v0, $v0, 8
                """);
        engine().marks().mark(program.label("start"));
        engine().begin(1000);
        assertThat(steps(2)).isEqualTo(program.label("other"));
        assertThat(steps(1)).isEqualTo(program.label("over"));
        assertThat(steps(1)).isEqualTo(program.label("last"));
        assertThat(steps(2)).as("not fetched yet").isEqualTo(0x4000_0000L);
        assertThat(gpr(2)).isEqualTo(15);
        assertThat(engine().slice().retired()).isEqualTo(9);
        assertThat(machine().cpu.retired()).isEqualTo(9);
        assertThat(steps(1)).as("refill").isEqualTo(0xffff_ffff_8000_0000L);
        assertThat(engine().slice().retired()).isEqualTo(9);
        assertThat(tier.reached).isEmpty();
    }

    @Test
    void stepKnowsWhetherItEndedTheSlice() {
        prepare("start: nop\nbeq $zero, $zero, over\nnop\nover: b start\nnop");
        engine().begin(1);
        steps(2);
        assertThat(engine().isSliceOver()).isFalse();
        steps(1);
        assertThat(engine().isSliceOver()).isTrue();
        assertThat(engine().resume()).isEqualTo(Exit.BUDGET);
        assertThat(machine().cpu.retired()).isEqualTo(5);
    }

    @Test
    void resumeGoesOnWhereOthersHaveLedTheProcessor() {
        Assembler.Program program = prepare("addiu $v0, $v0, 1\nspot: addiu $v0, $v0, 2\nfar: addiu $v0, $v0, 4" + END);
        engine().marks().mark(program.label("spot"));
        tier.taking = true;
        engine().begin(1000);
        assertThat(engine().resume()).isNull();
        machine().cpu.setPc(program.label("far"));
        engine().slice().remaining -= 100;
        assertThat(engine().resume()).isEqualTo(Exit.BUDGET);
        engine().finish();
        assertThat(gpr(2)).isEqualTo(5);
        assertThat(machine().cpu.retired()).isEqualTo(103);
    }

    @Test
    void snapshotMakesEverythingForgotten() {
        var forgotten = new ArrayList<String>();
        engine().onForget(() -> forgotten.add("all"));
        run("nop" + END);
        machine().cpu.save(new org.xenomips.device.SnapshotWriter());
        assertThat(forgotten).containsExactly("all");
        assertThat(engine().marks().isDecoded(machine().ram, offset(GuestMachine.CODE))).isFalse();
    }

    // The suites, with marks at all targets and single steps at every other one

    /** Marks whatever is jumped to. */
    private static final class Restless implements Tier {
        private @Nullable InterpreterEngine engine;
        private int count;

        @Override
        public boolean transferred(long from, long target, boolean taken, boolean indirect) {
            Objects.requireNonNull(engine).marks().mark(target);
            return true;
        }

        @Override
        public boolean reached(long pc) {
            return (++count & 1) != 0;
        }
    }

    private static final class RestlessFactory implements ExecutionEngineFactory {
        @Override
        public String name() {
            return "restless";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            var tier = new Restless();
            var engine = new InterpreterEngine(cpu, tier);
            tier.engine = engine;
            return engine;
        }
    }

    @Nested
    class Programs extends ProgramSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new RestlessFactory();
        }
    }

    @Nested
    class Exceptions extends ExceptionSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new RestlessFactory();
        }
    }

    @Nested
    class SystemCalls extends SystemCallSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new RestlessFactory();
        }
    }

    @Nested
    class Translation extends TlbSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new RestlessFactory();
        }
    }

    @Nested
    class ChangingCode extends CodeSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new RestlessFactory();
        }
    }

    @Nested
    class Watches extends WatchSuite {
        @Override
        protected ExecutionEngineFactory factory() {
            return new RestlessFactory();
        }
    }

    @Nested
    class Time extends TimeSuite {
        private ExecutionEngineFactory factory = new RestlessFactory();

        @Override
        protected ExecutionEngineFactory factory() {
            return factory;
        }

        @Test
        void timerInterruptsComeWhereTheyComeWithoutATier() {
            prepare(INTERRUPTED);
            go();
            String restless = notes() + state() + machine().cpu.retired();
            assertThat(notes()).hasSize(30);
            factory = new InterpreterEngineFactory();
            machine(machine().cpu.model());
            prepare(INTERRUPTED);
            go();
            assertThat(restless).isEqualTo(notes() + state() + machine().cpu.retired());
        }
    }
}
