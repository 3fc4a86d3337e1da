package org.xenomips.differential;

import java.util.List;

/**
 * One experiment: a state of the processor, instructions to execute from there, and all that is compared afterwards.
 *
 * @param name    for messages
 * @param gpr     general registers; $26 to $28 and $30 do not count: see {@link GuestSuite}
 * @param hiLo    HI and LO
 * @param fpr     floating-point registers; with Status.FR clear only the even ones count
 * @param window  the {@value GuestSuite#WINDOW_DOUBLEWORDS} doublewords of memory the case may use, $28 points there
 * @param fcr31   FCR31
 * @param status  Status
 * @param items   the code in assembler text: each item can be left out without making the others invalid; {@code @} in front of
 *                a label makes it the case's own
 * @param resume  the label where execution goes on after an exception; empty for the next instruction, or, if the exception was in
 *                a delay slot, the end of the case
 */
record GuestCase(String name, long[] gpr, long[] hiLo, long[] fpr, long[] window, int fcr31, int status,
        List<List<String>> items, String resume) {
    GuestCase withItems(List<List<String>> newItems) {
        return new GuestCase(name, gpr, hiLo, fpr, window, fcr31, status, List.copyOf(newItems), resume);
    }

    /** The code as text, an item per line, after the registers it mentions. */
    String text() {
        var text = new StringBuilder("    FCR31=%x HI=%x LO=%x".formatted(fcr31, hiLo[0], hiLo[1]));
        String code = items.toString();
        for (int i = 0; i < 32; i++) {
            if (code.matches(".*\\$%d\\b.*".formatted(i))) {
                text.append(" $%d=%x".formatted(i, gpr[i]));
            }
            if (code.matches(".*\\bf%d\\b.*".formatted(i))) {
                text.append(" f%d=%x".formatted(i, fpr[i]));
            }
        }
        text.append('\n');
        items.forEach(item -> text.append("    ").append(String.join("; ", item)).append('\n'));
        return text.toString();
    }
}
