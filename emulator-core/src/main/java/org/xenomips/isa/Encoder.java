package org.xenomips.isa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the operands of one instruction into its pattern. */
final class Encoder {
    private static final Map<String, Op> MNEMONICS = new HashMap<>();
    private static final Map<String, Integer> COMPARISONS = new HashMap<>();

    static {
        for (Op op : Op.values()) {
            if (op == Op.RESERVED) {
                continue;
            }
            if (op.operand(Operand.COND.text()) == null) {
                MNEMONICS.put(op.mnemonic(), op);
                continue;
            }
            for (int cond = 0; cond < Conditions.NAMES.size(); cond++) {
                String name = op.mnemonic().replace(Operand.COND.text(), Conditions.NAMES.get(cond));
                MNEMONICS.put(name, op);
                COMPARISONS.put(name, cond);
            }
        }
    }

    private final Statement statement;
    private final Map<String, Long> symbols;

    private Encoder(Statement statement, Map<String, Long> symbols) {
        this.statement = statement;
        this.symbols = symbols;
    }

    /** The instruction of this mnemonic, or null. */
    static @Nullable Op find(String mnemonic) {
        return MNEMONICS.get(mnemonic);
    }

    /** The word of an instruction statement. */
    static int encode(Statement statement, Map<String, Long> symbols) {
        return new Encoder(statement, symbols).encode();
    }

    private int encode() {
        Op op = find(statement.name());
        if (op == null) {
            throw statement.error("unknown instruction '" + statement.name() + "'");
        }
        int word = op.value();
        Integer comparison = COMPARISONS.get(statement.name());
        if (comparison != null) {
            word = Operand.COND.put(word, comparison);
        }
        List<String> places = places(op);
        for (int i = 0; i < places.size(); i++) {
            String place = places.get(i);
            String argument = statement.arguments().get(i);
            int parenthesis = place.indexOf('(');
            if (parenthesis < 0) {
                word = put(word, op, place, argument);
                continue;
            }
            int open = argument.lastIndexOf('(');
            if (open < 0 || !argument.endsWith(")")) {
                throw statement.error("'" + argument + "' is not of the form " + place);
            }
            String before = argument.substring(0, open).strip();
            String inside = argument.substring(open + 1, argument.length() - 1).strip();
            word = put(word, op, place.substring(0, parenthesis), before.isEmpty() ? "0" : before);
            word = put(word, op, place.substring(parenthesis + 1, place.length() - 1), inside);
        }
        return word;
    }

    /** The operands of the syntax that the statement has arguments for: all, or all without the optional ones. */
    private List<String> places(Op op) {
        int space = op.syntax().indexOf(' ');
        List<String> all = space < 0 ? List.of() : List.of(op.syntax().substring(space + 1).split(", ", -1));
        int given = statement.arguments().size();
        if (given == all.size()) {
            return all;
        }
        var required = new ArrayList<String>();
        for (String place : all) {
            Operand operand = op.operand(place);
            if (operand == null || operand.kind() != Operand.Kind.OPTIONAL) {
                required.add(place);
            }
        }
        if (given != required.size()) {
            throw statement.error("'" + op.syntax() + "' expected, but there are " + given + " operands");
        }
        return required;
    }

    private int put(int word, Op op, String name, String argument) {
        Operand operand = op.operand(name);
        if (operand == null) {
            throw new IllegalStateException(op + " has no operand " + name);
        }
        long value = switch (operand.kind()) {
            case GPR, FPR, CP0, CP0_SET1, FPU_CONTROL, CP2 -> register(operand, argument);
            case BRANCH -> branch(evaluate(argument));
            case TARGET -> target(evaluate(argument));
            default -> evaluate(argument);
        };
        if (!operand.fits(value)) {
            String range = operand.isSigned()
                    ? -(1 << operand.width() - 1) + ".." + ((1 << operand.width() - 1) - 1)
                    : "0.." + ((1 << operand.width()) - 1);
            throw statement.error("'" + argument + "' = " + value + " is not in the range of " + name + ", " + range);
        }
        return operand.put(word, (int) value);
    }

    private int register(Operand operand, String argument) {
        int number = RegisterNames.number(operand.kind(), argument);
        if (number < 0) {
            throw statement.error("'" + argument + "' is no register for " + operand.text());
        }
        return number;
    }

    private long evaluate(String argument) {
        return Expression.evaluate(argument, statement.line(), symbols, statement.address());
    }

    /** Distance in instructions from the delay slot; addresses may be written with 32 bits. */
    private long branch(long destination) {
        long slot = statement.address() + 4;
        boolean extend = slot < 0 && destination >>> 32 == 0;
        requireAligned(destination);
        return (extend ? (int) destination : destination) - slot >> 2;
    }

    private long target(long destination) {
        long slot = statement.address() + 4;
        requireAligned(destination);
        if (((destination ^ slot) & 0xf000_0000L) != 0) {
            throw statement.error(
                    String.format("0x%x is not in the 256 MB region of the delay slot at 0x%x", destination, slot));
        }
        return destination >>> 2 & 0x3ff_ffff;
    }

    private void requireAligned(long destination) {
        if ((destination & 3) != 0) {
            throw statement.error(String.format("0x%x is not the address of an instruction", destination));
        }
    }
}
