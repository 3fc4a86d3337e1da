package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;

class FpuTest {
    private static final int ENABLE_INVALID = 1 << 11;
    private static final int CAUSE_INVALID = 1 << 16;

    private final GuestException exception = new GuestException(ExceptionCode.FPE, 0);
    private final Fpu fpu = new Fpu(CpuModel.R5000, exception);

    @Test
    void oddNumbersNameUpperWordsWhileFrIsClear() {
        fpu.setDoubleword(4, 0x1122_3344_5566_7788L);
        assertThat(fpu.word(4)).isEqualTo(0x5566_7788);
        assertThat(fpu.word(5)).isEqualTo(0x1122_3344);
        fpu.setWord(5, 0x8000_0001);
        assertThat(fpu.doubleword(4)).isEqualTo(0x8000_0001_5566_7788L);
        fpu.setWord(4, 0xffff_fffe);
        assertThat(fpu.doubleword(4)).isEqualTo(0x8000_0001_ffff_fffeL);
        assertThat(fpu.doubleword(5)).as("the lowest bit of the number is ignored").isEqualTo(fpu.doubleword(4));
    }

    @Test
    void allRegistersAreIndependentWithFr() {
        fpu.setFr(true);
        for (int number = 0; number < 32; number++) {
            fpu.setDoubleword(number, 0x0101_0101_0101_0101L * number);
        }
        fpu.setWord(31, -1);
        for (int number = 0; number < 31; number++) {
            assertThat(fpu.doubleword(number)).isEqualTo(0x0101_0101_0101_0101L * number);
        }
        assertThat(fpu.doubleword(31)).as("the upper word stays").isEqualTo(0x1f1f_1f1f_ffff_ffffL);
    }

    @Test
    void singlesAreZeroExtendedPatterns() {
        fpu.setWord(2, 0x8000_0000);
        assertThat(fpu.get(FloatFormat.SINGLE, 2)).isEqualTo(0x8000_0000L);
    }

    @Test
    void implementationRegisterShowsTheProcessor() {
        assertThat(fpu.control(Fpu.FCR0)).isEqualTo(0x2312);
        fpu.setControl(Fpu.FCR0, -1);
        assertThat(fpu.control(Fpu.FCR0)).as("read-only").isEqualTo(0x2312);
        assertThat(new Fpu(CpuModel.SB1, exception).control(Fpu.FCR0)).isEqualTo(0x0003_0102);
    }

    @Test
    void statusRegisterKeepsTheBitsOfTheInstructionSetLevel() {
        int noCause = ~0x0003_f000;
        fpu.setControl(Fpu.FCR31, noCause);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo(0xff83_ffff & noCause);
        Fpu mips3 = new Fpu(CpuModel.R4600, exception);
        mips3.setControl(Fpu.FCR31, noCause);
        assertThat(mips3.control(Fpu.FCR31)).isEqualTo(0x0183_ffff & noCause);
    }

    @Test
    void conditionsAreScatteredOverTheStatusRegister() {
        for (int cc = 0; cc < 8; cc++) {
            fpu.setControl(Fpu.FCR31, 0);
            fpu.setCondition(cc, true);
            assertThat(fpu.control(Fpu.FCR31)).isEqualTo(cc == 0 ? 1 << 23 : 1 << 24 + cc);
            assertThat(fpu.condition(cc)).isTrue();
            fpu.setCondition(cc, false);
            assertThat(fpu.control(Fpu.FCR31)).isZero();
        }
    }

    @Test
    void writingACauseWithItsEnableRaisesTheExceptionAfterTheWrite() {
        fpu.setControl(Fpu.FCR31, CAUSE_INVALID);
        int both = CAUSE_INVALID | ENABLE_INVALID;
        assertThatThrownBy(() -> fpu.setControl(Fpu.FCR31, both)).isSameAs(exception);
        assertThat(fpu.control(Fpu.FCR31)).isEqualTo(both);
    }

    @Test
    void unimplementedOperationCannotBeDisabled() {
        assertThatThrownBy(() -> fpu.setControl(Fpu.FCR31, 1 << 17)).isSameAs(exception);
    }

    @Test
    void otherControlRegistersExistOnlyOnMips64() {
        fpu.setControl(25, -1);
        fpu.setControl(7, -1);
        assertThat(fpu.control(25)).isZero();
        assertThat(fpu.control(Fpu.FCR31)).isZero();
        Fpu mips64 = new Fpu(CpuModel.SB1, exception);
        mips64.setControl(25, 0x81);
        assertThat(mips64.control(Fpu.FCR31)).isEqualTo(0x8080_0000);
        assertThat(mips64.control(25)).isEqualTo(0x81);
        mips64.setControl(26, CAUSE_INVALID | 0x7c);
        assertThat(mips64.control(26)).isEqualTo(CAUSE_INVALID | 0x7c);
        mips64.setControl(26, 0x7c);
        mips64.setControl(28, ENABLE_INVALID | 1 << 2 | 3);
        assertThat(mips64.control(28)).isEqualTo(ENABLE_INVALID | 1 << 2 | 3);
        assertThat(mips64.control(Fpu.FCR31)).isEqualTo(0x8180_0000 | ENABLE_INVALID | 0x7f);
    }

    @Test
    void snapshotKeepsRegistersModeAndRounding() throws SnapshotException {
        fpu.setFr(true);
        fpu.setDoubleword(31, 0x1234_5678_9abc_def0L);
        fpu.setControl(Fpu.FCR31, IeeeArithmetic.ROUND_UP);
        SnapshotWriter out = new SnapshotWriter();
        fpu.save(out);
        Fpu restored = new Fpu(CpuModel.R5000, exception);
        restored.restore(out.reader("fpu"));
        assertThat(restored.doubleword(31)).isEqualTo(0x1234_5678_9abc_def0L);
        assertThat(restored.control(Fpu.FCR31)).isEqualTo(IeeeArithmetic.ROUND_UP);
        long third = restored.arithmetic().div(FloatFormat.SINGLE, FloatFormat.SINGLE.one, 0x4040_0000L);
        assertThat(third).as("rounded up").isEqualTo(0x3eaa_aaabL);
    }

    @Test
    void resetClearsEverything() {
        fpu.setFr(true);
        fpu.setDoubleword(3, -1);
        fpu.setControl(Fpu.FCR31, 0x7f);
        fpu.reset();
        assertThat(fpu.control(Fpu.FCR31)).isZero();
        assertThat(fpu.doubleword(2)).isZero();
        fpu.setFr(true);
        assertThat(fpu.doubleword(3)).isZero();
    }
}
