package org.xenomips.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecoderTest {
    @ParameterizedTest
    @EnumSource
    void noTwoPatternsOfALevelOverlap(IsaLevel level) {
        var overlaps = new ArrayList<String>();
        List<Op> ops = at(level);
        for (Op one : ops) {
            for (Op other : ops) {
                int common = one.mask(level) & other.mask(level);
                if (one != other && (one.value() & common) == (other.value() & common)) {
                    overlaps.add(one + " and " + other);
                }
            }
        }
        assertThat(overlaps).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyPatternIsReachedWhateverItsFreeBitsHold(IsaLevel level) {
        long seed = 20_240_229;
        var random = new Random(seed);
        for (Op op : at(level)) {
            for (int i = 0; i < 50; i++) {
                int word = random.nextInt() & ~op.mask(level) | op.value();
                assertThat(Decoder.decode(word, level)).as("%08x, seed %d", word, seed).isEqualTo(op);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void treeAgreesWithComparingEveryPattern(IsaLevel level) {
        long seed = 7;
        var random = new Random(seed);
        List<Op> ops = at(level);
        for (int i = 0; i < 20_000; i++) {
            int word = randomWord(random);
            Op expected = Op.RESERVED;
            for (Op op : ops) {
                if ((word & op.mask(level)) == op.value()) {
                    expected = op;
                }
            }
            assertThat(Decoder.decode(word, level)).as("%08x, seed %d", word, seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({ "00000000, SLL", "0000000c, SYSCALL", "03e00008, JR", "27bdffe0, ADDIU", "afbf001c, SW",
            "0c000010, JAL",
            "3c02b600, LUI", "40826000, MTC0", "42000018, ERET", "42000020, WAIT", "46020082, MUL_S",
            "4622103c, C_COND_D",
            "45010003, BC1T", "d7a40010, LDC1", "4c41a0a1, MADD_D", "bfb40000, CACHE", "cc000000, PREF",
            "0000000f, SYNC" })
    void wordsOfRealProgramsAreFound(String word, Op op) {
        assertThat(Decoder.decode(Integer.parseUnsignedInt(word, 16), IsaLevel.RM7000)).isEqualTo(op);
    }

    @ParameterizedTest
    @CsvSource({ "70850000, MIPS3, RESERVED", "70850000, MIPS4, RESERVED", "70850000, RM52XX, MAD",
            "70850000, RM7000, MAD",
            "70850000, MIPS64, MADD", "70851002, RM7000, MUL", "70851002, MIPS64, MUL", "70851002, MIPS4, RESERVED",
            "70851020, RM7000, RESERVED", "70851020, MIPS64, CLZ", "0085100a, MIPS3, RESERVED", "0085100a, MIPS4, MOVZ",
            "4045a000, RM52XX, RESERVED", "4045a000, RM7000, CFC0", "4045a000, MIPS64, RESERVED",
            "4200001f, RM7000, RESERVED",
            "4200001f, MIPS64, DERET", "0085102d, MIPS2, RESERVED", "0085102d, MIPS3, DADDU" })
    void oneEncodingMeansWhatTheLevelSays(String word, IsaLevel level, Op op) {
        assertThat(Decoder.decode(Integer.parseUnsignedInt(word, 16), level)).isEqualTo(op);
    }

    @ParameterizedTest
    @CsvSource({ "45010003, BC1T", "45050003, BC1T", "4622103c, C_COND_D", "4622113c, C_COND_D" })
    void conditionNumbersOtherThanZeroNeedMips4(String text, Op op) {
        int word = Integer.parseUnsignedInt(text, 16);
        Operand cc = op == Op.BC1T ? Operand.CC : Operand.COMPARE_CC;
        assertThat(Decoder.decode(word, IsaLevel.MIPS4)).isEqualTo(op);
        assertThat(Decoder.decode(word, IsaLevel.MIPS3)).isEqualTo(cc.get(word) == 0 ? op : Op.RESERVED);
    }

    @Test
    void fieldsThatMustBeZeroAreIgnored() {
        assertThat(Decoder.decode(0x0085_17e1 & ~0x3f | 0x21, IsaLevel.MIPS3)).isEqualTo(Op.ADDU);
        assertThat(Decoder.decode(0x3c62_b600, IsaLevel.MIPS3)).isEqualTo(Op.LUI);
        assertThat(Decoder.decode(0x42ff_ffe0, IsaLevel.MIPS3)).isEqualTo(Op.WAIT);
    }

    private static List<Op> at(IsaLevel level) {
        return List.of(Op.values()).stream().filter(op -> op.existsAt(level)).toList();
    }

    /** Words of all opcodes, with many zero fields: plain random words hardly ever hit the sparse parts. */
    private static int randomWord(Random random) {
        int word = random.nextInt();
        for (int low : new int[]{ 0, 6, 11, 16, 21 }) {
            if (random.nextInt(4) == 0) {
                word &= ~(0x1f << low);
            }
        }
        return word;
    }
}
