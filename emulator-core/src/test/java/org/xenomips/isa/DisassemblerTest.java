package org.xenomips.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DisassemblerTest {
    private static final long PC = 0xffff_ffff_8000_1000L;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "00000000 | nop", "27bdffe0 | addiu sp, sp, -32", "afbf001c | sw ra, 28(sp)",
            "3c02b600 | lui v0, 0xb600", "344200ff | ori v0, v0, 0xff", "03e00008 | jr ra", "0320f809 | jalr ra, t9",
            "0c000410 | jal 0x80001040", "1000ffff | beq zero, zero, 0x80001000", "14a60003 | bne a1, a2, 0x80001010",
            "40826000 | mtc0 v0, c0_status", "40028001 | mfc0 v0, c0_config, 1", "4042a000 | cfc0 v0, $20",
            "00021402 | srl v0, v0, 0x10", "0000000c | syscall", "0000040d | break 0x10", "00850034 | teq a0, a1",
            "46020082 | mul.s f2, f0, f2", "4622103e | c.le.d f2, f2", "4622113e | c.le.d 1, f2, f2",
            "45010003 | bc1t 0x80001010", "45050003 | bc1t 1, 0x80001010", "d7a40010 | ldc1 f4, 16(sp)",
            "4c41a0a1 | madd.d f2, f2, f20, f1", "4c850081 | ldxc1 f2, a1(a0)", "bfb40000 | cache 0x14, 0(sp)",
            "4440f800 | cfc1 zero, fcr31", "44c2f800 | ctc1 v0, fcr31", "46201024 | cvt.w.d f0, f2",
            "00041823 | subu v1, zero, a0",
            "70851002 | mul v0, a0, a1", "0085100a | movz v0, a0, a1", "42000018 | eret", "ffffffff | sd ra, -1(ra)",
            "7000003f | .word 0x7000003f" })
    void textIsAsTheManualsWriteIt(String word, String text) {
        int encoded = Integer.parseUnsignedInt(word, 16);
        assertThat(Disassembler.disassemble(encoded, PC, IsaLevel.RM7000)).isEqualTo(text);
    }

    @Test
    void addressesBeyondThe32BitSpaceAreShownWhole() {
        assertThat(Disassembler.disassemble(0x1000_0001, 0x9000_0000_0000_1000L, IsaLevel.MIPS3))
                .isEqualTo("beq zero, zero, 0x9000000000001008");
    }

    @Test
    void jumpStaysInTheRegionOfItsDelaySlot() {
        assertThat(Disassembler.disassemble(0x0800_0000, 0x0fff_fffcL, IsaLevel.MIPS3)).isEqualTo("j 0x10000000");
    }

    @ParameterizedTest
    @EnumSource
    void assemblingTheTextGivesTheWord(IsaLevel level) {
        long seed = System.nanoTime();
        var instructions = new RandomInstructions(new Random(seed), level);
        for (Op op : instructions.ops(op -> true)) {
            for (int i = 0; i < 40; i++) {
                int word = instructions.word(op);
                String text = Disassembler.disassemble(word, PC, level);
                assertThat(Assembler.assemble(text, PC).words()).as("%s, seed %d", text, seed).containsExactly(word);
                int other = instructions.withIgnoredBits(op, word);
                assertThat(Disassembler.text(op, other, PC)).as("%08x, seed %d", other, seed)
                        .isEqualTo(Disassembler.text(op, word, PC));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void operandsAreWrittenAndReadBack(Op op) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            int word = op.value();
            var values = new int[op.operands().size()];
            for (int n = 0; n < values.length; n++) {
                Operand operand = op.operands().get(n);
                int shift = 32 - operand.width();
                values[n] = operand.isSigned() ? random.nextInt() >> shift : random.nextInt() >>> shift;
                assertThat(operand.fits(values[n])).as("%s %d", operand, values[n]).isTrue();
                word = operand.put(word, values[n]);
            }
            for (int n = 0; n < values.length; n++) {
                assertThat(op.operands().get(n).get(word)).as("%s, seed %d", op, seed).isEqualTo(values[n]);
            }
            assertThat(word & op.mask()).isEqualTo(op.value());
        }
    }
}
