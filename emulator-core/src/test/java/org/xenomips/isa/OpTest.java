package org.xenomips.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpTest {
    @ParameterizedTest
    @EnumSource
    void patternShowsEveryOperandWhereTheOperandSays(Op op) {
        String bits = op.pattern().replace(" ", "");
        assertThat(bits).hasSize(32);
        int covered = op.mask();
        for (Operand operand : op.operands()) {
            assertThat(covered & operand.mask()).as("%s overlaps", operand).isZero();
            covered |= operand.mask();
            for (int bit = 0; bit < 32; bit++) {
                boolean inside = (operand.mask() >>> bit & 1) != 0;
                assertThat(bits.charAt(31 - bit) == operand.letter()).as("%s bit %d", operand, bit).isEqualTo(inside);
            }
        }
        for (int bit = 0; bit < 32; bit++) {
            if ((covered >>> bit & 1) == 0) {
                assertThat(bits.charAt(31 - bit)).as("bit %d has an operand the syntax does not name", bit)
                        .isEqualTo('-');
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyNameOfTheSyntaxIsAnOperand(Op op) {
        int space = op.syntax().indexOf(' ');
        String[] names = space < 0 ? new String[0] : op.syntax().substring(space + 1).split("[ ,()]+", -1);
        for (String name : names) {
            assertThat(name.isEmpty() || op.operand(name) != null).as(name).isTrue();
        }
    }

    @Test
    void noTwoInstructionsOfALevelHaveOneMnemonicAndOperandCount() {
        for (IsaLevel level : IsaLevel.values()) {
            var seen = new HashSet<String>();
            for (Op op : Op.values()) {
                assertThat(!op.existsAt(level) || seen.add(op.mnemonic())).as("%s at %s", op, level).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "DADDU, RD", "ADDIU, RT", "LW, RT", "SC, RT", "SW,", "SDC1,", "LDC1, FT", "BEQ,", "BC1T,", "JR,",
            "JALR, RD", "JAL,",
            "MULT,", "MFLO, RD", "MTLO,", "TEQ,", "TEQI,", "MTC0, CP0_REGISTER", "MFC0, RT", "MTC1, FS",
            "CTC1, FPU_CONTROL",
            "DMFC1, RT", "ADD_D, FD", "C_COND_S,", "MADD_D, FD", "LWXC1, FD", "SWXC1,", "CACHE,", "PREF,", "SYSCALL,",
            "MOVF, RD" })
    void destinationIsTheRegisterWritten(Op op, Operand destination) {
        assertThat(op.destination()).isEqualTo(destination);
    }

    @ParameterizedTest
    @CsvSource({ "DADDU, RS RT", "ADDIU, RS", "LW, BASE", "LWL, RT BASE", "SC, RT BASE", "SW, RT BASE", "BEQ, RS RT",
            "JALR, RS", "JR, RS",
            "MOVZ, RD RS RT", "MTC0, RT", "MFC0, CP0_REGISTER", "MADD_S, FR FS FT", "SWXC1, FS INDEX BASE",
            "C_COND_D, FS FT",
            "MULT, RS RT", "SLL, RT", "LUI, ''" })
    void sourcesAreTheRegistersRead(Op op, String sources) {
        assertThat(op.sources().stream().map(Operand::name))
                .containsExactlyInAnyOrder(sources.isEmpty() ? new String[0] : sources.split(" ", -1));
    }
}
