package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/** What the floating-point instructions add to the arithmetic: registers, FCR31 and traps. */
class SemanticsFpuTest {
    private static final int INEXACT = 1;
    private static final int UNDERFLOW = 1 << 1;
    private static final int OVERFLOW = 1 << 2;
    private static final int DIVIDE_BY_ZERO = 1 << 3;
    private static final int INVALID = 1 << 4;

    private final VirtualClock clock = new VirtualClock(1_000_000);
    private final Cpu cpu = new Cpu(CpuModel.R5000, 1_000_000, new PhysicalMap(), clock, new TimerQueue());
    private final Fpu fpu = cpu.fpu();

    @BeforeEach
    void useAllRegisters() {
        fpu.setFr(true);
    }

    @Test
    void untrappedSignalsReplaceCausesAndAccumulateInFlags() {
        putSingles(1.0f, 0.0f, 3.0f);
        SemanticsFpuArithmetic.divS(cpu, 3, 0, 1);
        assertThat(Float.intBitsToFloat(fpu.word(3))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo(DIVIDE_BY_ZERO << 12 | DIVIDE_BY_ZERO << 2);
        SemanticsFpuArithmetic.divS(cpu, 3, 0, 2);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo(INEXACT << 12 | (DIVIDE_BY_ZERO | INEXACT) << 2);
        SemanticsFpuArithmetic.addS(cpu, 3, 0, 0);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo((DIVIDE_BY_ZERO | INEXACT) << 2);
    }

    @Test
    void trapLeavesDestinationAndFlagsAlone() {
        putSingles(1.0f, 0.0f);
        fpu.setWord(3, 0x1234_5678);
        fpu.setControl(Fpu.FCR31, DIVIDE_BY_ZERO << 7);
        assertThatThrownBy(() -> SemanticsFpuArithmetic.divS(cpu, 3, 0, 1))
                .isInstanceOfSatisfying(GuestException.class, e -> assertThat(e.code()).isEqualTo(ExceptionCode.FPE));
        assertThat(fpu.word(3)).isEqualTo(0x1234_5678);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo(DIVIDE_BY_ZERO << 12 | DIVIDE_BY_ZERO << 7);
    }

    @Test
    void enabledInexactTrapsOnAnOverflow() {
        putSingles(Float.MAX_VALUE);
        fpu.setControl(Fpu.FCR31, INEXACT << 7);
        assertThatThrownBy(() -> SemanticsFpuArithmetic.addS(cpu, 3, 0, 0)).isInstanceOf(GuestException.class);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo((OVERFLOW | INEXACT) << 12 | INEXACT << 7);
    }

    @Test
    void exactTinyResultSignalsUnderflowOnlyIfThatTraps() {
        putSingles(Float.MIN_NORMAL, 0.5f);
        SemanticsFpuArithmetic.mulS(cpu, 3, 0, 1);
        assertThat(fpu.control(Fpu.FCR31)).isZero();
        fpu.setControl(Fpu.FCR31, UNDERFLOW << 7);
        assertThatThrownBy(() -> SemanticsFpuArithmetic.mulS(cpu, 3, 0, 1)).isInstanceOf(GuestException.class);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo(UNDERFLOW << 12 | UNDERFLOW << 7);
    }

    @Test
    void everyConditionOfACompareHasItsRelationsAndItsSignalling() {
        float[][] pairs = { { 1, 2 }, { 2, 2 }, { 2, 1 }, { 0.0f, -0.0f } };
        for (int cond = 0; cond < 16; cond++) {
            for (float[] pair : pairs) {
                putSingles(pair);
                SemanticsFpuArithmetic.compareS(cpu, 5, 0, 1, cond);
                boolean expected = (cond & 4) != 0 && pair[0] < pair[1] || (cond & 2) != 0 && pair[0] == pair[1];
                assertThat(fpu.condition(5)).as("cond %d of %s and %s", cond, pair[0], pair[1]).isEqualTo(expected);
                assertThat(fpu.control(Fpu.FCR31) & ~(1 << 29)).isZero();
            }
            fpu.setDoubleword(0, FloatFormat.DOUBLE.defaultNan);
            fpu.setDoubleword(1, FloatFormat.DOUBLE.one);
            SemanticsFpuArithmetic.compareD(cpu, 5, 0, 1, cond);
            assertThat(fpu.condition(5)).as("cond %d unordered", cond).isEqualTo((cond & 1) != 0);
            int expected = cond >= 8 ? INVALID << 12 | INVALID << 2 : 0;
            assertThat(fpu.control(Fpu.FCR31) & ~(1 << 29)).as("cond %d quiet NaN", cond).isEqualTo(expected);
            fpu.setControl(Fpu.FCR31, 0);
        }
    }

    @Test
    void trappedCompareLeavesTheCondition() {
        fpu.setWord(0, (int) FloatFormat.SINGLE.defaultNan);
        fpu.setControl(Fpu.FCR31, INVALID << 7);
        fpu.setCondition(0, true);
        assertThatThrownBy(() -> SemanticsFpuArithmetic.compareS(cpu, 0, 0, 0, 8)).isInstanceOf(GuestException.class);
        assertThat(fpu.condition(0)).isTrue();
    }

    @Test
    void multiplyAddRoundsTheProductFirst() {
        double x = 1 + 0x1p-30;
        putDoubles(x, -(x * x), 2.0, 3.0);
        SemanticsFpuArithmetic.maddD(cpu, 8, 1, 0, 0);
        assertThat(Double.longBitsToDouble(fpu.doubleword(8))).as("a fused operation would give 2^-60").isZero();
        SemanticsFpuArithmetic.maddD(cpu, 8, 2, 2, 3);
        assertThat(Double.longBitsToDouble(fpu.doubleword(8))).isEqualTo(8.0);
        SemanticsFpuArithmetic.msubD(cpu, 8, 2, 2, 3);
        assertThat(Double.longBitsToDouble(fpu.doubleword(8))).isEqualTo(4.0);
        SemanticsFpuArithmetic.nmaddD(cpu, 8, 2, 2, 3);
        assertThat(Double.longBitsToDouble(fpu.doubleword(8))).isEqualTo(-8.0);
        SemanticsFpuArithmetic.nmsubD(cpu, 8, 2, 2, 3);
        assertThat(Double.longBitsToDouble(fpu.doubleword(8))).isEqualTo(-4.0);
    }

    @Test
    void reciprocalsDivideOne() {
        putSingles(4.0f, 0.0f);
        SemanticsFpuArithmetic.recipS(cpu, 3, 0);
        assertThat(Float.intBitsToFloat(fpu.word(3))).isEqualTo(0.25f);
        SemanticsFpuArithmetic.rsqrtS(cpu, 3, 0);
        assertThat(Float.intBitsToFloat(fpu.word(3))).isEqualTo(0.5f);
        SemanticsFpuArithmetic.rsqrtS(cpu, 3, 1);
        assertThat(Float.intBitsToFloat(fpu.word(3))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(fpu.control(Fpu.FCR31) >>> 12).isEqualTo(DIVIDE_BY_ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void conversionsUseTheirOwnRoundingOrTheCurrentOne(FloatFormat format) {
        long minusTwoAndAHalf = format == FloatFormat.SINGLE
                ? Float.floatToRawIntBits(-2.5f) & 0xffff_ffffL
                : Double.doubleToRawLongBits(-2.5);
        fpu.set(format, 0, minusTwoAndAHalf);
        boolean single = format == FloatFormat.SINGLE;
        int[] expectedByMode = { -2, -2, -2, -3 };
        for (int mode = 0; mode < 4; mode++) {
            fpu.setControl(Fpu.FCR31, mode);
            if (single) {
                SemanticsFpuConvert.cvtWS(cpu, 1, 0);
                SemanticsFpuConvert.cvtLS(cpu, 2, 0);
            } else {
                SemanticsFpuConvert.cvtWD(cpu, 1, 0);
                SemanticsFpuConvert.cvtLD(cpu, 2, 0);
            }
            assertThat(fpu.word(1)).isEqualTo(expectedByMode[mode]);
            assertThat(fpu.doubleword(2)).isEqualTo(expectedByMode[mode]);
            assertThat(fpu.control(Fpu.FCR31) >>> 12).isEqualTo(INEXACT);
            roundAllWays(single);
            assertThat(new int[]{ fpu.word(10), fpu.word(11), fpu.word(12), fpu.word(13) }).containsExactly(-2, -2, -2,
                    -3);
            assertThat(new long[]{ fpu.doubleword(20), fpu.doubleword(21), fpu.doubleword(22), fpu.doubleword(23) })
                    .containsExactly(-2, -2, -2, -3);
        }
    }

    private void roundAllWays(boolean single) {
        if (single) {
            SemanticsFpuConvert.roundWS(cpu, 10, 0);
            SemanticsFpuConvert.truncWS(cpu, 11, 0);
            SemanticsFpuConvert.ceilWS(cpu, 12, 0);
            SemanticsFpuConvert.floorWS(cpu, 13, 0);
            SemanticsFpuConvert.roundLS(cpu, 20, 0);
            SemanticsFpuConvert.truncLS(cpu, 21, 0);
            SemanticsFpuConvert.ceilLS(cpu, 22, 0);
            SemanticsFpuConvert.floorLS(cpu, 23, 0);
        } else {
            SemanticsFpuConvert.roundWD(cpu, 10, 0);
            SemanticsFpuConvert.truncWD(cpu, 11, 0);
            SemanticsFpuConvert.ceilWD(cpu, 12, 0);
            SemanticsFpuConvert.floorWD(cpu, 13, 0);
            SemanticsFpuConvert.roundLD(cpu, 20, 0);
            SemanticsFpuConvert.truncLD(cpu, 21, 0);
            SemanticsFpuConvert.ceilLD(cpu, 22, 0);
            SemanticsFpuConvert.floorLD(cpu, 23, 0);
        }
    }

    @Test
    void integersConvertFromTheirOwnWidth() {
        fpu.setDoubleword(0, 0x0000_0001_ffff_fffeL);
        SemanticsFpuConvert.cvtDW(cpu, 1, 0);
        assertThat(Double.longBitsToDouble(fpu.doubleword(1))).isEqualTo(-2.0);
        SemanticsFpuConvert.cvtSW(cpu, 1, 0);
        assertThat(Float.intBitsToFloat(fpu.word(1))).isEqualTo(-2.0f);
        SemanticsFpuConvert.cvtDL(cpu, 1, 0);
        assertThat(Double.longBitsToDouble(fpu.doubleword(1))).isEqualTo(8589934590.0);
        SemanticsFpuConvert.cvtSL(cpu, 1, 0);
        assertThat(Float.intBitsToFloat(fpu.word(1))).isEqualTo(0x1p33f);
    }

    @Test
    void formatsConvertBothWays() {
        putDoubles(0.1);
        SemanticsFpuConvert.cvtSD(cpu, 1, 0);
        assertThat(Float.intBitsToFloat(fpu.word(1))).isEqualTo(0.1f);
        assertThat(fpu.control(Fpu.FCR31) >>> 12).isEqualTo(INEXACT);
        SemanticsFpuConvert.cvtDS(cpu, 2, 1);
        assertThat(Double.longBitsToDouble(fpu.doubleword(2))).isEqualTo(0.1f);
        assertThat(fpu.control(Fpu.FCR31) >>> 12).isZero();
    }

    @Test
    void movesSignalNothingAndMoveWhenToldTo() {
        int signalling = 0x7fff_ffff;
        fpu.setControl(Fpu.FCR31, 0x1f << 7);
        fpu.setWord(0, signalling);
        SemanticsFpuMove.movS(cpu, 1, 0);
        assertThat(fpu.word(1)).isEqualTo(signalling);
        fpu.setDoubleword(2, -1);
        SemanticsFpuMove.movD(cpu, 3, 2);
        assertThat(fpu.doubleword(3)).isEqualTo(-1);
        fpu.setCondition(6, true);
        SemanticsFpuMove.movfS(cpu, 4, 0, 6);
        SemanticsFpuMove.movtD(cpu, 5, 2, 5);
        SemanticsFpuMove.movzS(cpu, 6, 0, 1L << 32);
        SemanticsFpuMove.movnD(cpu, 7, 2, 0);
        for (int number = 4; number < 8; number++) {
            assertThat(fpu.doubleword(number)).as("f%d", number).isZero();
        }
        SemanticsFpuMove.movtS(cpu, 4, 0, 6);
        SemanticsFpuMove.movfD(cpu, 5, 2, 5);
        SemanticsFpuMove.movzD(cpu, 6, 2, 0);
        SemanticsFpuMove.movnS(cpu, 7, 0, 1L << 32);
        assertThat(new long[]{ fpu.doubleword(4), fpu.doubleword(5), fpu.doubleword(6), fpu.doubleword(7) })
                .containsExactly(signalling, -1, -1, signalling);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo(0x1f << 7 | 1 << 30);
    }

    @Test
    void conditionsSteerBranchesAndGeneralMoves() {
        fpu.setCondition(1, true);
        assertThat(SemanticsFpuMove.bc1t(cpu, 1)).isTrue();
        assertThat(SemanticsFpuMove.bc1f(cpu, 1)).isFalse();
        assertThat(SemanticsFpuMove.bc1t(cpu, 0)).isFalse();
        assertThat(SemanticsFpuMove.bc1f(cpu, 0)).isTrue();
        assertThat(SemanticsFpuMove.movt(cpu, 10, 20, 1)).isEqualTo(20);
        assertThat(SemanticsFpuMove.movt(cpu, 10, 20, 0)).isEqualTo(10);
        assertThat(SemanticsFpuMove.movf(cpu, 10, 20, 1)).isEqualTo(10);
        assertThat(SemanticsFpuMove.movf(cpu, 10, 20, 0)).isEqualTo(20);
    }

    @Test
    void wordsMovedToGeneralRegistersAreSignExtended() {
        SemanticsFpuMove.dmtc1(cpu, 0x1234_5678_8765_4321L, 9);
        assertThat(SemanticsFpuMove.mfc1(cpu, 9)).isEqualTo(0xffff_ffff_8765_4321L);
        SemanticsFpuMove.mtc1(cpu, 0xffff_ffff_0000_0001L, 9);
        assertThat(SemanticsFpuMove.dmfc1(cpu, 9)).isEqualTo(0x1234_5678_0000_0001L);
        SemanticsFpuMove.ctc1(cpu, 0x8000_0000L, Fpu.FCR31);
        assertThat(SemanticsFpuMove.cfc1(cpu, Fpu.FCR31)).isEqualTo(0xffff_ffff_8000_0000L);
    }

    private void putSingles(float... values) {
        for (int i = 0; i < values.length; i++) {
            fpu.setWord(i, Float.floatToRawIntBits(values[i]));
        }
    }

    private void putDoubles(double... values) {
        for (int i = 0; i < values.length; i++) {
            fpu.setDoubleword(i, Double.doubleToRawLongBits(values[i]));
        }
    }
}
