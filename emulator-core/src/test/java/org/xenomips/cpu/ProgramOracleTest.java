package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.isa.Assembler;
import org.xenomips.isa.IsaLevel;
import org.xenomips.isa.RandomProgram;

/** The oracle by hand-written expectations, and random programs by running on it. */
class ProgramOracleTest {
    private static final long BASE = 0xffff_ffff_8000_1000L;

    private final byte[] data = new byte[16];
    private final ProgramOracle oracle = new ProgramOracle(IsaLevel.RM7000, 0, data);

    @Test
    void loopsCallsAndSlotsAreExecuted() {
        run("""
                        li    t0, 10
                loop:   addu  v0, v0, t0
                        bgtz  t0, loop
                        addiu t0, t0, -1
                        jal   double
                        nop
                        bltzl v0, end
                        li    v1, 1             # nullified
                        bltzall v0, end
                        nop
                        b     end
                        move  a0, ra
                double: jr    ra
                        sll   v0, v0, 1
                end:
                """);
        assertThat(oracle.gpr(2)).isEqualTo(110);
        assertThat(oracle.gpr(3)).isZero();
        assertThat(oracle.gpr(4)).isEqualTo(BASE + 40);
    }

    /** The table of mips64-cpu reference, unaligned helpers: memory M = 00..07, register R = 80..87. */
    @ParameterizedTest
    @CsvSource({ "lwl, 0, 0000000000010203", "lwl, 1, 0000000001020387", "lwl, 2, 0000000002038687",
            "lwl, 3, 0000000003858687",
            "lwr, 0, ffffffff84858600", "lwr, 1, ffffffff84850001", "lwr, 2, ffffffff84000102",
            "lwr, 3, 0000000000010203",
            "ldl, 0, 0001020304050607", "ldl, 3, 0304050607858687", "ldl, 7, 0781828384858687",
            "ldr, 0, 8081828384858600",
            "ldr, 4, 8081820001020304", "ldr, 7, 0001020304050607" })
    void unalignedLoadsMerge(String name, int offset, String result) {
        fill();
        oracle.setGpr(2, 0x8081_8283_8485_8687L);
        run(name + " v0, " + offset + "(zero)");
        assertThat(oracle.gpr(2)).isEqualTo(Long.parseUnsignedLong(result, 16));
    }

    @ParameterizedTest
    @CsvSource({ "swl, 0, 8485868704050607", "swl, 1, 0084858604050607", "swl, 3, 0001028404050607",
            "swr, 0, 8701020304050607",
            "swr, 2, 8586870304050607", "swr, 3, 8485868704050607", "sdl, 0, 8081828384858687",
            "sdl, 5, 0001020304808182",
            "sdr, 0, 8701020304050607", "sdr, 6, 8182838485868707", "sdr, 7, 8081828384858687" })
    void unalignedStoresSplit(String name, int offset, String result) {
        fill();
        oracle.setGpr(2, 0x8081_8283_8485_8687L);
        run(name + " v0, " + offset + "(zero)");
        assertThat(HexFormat.of().formatHex(data, 0, 8)).isEqualTo(result);
    }

    @Test
    void storeConditionalNeedsALink() {
        run("""
                li v0, 7
                sc v0, 0(zero)
                ll v1, 0(zero)
                li v1, 9
                sc v1, 0(zero)
                """);
        assertThat(oracle.gpr(2)).isZero();
        assertThat(oracle.gpr(3)).isEqualTo(1);
        assertThat(data[3]).isEqualTo((byte) 9);
    }

    @ParameterizedTest
    @EnumSource
    void randomProgramsEndAndStayInTheirMemory(IsaLevel level) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        long executed = 0;
        for (int i = 0; i < 20; i++) {
            int[] words = RandomProgram.make(random, level, 120);
            var machine = new ProgramOracle(level, BASE - RandomProgram.REACH, new byte[2 * RandomProgram.REACH]);
            for (int number = 1; number < 32; number++) {
                machine.setGpr(number, OperandValues.register(random));
            }
            machine.setGpr(28, BASE);
            machine.run(words, 0xffff_ffff_8000_0000L);
            executed += machine.executed();
        }
        assertThat(executed).as("seed %d", seed).isGreaterThan(20 * 80);
    }

    private void fill() {
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
    }

    private void run(String program) {
        oracle.run(Assembler.assemble(program, BASE).words(), BASE);
    }
}
