package org.xenomips.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.xenomips.bits.Bits;

/** What the assembler offers beyond the instruction table; every form becomes one or more instructions without side effects. */
final class PseudoInstructions {
    private PseudoInstructions() {}

    /**
     * The instructions that {@code statement} stands for: itself unless it is a pseudo-instruction. {@code constant} evaluates an
     * argument with the symbols known so far.
     */
    static List<Statement> expand(Statement statement, ToLongFunction<String> constant) {
        List<String> args = statement.arguments();
        return switch (statement.name() + "/" + args.size()) {
            case "nop/0" -> List.of(statement.with(0, "sll", "zero", "zero", "0"));
            case "ssnop/0" -> List.of(statement.with(0, "sll", "zero", "zero", "1"));
            case "move/2" -> List.of(statement.with(0, "or", args.get(0), args.get(1), "zero"));
            case "not/2" -> List.of(statement.with(0, "nor", args.get(0), args.get(1), "zero"));
            case "negu/2" -> List.of(statement.with(0, "subu", args.get(0), "zero", args.get(1)));
            case "dnegu/2" -> List.of(statement.with(0, "dsubu", args.get(0), "zero", args.get(1)));
            case "b/1" -> List.of(statement.with(0, "beq", "zero", "zero", args.get(0)));
            case "bal/1" -> List.of(statement.with(0, "bgezal", "zero", args.get(0)));
            case "beqz/2", "bnez/2" -> List.of(zeroBranch(statement, ""));
            case "beqzl/2", "bnezl/2" -> List.of(zeroBranch(statement, "l"));
            case "jalr/1" -> List.of(statement.with(0, "jalr", "ra", args.get(0)));
            case "la/2" -> List.of(statement.with(0, "lui", args.get(0), "%hi(" + args.get(1) + ")"),
                    statement.with(4, "addiu", args.get(0), args.get(0), "%lo(" + args.get(1) + ")"));
            case "li/2" -> loadWord(statement, constant.applyAsLong(args.get(1)));
            case "dli/2" -> loadDoubleword(statement, constant.applyAsLong(args.get(1)));
            default -> List.of(statement);
        };
    }

    private static Statement zeroBranch(Statement statement, String suffix) {
        String name = statement.name().substring(0, 3) + suffix;
        return statement.with(0, name, statement.arguments().get(0), "zero", statement.arguments().get(1));
    }

    /** A word is sign-extended, however it is written. */
    private static List<Statement> loadWord(Statement statement, long value) {
        if (value < Integer.MIN_VALUE || value > 0xffff_ffffL) {
            throw statement.error(String.format("0x%x has more than 32 bits; use dli", value));
        }
        return loadDoubleword(statement, Bits.signExtend(value, 32));
    }

    private static List<Statement> loadDoubleword(Statement statement, long value) {
        var statements = new ArrayList<Statement>();
        load(statement, value, statements);
        return statements;
    }

    private static void load(Statement statement, long value, List<Statement> out) {
        String register = statement.arguments().get(0);
        String low = Long.toString(value & 0xffff);
        if (value == (short) value) {
            out.add(statement.with(4 * out.size(), "addiu", register, "zero", Long.toString(value)));
        } else if (value >>> 16 == 0) {
            out.add(statement.with(4 * out.size(), "ori", register, "zero", low));
        } else {
            if (value == (int) value) {
                out.add(statement.with(4 * out.size(), "lui", register, Long.toString(value >>> 16 & 0xffff)));
            } else {
                load(statement, value >> 16, out);
                out.add(statement.with(4 * out.size(), "dsll", register, register, "16"));
            }
            if ((value & 0xffff) != 0) {
                out.add(statement.with(4 * out.size(), "ori", register, register, low));
            }
        }
    }
}
