package org.xenomips.isa;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The assembler's directives that make data. */
final class Data {
    private static final int MAX_SPACE = 1 << 24;

    private Data() {}

    /** Size in bytes of what {@code directive} makes; symbols in sizes must be known already. */
    static int size(Statement directive, Map<String, Long> symbols) {
        return switch (directive.name()) {
            case ".dword" -> 8 * values(directive);
            case ".word" -> 4 * values(directive);
            case ".half" -> 2 * values(directive);
            case ".byte" -> values(directive);
            case ".ascii" -> text(directive).length;
            case ".asciz" -> text(directive).length + 1;
            case ".space" -> (int) number(directive, symbols, MAX_SPACE);
            case ".align" -> (int) (-directive.address() & (1L << number(directive, symbols, 20)) - 1);
            default -> throw directive.error("unknown directive '" + directive.name() + "'");
        };
    }

    /** Writes what {@code directive} makes to {@code bytes}, which are zero, from index {@code at}. */
    static void write(Statement directive, Map<String, Long> symbols, byte[] bytes, int at) {
        switch (directive.name()) {
            case ".ascii", ".asciz" -> {
                byte[] text = text(directive);
                System.arraycopy(text, 0, bytes, at, text.length);
            }
            case ".dword", ".word", ".half", ".byte" -> {
                int size = size(directive, symbols) / values(directive);
                int next = at;
                for (String argument : directive.arguments()) {
                    long value = Expression.evaluate(argument, directive.line(), symbols, directive.address());
                    int bits = 8 * size;
                    if (size < 8 && value >> bits != 0 && value >> bits - 1 != -1) {
                        throw directive.error("'" + argument + "' does not fit in " + size + " bytes");
                    }
                    put(bytes, next, size, value);
                    next += size;
                }
            }
            default -> {
                // .space and .align leave zeros.
            }
        }
    }

    /** Stores the low {@code size} bytes of {@code value}, most significant first. */
    static void put(byte[] bytes, int at, int size, long value) {
        for (int i = 0; i < size; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (size - 1 - i));
        }
    }

    private static int values(Statement directive) {
        if (directive.arguments().isEmpty()) {
            throw directive.error(directive.name() + " needs a value");
        }
        return directive.arguments().size();
    }

    private static long number(Statement directive, Map<String, Long> symbols, long max) {
        if (directive.arguments().size() != 1) {
            throw directive.error(directive.name() + " takes one number");
        }
        long value = Expression.evaluate(directive.arguments().getFirst(), directive.line(), symbols,
                directive.address());
        if (value < 0 || value > max) {
            throw directive.error(directive.name() + " takes a number of at most " + max);
        }
        return value;
    }

    private static byte[] text(Statement directive) {
        String quoted = directive.arguments().size() == 1 ? directive.arguments().getFirst() : "";
        if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
            throw directive.error(directive.name() + " takes one string between double quotes");
        }
        try {
            return quoted.substring(1, quoted.length() - 1).translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw directive.error("in " + quoted + " a backslash is followed by something without meaning");
        }
    }
}
