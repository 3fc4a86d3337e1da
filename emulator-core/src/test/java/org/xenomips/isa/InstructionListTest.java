package org.xenomips.isa;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xenomips.GeneratedFile;

/** Keeps docs/instructions.md the same as the instruction table. */
class InstructionListTest {
    @Test
    void documentIsCurrent() throws IOException {
        var text = new StringBuilder(
                """
                        # Instructions

                        <!-- generated from isa/Op.java by InstructionListTest; do not edit -->

                        Pattern: bit 31 first; `0` and `1` are fixed, letters are operands, `-` is ignored. Level: where the instruction
                        appeared; RM52XX instructions exist on RM7000 too, and on MIPS64 only where marked.

                        | op | pattern | syntax | level | traits |
                        | --- | --- | --- | --- | --- |
                        """);
        for (Op op : Op.values()) {
            String traits = op.traits()
                    .stream()
                    .sorted()
                    .map(trait -> trait.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .collect(Collectors.joining(", "));
            text.append(
                    String.format("| %s | `%s` | `%s` | %s | %s |%n", op, op.pattern(), op.syntax(), op.level(),
                            traits));
        }
        GeneratedFile.assertCurrent("docs/instructions.md", text.toString().replace("\r", ""));
    }
}
