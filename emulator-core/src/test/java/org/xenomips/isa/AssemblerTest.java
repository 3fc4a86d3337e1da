package org.xenomips.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssemblerTest {
    private static final long BASE = 0xffff_ffff_8000_0000L;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "addu v0, a0, a1 | 00851021", "addu $2,$4,$5 | 00851021",
            "ADDIU SP, SP, -0x20 | 27bdffe0",
            "lw t0, 4(s8) | 8fc80004", "lw t0, (fp) | 8fc80000", "sll zero, zero, 0 | 00000000", "jr ra | 03e00008",
            "jalr t9 | 0320f809", "jalr v0, t9 | 03201009", "mtc0 v0, $12 | 40826000", "mtc0 v0, c0_status | 40826000",
            "mfc0 v0, $16, 1 | 40028001", "cfc0 v0, $20 | 4042a000", "break | 0000000d", "break 1 | 0000004d",
            "teq a0, a1, 7 | 008501f4", "c.le.d f2, f2 | 4622103e", "c.le.d 1, f2, f2 | 4622113e",
            "cfc1 v0, $31 | 4442f800",
            "ctc1 v0, fcr31 | 44c2f800", "ssnop | 00000040", "move a0, s1 | 02202025", "not a0, s1 | 02202027",
            "negu a0, s1 | 00112023", "dnegu a0, s1 | 0011202f", "lui t0, %hi(0x80018000) | 3c088002",
            "lw t0, %lo(0x8000_8004)(t0) | 8d088004", "ori t0, zero, 'A' | 34080041",
            "addiu t0, zero, 2+3-1 | 24080004",
            "cache 0x15, 0(a0) | bc950000", "mul.s f2, f0, f2 | 46020082", "madd.d f2, f2, f20, f1 | 4c41a0a1",
            "ldxc1 f2, a1(a0) | 4c850081", "sd ra, -1(ra) | ffffffff" })
    void oneInstructionIsEncoded(String text, String word) {
        assertThat(Assembler.assemble(text)).isEqualTo(Integer.parseUnsignedInt(word, 16));
    }

    @Test
    void labelsAreFoundBackwardsAndForwards() {
        Assembler.Program program = Assembler.assemble("""
                # counts down
                start:  li    t0, 3
                loop:   bnez  t0, loop        # backwards
                        addiu t0, t0, -1
                        beq   zero, zero, end
                        jal   start
                end:    nop
                """, BASE);
        assertThat(program.words())
                .containsExactly(0x2408_0003, 0x1500_ffff, 0x2508_ffff, 0x1000_0001, 0x0c00_0000, 0x0000_0000);
        assertThat(program.label("end")).isEqualTo(BASE + 20);
    }

    @Test
    void branchTargetsMayBeWrittenWith32Bits() {
        assertThat(Assembler.assemble("b 0x80000010", BASE).words()).containsExactly(0x1000_0003);
        assertThat(Assembler.assemble("b .", BASE).words()).containsExactly(0x1000_ffff);
        assertThat(Assembler.assemble("b 0x80000010", 0x8000_0000L).words()).containsExactly(0x1000_0003);
    }

    @ParameterizedTest
    @CsvSource({ "li, 0, 24080000", "li, -1, 2408ffff", "li, 0x7fff, 24087fff", "li, 0x8000, 34088000",
            "li, 0xffff, 3408ffff",
            "li, 0x80000000, 3c088000", "li, -2147483648, 3c088000", "li, 0x12345678, 3c081234 35085678",
            "li, 0xffff8000, 24088000", "dli, 0x80000000, 34088000 00084438", "dli, 0x100000000, 3c080001 00084438",
            "dli, 0x123456789abcdef0, 3c081234 35085678 00084438 35089abc 00084438 3508def0" })
    void constantsOfEverySizeAreLoaded(String name, String value, String words) {
        Assembler.Program program = Assembler.assemble(name + " t0, " + value, BASE);
        assertThat(program.words()).containsExactly(words(words));
    }

    @Test
    void addressesAreLoadedInTwoHalves() {
        Assembler.Program program = Assembler.assemble("la a0, text\ntext = 0x8001_9000", BASE);
        assertThat(program.words()).containsExactly(0x3c04_8002, 0x2484_9000);
    }

    @Test
    void dataIsBigEndianAndFilledToWords() {
        Assembler.Program program = Assembler.assemble("""
                        .word 0x12345678, here, -1
                here:   .half 1, 0xfffe
                        .byte 1, 'a', -1
                        .align 2
                        .dword 0x1122334455667788
                        .asciz "a,b: \\"#\\"\\n"
                        .space 2
                """, BASE);
        byte[] bytes = program.bytes();
        assertThat(program.words()).startsWith(0x1234_5678, 0x8000_000c, -1, 0x0001_fffe, 0x0161_ff00, 0x1122_3344,
                0x5566_7788);
        assertThat(new String(bytes, 28, 9, StandardCharsets.ISO_8859_1)).isEqualTo("a,b: \"#\"\n");
        assertThat(bytes).hasSize(40);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "frob t0 | unknown instruction 'frob'",
            "addu t0, t1 | 'addu rd, rs, rt' expected",
            "addu t0, t1, f2 | 'f2' is no register for rt", "addiu t0, t1, 32768 | range of simm, -32768..32767",
            "ori t0, t1, -1 | range of uimm, 0..65535", "sll t0, t1, 32 | range of sa, 0..31",
            "lw t0, 4[sp] | simm(base)",
            "b nowhere | unknown symbol 'nowhere'", "b 2 | not the address of an instruction",
            "b 0x40000 | range of branch",
            "j 0x10000000 | 256 MB region", "li t0, 0x100000000 | use dli", ".frob 1 | unknown directive",
            "x: x: nop | defined twice",
            "1x: nop | cannot be a name", ".word 0x1_0000_0000 | does not fit in 4 bytes",
            ".asciz text | double quotes",
            ".space -1 | at most", ".ascii \"a\\q\" | backslash", "ori t0, zero, 0xg | is no number",
            "ori t0, zero, 1 2 | unexpected '2'",
            "ori t0, zero, | a value is missing", "mfc0 t0, c0_nothing | is no register" })
    void mistakesNameLineAndCause(String text, String message) {
        String program = "nop\nnop\n" + text;
        assertThatThrownBy(() -> Assembler.assemble(program, 0)).isInstanceOf(AssemblyException.class)
                .hasMessageStartingWith("line 3: ")
                .hasMessageContaining(message);
    }

    @Test
    void instructionsStandAtWordBoundaries() {
        assertThatThrownBy(() -> Assembler.assemble(".byte 1\nnop", 0)).isInstanceOf(AssemblyException.class)
                .hasMessage("line 2: instruction at 0x1, which is no multiple of 4");
        assertThat(Assembler.assemble(".byte 1\n.align 2\njr ra", 0).words()).containsExactly(0x0100_0000, 0x03e0_0008);
    }

    @Test
    void rubbishIsReportedAndNothingElse() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String[] parts = { "addiu", "lw", "li", "la", "jalr", ".word", ".ascii", ".space", ".align", "x:", "c.eq.s",
                " ", ", ", "(", ")",
                "t0", "$31", "f2", "0x", "1", "-", "%lo(", "'", "\"", "\\", "=", "#", ":", "x", ".", "\n",
                "99999999999999999999" };
        for (int i = 0; i < 3000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(1, 12); length > 0; length--) {
                text.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                Assembler.assemble(text.toString(), 0);
            } catch (AssemblyException e) {
                assertThat(e.line()).as("'%s', seed %d", text, seed).isPositive();
                assertThat(e).hasMessageStartingWith("line " + e.line() + ": ");
            } catch (RuntimeException e) {
                throw new AssertionError("'" + text + "', seed " + seed, e);
            }
        }
    }

    private static int[] words(String text) {
        String[] parts = text.split(" ", -1);
        var words = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            words[i] = Integer.parseUnsignedInt(parts[i], 16);
        }
        return words;
    }
}
