package org.xenomips.isa;

import java.util.Map;

/**
 * Values in assembler text: numbers (decimal, {@code 0x}, {@code 0b}, {@code 'c'}, with {@code _} between digits), symbols,
 * {@code .} for the current address, sums and differences of these, and {@code %hi(...)} and {@code %lo(...)} of such an
 * expression (the upper half adjusted for a sign-extended lower half).
 */
final class Expression {
    private final String text;
    private final int line;
    private final Map<String, Long> symbols;
    private final long here;
    private int at;

    private Expression(String text, int line, Map<String, Long> symbols, long here) {
        this.text = text;
        this.line = line;
        this.symbols = symbols;
        this.here = here;
    }

    /** The value of {@code text}; {@code here} is the address of the statement it stands in. */
    static long evaluate(String text, int line, Map<String, Long> symbols, long here) {
        var expression = new Expression(text, line, symbols, here);
        long value = expression.sum();
        if (expression.at < text.length()) {
            throw expression.error("unexpected '" + text.substring(expression.at) + "'");
        }
        return value;
    }

    private long sum() {
        long value = term();
        while (at < text.length() && (peek() == '+' || peek() == '-')) {
            char operator = text.charAt(at++);
            long right = term();
            value = operator == '+' ? value + right : value - right;
        }
        return value;
    }

    private long term() {
        char c = peek();
        if (c == '-') {
            at++;
            return -term();
        }
        if (text.startsWith("%hi(", at) || text.startsWith("%lo(", at)) {
            boolean high = text.startsWith("%hi", at);
            at += 4;
            long value = sum();
            if (peek() != ')') {
                throw error("')' expected");
            }
            at++;
            return high ? value + 0x8000 >> 16 & 0xffff : (short) value;
        }
        if (c == '\'') {
            if (at + 2 >= text.length() || text.charAt(at + 2) != '\'') {
                throw error("a character constant is one character between two '");
            }
            at += 3;
            return text.charAt(at - 2);
        }
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_.$".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        skipBlanks();
        return value(word);
    }

    private long value(String word) {
        if (word.equals(".")) {
            return here;
        }
        if (word.isEmpty() || !Character.isDigit(word.charAt(0))) {
            Long value = symbols.get(word);
            if (value == null) {
                throw error(word.isEmpty() ? "a value is missing" : "unknown symbol '" + word + "'");
            }
            return value;
        }
        String digits = word.replace("_", "");
        try {
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                return Long.parseUnsignedLong(digits.substring(2), 16);
            }
            return digits.startsWith("0b") ? Long.parseUnsignedLong(digits.substring(2), 2) : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw error("'" + word + "' is no number of at most 64 bits");
        }
    }

    private char peek() {
        skipBlanks();
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private AssemblyException error(String message) {
        return new AssemblyException(line, message + (text.isBlank() ? "" : " in '" + text + "'"));
    }
}
