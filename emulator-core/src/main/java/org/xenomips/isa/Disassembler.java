package org.xenomips.isa;

/** Turns instruction words into the text that {@link Assembler} reads, by the syntax strings of {@link Op}. */
public final class Disassembler {
    private Disassembler() {}

    /**
     * The text of {@code word} at virtual address {@code pc} on a processor of {@code level}, such as {@code lw v0, -8(sp)} or
     * {@code beq a0, zero, 0x80001234}; {@code .word 0x...} if it is no instruction.
     */
    public static String disassemble(int word, long pc, IsaLevel level) {
        if (word == 0) {
            return "nop";
        }
        Op op = Decoder.decode(word, level);
        if (op == Op.RESERVED) {
            return String.format(".word 0x%08x", word);
        }
        return text(op, word, pc);
    }

    /** The text of {@code word}, which is the instruction {@code op}, at virtual address {@code pc}. */
    public static String text(Op op, int word, long pc) {
        String syntax = op.syntax();
        String mnemonic = op.mnemonic();
        var text = new StringBuilder(mnemonic);
        if (op.operand(Operand.COND.text()) != null) {
            int at = mnemonic.indexOf(Operand.COND.text());
            text.replace(at, at + Operand.COND.text().length(), Conditions.NAMES.get(Operand.COND.get(word)));
        }
        String separator = " ";
        int start = mnemonic.length() + 1;
        while (start < syntax.length()) {
            int end = start;
            while (end < syntax.length() && Character.isLetter(syntax.charAt(end))) {
                end++;
            }
            Operand operand = op.operand(syntax.substring(start, end));
            if (operand != null && !(operand.kind() == Operand.Kind.OPTIONAL && operand.get(word) == 0)) {
                text.append(separator).append(value(operand, word, pc));
                separator = ", ";
            }
            start = end;
            while (start < syntax.length() && !Character.isLetter(syntax.charAt(start))) {
                char between = syntax.charAt(start++);
                if (between == '(' || between == ')') {
                    text.append(between);
                    separator = "";
                }
            }
        }
        return text.toString();
    }

    private static String value(Operand operand, int word, long pc) {
        int number = operand.get(word);
        return switch (operand.kind()) {
            case GPR, FPR, CP0, CP0_SET1, FPU_CONTROL, CP2 -> RegisterNames.name(operand.kind(), number);
            case SIGNED -> Integer.toString(number);
            case UNSIGNED, OPTIONAL -> number < 10 ? Integer.toString(number) : "0x" + Integer.toHexString(number);
            case BRANCH -> address(pc + 4 + ((long) number << 2));
            case TARGET -> address(pc + 4 & ~0xfff_ffffL | (long) number << 2);
            case CONDITION -> Conditions.NAMES.get(number);
        };
    }

    /** Addresses of the 32-bit compatible space have eight digits. */
    private static String address(long address) {
        return address == (int) address ? String.format("0x%08x", (int) address) : String.format("0x%016x", address);
    }
}
