package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.GeneratedFile;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.EngineOptions;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;

/**
 * The code of representative units, so that a change of the emitter shows what it does to them.
 *
 * <p>The files are in {@code src/test/resources/org/xenomips/jit/units}. After an intended change write them anew and look at the
 * difference: {@code mvn test -pl mips-jit -am -Dtest=UnitViewTest -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true}.
 */
class UnitViewTest {
    private static final String FILES = "mips-jit/src/test/resources/org/xenomips/jit/units/";
    private static final int THRESHOLD = 8;

    /** Calls {@code unit} again and again; {@code $s0} is the test device, {@code $s1} memory, {@code $s6} counts. */
    private static final String BEFORE = """
                    lui   $t0, 0x1000
                    ori   $t0, $t0, 0x80
                    mtc0  $t0, $12
                    lui   $s0, 0xbe00
                    lui   $s1, 0x8010
                    lui   $sp, 0x8018
                    li    $s6, 2000
            next:   jal   unit
                    move  $a0, $s6
                    addiu $s6, $s6, -1
                    bnez  $s6, next
                    nop
                    sw    $0, 0($s0)
            stop:   b     stop
                    nop
                    .align 8
            unit:
            """;
    private static final String AFTER = """
                    jr    $ra
                    nop
            """;

    /** One unit: its code, and what stands behind it. */
    enum Example {
        /** Arithmetic of 32 bits: registers are ints. */
        ARITHMETIC("""
                addu  $t0, $a0, $a1
                subu  $t1, $t0, $a0
                andi  $t2, $t1, 0xff
                or    $t3, $t2, $t0
                nor   $t4, $t3, $zero
                sll   $t5, $t4, 4
                srav  $t6, $t5, $t2
                slt   $t7, $t6, $t5
                sltiu $v0, $t7, 10
                lui   $v1, 0x1234
                xori  $v1, $v1, 0x5678
                movn  $v0, $v1, $t7
                """),
        /** Doublewords: what holds 64 bits is a long, the rest stays int. */
        DOUBLEWORDS("""
                dsll32 $t0, $a0, 0
                ori   $t0, $t0, 1
                daddu $t1, $t0, $a0
                dsrl  $t2, $t1, 8
                addu  $t3, $a0, $a0
                sltu  $t4, $t1, $t0
                sll   $t5, $t1, 0
                """),
        /** Loads and stores off one base share a look into the page table. */
        GROUPED_ACCESSES("""
                lw    $t0, 0($s1)
                lhu   $t1, 6($s1)
                lb    $t2, 9($s1)
                addu  $t0, $t0, $t1
                sw    $t0, 16($s1)
                sb    $t2, 20($s1)
                ld    $t3, 24($s1)
                sd    $t3, 32($s1)
                """),
        /** Addresses of 64 bits: one that is not compatible may be in xkphys. */
        WIDE_ADDRESSES("""
                lui   $t3, 0x9800
                dsll32 $t3, $t3, 0
                sll   $t0, $s1, 1
                srl   $t0, $t0, 1
                or    $t3, $t3, $t0
                ld    $t0, 8($t3)
                lw    $t1, 20($t3)
                daddu $t0, $t3, $t1
                lhu   $t2, 2($t0)
                """),
        /** A word at any address. */
        UNALIGNED_WORD("""
                andi  $t0, $a0, 0xff
                addu  $t0, $t0, $s1
                lwl   $t1, 0($t0)
                lwr   $t1, 3($t0)
                swl   $t1, 257($t0)
                swr   $t1, 260($t0)
                """),
        /** A loop: the budget is looked at where it goes back. */
        LOOP("""
                        li    $t0, 20
                        move  $v0, $zero
                loop:   addu  $v0, $v0, $t0
                        addiu $t0, $t0, -1
                        bnez  $t0, loop
                        nop
                """),
        /** A likely branch: the slot is executed only if it is taken. */
        LIKELY_BRANCH("""
                        andi  $t0, $a0, 3
                        beqzl $t0, taken
                        addiu $v0, $v0, 1
                        addiu $v0, $v0, 2
                taken:  addiu $v0, $v0, 4
                """),
        /** The delay slot writes what the branch has read. */
        SLOT_WRITES_SOURCE("""
                        andi  $t0, $a0, 3
                        bnez  $t0, taken
                        addiu $t0, $t0, 1
                        addiu $v0, $v0, 2
                taken:  addu  $v0, $v0, $t0
                """),
        /** Calls of a small function, which becomes part of the region each time. */
        SMALL_FUNCTION("""
                addiu $sp, $sp, -16
                sw    $ra, 12($sp)
                jal   callee
                addiu $a0, $a0, 1
                jal   callee
                addu  $a0, $v0, $a0
                lw    $ra, 12($sp)
                addiu $sp, $sp, 16
                """, """
                callee: jr    $ra
                        addu  $v0, $a0, $a0
                """),
        /** A call of a function that is a unit of its own, and what is live across it. */
        CALL("""
                addiu $sp, $sp, -16
                sw    $ra, 12($sp)
                jal   callee
                addiu $a0, $a0, 1
                addu  $v0, $v0, $a0
                lw    $ra, 12($sp)
                addiu $sp, $sp, 16
                """, "callee:\n" + "addiu $v0, $v0, 1\n".repeat(50) + """
                        jr    $ra
                        addu  $v0, $a0, $a0
                """),
        /** A call through a register. */
        INDIRECT_CALL("""
                addiu $sp, $sp, -16
                sw    $ra, 12($sp)
                la    $t9, callee
                jalr  $t9
                nop
                lw    $ra, 12($sp)
                addiu $sp, $sp, 16
                """, """
                callee: jr    $ra
                        addu  $v0, $a0, $a0
                """),
        /** A jump through a table: its observed targets are cases. */
        JUMP_TABLE("""
                        andi  $t0, $a0, 3
                        sll   $t0, $t0, 2
                        la    $t1, table
                        addu  $t1, $t1, $t0
                        lw    $t1, 0($t1)
                        jr    $t1
                        nop
                case0:  addiu $v0, $v0, 1
                case1:  addiu $v0, $v0, 2
                case2:  addiu $v0, $v0, 4
                """, """
                table:  .word case0, case1, case2, case1
                """),
        /** Multiplication and division. */
        MULTIPLY_DIVIDE("""
                ori   $t0, $a0, 7
                mult  $a0, $t0
                mflo  $t1
                mfhi  $t2
                divu  $t1, $t0
                mflo  $t3
                mfhi  $t4
                mul   $t5, $t0, $t1
                """),
        /** Instructions that only the interpreter knows, in the middle of a unit. */
        INTERPRETED_INSTRUCTIONS("""
                ll    $t1, 0($s1)
                addiu $t1, $t1, 1
                sc    $t1, 0($s1)
                addu  $v0, $v0, $t1
                """),
        /** Moves from and to coprocessor 0. */
        COPROCESSOR_MOVES("""
                mfc0  $t0, $12
                ori   $t1, $t0, 1
                mtc0  $t1, $12
                mtc0  $t0, $12
                """),
        /** Traps, and an addition that may overflow. */
        TRAPS("""
                teq   $a0, $zero
                tltiu $s6, 1
                addi  $t0, $a0, 5
                add   $t1, $t0, $a0
                """),
        /** A load that turned out to be one from a device. */
        DEVICE_ACCESS("""
                lw    $t0, 16($s0)
                addu  $v0, $v0, $t0
                """);

        private final String code;
        private final String rest;

        Example(String code) {
            this(code, "");
        }

        Example(String code, String rest) {
            this.code = code;
            this.rest = rest;
        }

        String file() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".txt";
        }
    }

    private static final class Tracing implements ExecutionEngineFactory {
        private final List<String> lines = new ArrayList<>();

        @Override
        public String name() {
            return "jit";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            return new JitEngineFactory(new JitOptions(THRESHOLD, 150, 8L << 20, 1 << 16, 0, true)).create(cpu,
                    EngineOptions.NONE.withTrace(lines::add, true));
        }

        /** The last translation of {@code entry}. */
        String last(long entry) {
            String first = "unit %08x: ".formatted((int) entry);
            var view = new StringBuilder();
            boolean inView = false;
            for (String line : lines) {
                if (line.startsWith(first)) {
                    view.setLength(0);
                    inView = true;
                }
                inView &= !line.matches(" *[0-9,]+ (installed|retired|hot exit) .*");
                if (inView) {
                    view.append(line).append('\n');
                }
            }
            return view.toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void codeOfUnitIsAsExpected(Example example) throws IOException {
        var engine = new Tracing();
        try (GuestMachine machine = new GuestMachine(engine)) {
            long unit = machine.start(BEFORE + example.code + AFTER + example.rest)
                    .label("unit");
            assertThat(machine.run(1_000_000)).as("guest came to its end").isTrue();
            GeneratedFile.assertCurrent(FILES + example.file(), engine.last(unit));
        }
    }
}
