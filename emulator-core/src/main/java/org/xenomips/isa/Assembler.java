package org.xenomips.isa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A small assembler for tests, tools and built-in programs.
 *
 * <p>One statement per line: {@code label: mnemonic operands # comment}. Instructions are those of {@link Op} in their syntax,
 * operands that may be absent when 0 included; nothing is reordered and no delay slot is filled. Beyond the table:
 * {@code nop ssnop move not negu dnegu b bal beqz bnez beqzl bnezl}, {@code jalr rs}, {@code la rt, label}, {@code li rt, word}
 * (sign-extended) and {@code dli rt, doubleword}. Directives: {@code .word .dword .half .byte} with values, {@code .ascii} and
 * {@code .asciz} with a quoted string, {@code .space bytes}, {@code .align log2}, {@code name = value}. Values: see
 * {@link Expression}. Data is big-endian; the program is filled to a whole word.
 */
public final class Assembler {
    private final Map<String, Long> symbols = new HashMap<>();
    private final List<Statement> statements = new ArrayList<>();
    private final long start;
    private long address;

    private Assembler(long start) {
        this.start = start;
        this.address = start;
    }

    /**
     * What came of a text.
     *
     * @param address virtual address of the first word
     * @param words   the code and data
     * @param symbols values of all labels and names
     */
    public record Program(long address, int[] words, Map<String, Long> symbols) {
        /** The address of {@code label}, which must exist. */
        public long label(String label) {
            Long value = symbols.get(label);
            if (value == null) {
                throw new IllegalArgumentException("no label " + label);
            }
            return value;
        }

        /** The program as bytes of a big-endian machine. */
        public byte[] bytes() {
            var bytes = new byte[4 * words.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (words[i >> 2] >>> 24 - 8 * (i & 3));
            }
            return bytes;
        }
    }

    /**
     * Assembles {@code text} for execution at virtual {@code address}, a multiple of 4.
     *
     * @throws AssemblyException for the first mistake
     */
    public static Program assemble(String text, long address) {
        var assembler = new Assembler(address);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            assembler.read(line, ++number);
        }
        return assembler.write();
    }

    /** Assembles one instruction at address 0. */
    public static int assemble(String instruction) {
        int[] words = assemble(instruction, 0).words();
        if (words.length != 1) {
            throw new AssemblyException(1, "one instruction expected, '" + instruction + "' makes " + words.length);
        }
        return words[0];
    }

    /** First pass: splits a line, places its statement and defines its labels. */
    private void read(String line, int number) {
        int comment = find('#', line, 0);
        String rest = (comment < 0 ? line : line.substring(0, comment)).strip();
        for (int colon = find(':', rest, 0); colon >= 0; colon = find(':', rest, 0)) {
            define(rest.substring(0, colon).strip(), address, number);
            rest = rest.substring(colon + 1).strip();
        }
        if (rest.isEmpty()) {
            return;
        }
        int equals = find('=', rest, 0);
        if (equals >= 0) {
            long value = Expression.evaluate(rest.substring(equals + 1).strip(), number, symbols, address);
            define(rest.substring(0, equals).strip(), value, number);
            return;
        }
        String[] parts = rest.split("\\s+", 2);
        String name = parts[0].toLowerCase(Locale.ROOT);
        List<String> arguments = parts.length == 1 ? List.of() : arguments(parts[1]);
        var statement = new Statement(number, address, name, arguments);
        if (name.startsWith(".")) {
            statements.add(statement);
            address += Data.size(statement, symbols);
            return;
        }
        if ((address & 3) != 0) {
            throw statement.error(String.format("instruction at 0x%x, which is no multiple of 4", address));
        }
        for (Statement real : PseudoInstructions.expand(statement,
                text -> Expression.evaluate(text, number, symbols, statement.address()))) {
            statements.add(real);
            address += 4;
        }
    }

    /** Second pass: all labels are known. */
    private Program write() {
        long size = address - start;
        var bytes = new byte[Math.toIntExact(size + 3 & ~3L)];
        for (Statement statement : statements) {
            int at = (int) (statement.address() - start);
            if (statement.name().startsWith(".")) {
                Data.write(statement, symbols, bytes, at);
            } else {
                Data.put(bytes, at, 4, Encoder.encode(statement, symbols));
            }
        }
        var words = new int[bytes.length / 4];
        Arrays.setAll(words, i -> bytes[4 * i] << 24 | (bytes[4 * i + 1] & 0xff) << 16 | (bytes[4 * i + 2] & 0xff) << 8
                | bytes[4 * i + 3] & 0xff);
        return new Program(start, words, Map.copyOf(symbols));
    }

    private void define(String name, long value, int line) {
        if (!name.matches("[A-Za-z_][\\w.]*")) {
            throw new AssemblyException(line, "'" + name + "' cannot be a name");
        }
        if (symbols.putIfAbsent(name, value) != null) {
            throw new AssemblyException(line, "'" + name + "' is defined twice");
        }
    }

    /** Index of the first {@code wanted} in {@code text} from {@code from} on that is not inside quotes; -1 if there is none. */
    private static int find(char wanted, String text, int from) {
        char quote = '\0';
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != '\0') {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = '\0';
                }
            } else if (c == wanted) {
                return i;
            } else if (c == '"' || c == '\'') {
                quote = c;
            }
        }
        return -1;
    }

    private static List<String> arguments(String text) {
        var arguments = new ArrayList<String>();
        int start = 0;
        for (int comma = find(',', text, 0); comma >= 0; comma = find(',', text, start)) {
            arguments.add(text.substring(start, comma).strip());
            start = comma + 1;
        }
        arguments.add(text.substring(start).strip());
        return List.copyOf(arguments);
    }
}
