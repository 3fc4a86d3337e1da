package org.xenomips.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xenomips.isa.IsaLevel;

/**
 * Random cases whose outcome the architecture defines. What differs legitimately between implementations is kept out: division by
 * zero, words that are not sign-extended where the manual calls the result unpredictable, SC without its LL, flush to zero, the sign
 * of negated NaNs.
 */
final class CaseGenerator {
    private static final int ITEMS = 30;
    private static final long[] EDGES = {
            0,
            1,
            -1,
            0x7fff_ffffL,
            0xffff_ffff_8000_0000L,
            0x8000_0000L,
            0xffff_ffffL,
            0x1_0000_0000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0x1234_5678_9abc_def0L };

    private final Random random;
    private final IsaLevel level;
    private final boolean cop1x;
    private int labels;
    /** The case being made: Status.FR, and whether invalid operations trap. */
    private boolean fr;
    private boolean invalidTraps;

    /** Makes cases for a processor of {@code level}, with or without the indexed loads and multiply-adds of MIPS IV. */
    CaseGenerator(Random random, IsaLevel level, boolean cop1x) {
        this.random = random;
        this.cop1x = cop1x;
        this.level = level;
    }

    GuestCase next(String name) {
        labels = 0;
        fr = random.nextInt(4) != 0;
        int fcr31 = random.nextInt(4) | random.nextInt(32) << 2;
        if (random.nextInt(4) == 0) {
            // An enabled underflow trap is left out: it is due on exact tiny results, which not everybody implements.
            fcr31 |= (random.nextInt(32) & ~2) << 7;
        }
        invalidTraps = (fcr31 & 1 << 11) != 0;
        List<List<String>> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(item());
        }
        int status = fr ? GuestSuite.STATUS : GuestSuite.STATUS & ~GuestSuite.STATUS_FR;
        return new GuestCase(name, integers(32), integers(2), new FloatText(random, true).patterns(32),
                integers(GuestSuite.WINDOW_DOUBLEWORDS), fcr31, status, List.copyOf(items), "");
    }

    private long[] integers(int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (random.nextInt(4)) {
                case 0 -> EDGES[random.nextInt(EDGES.length)];
                case 1 -> random.nextInt();
                case 2 -> random.nextLong() >> random.nextInt(64);
                default -> random.nextLong();
            };
        }
        return values;
    }

    private List<String> item() {
        return switch (random.nextInt(12)) {
            case 0 -> wordArithmetic();
            case 1 -> division();
            case 2 -> branch();
            case 3 -> random.nextInt(3) == 0 ? loop() : jump();
            case 4 -> random.nextInt(4) == 0 ? linkedStore() : unaligned();
            case 5, 6, 7, 8 -> new FloatText(random, fr).item(level, cop1x, invalidTraps, "@" + label());
            default -> List.of(simple());
        };
    }

    private int label() {
        return labels++;
    }

    /** A register that may be read. */
    private String source() {
        int number = random.nextInt(30);
        return "$" + (number < 26 ? number : number + 2);
    }

    /** A register that may be written. */
    private String target() {
        int number = random.nextInt(26);
        return "$" + (number == 25 ? 31 : number + 1);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** One instruction that may stand anywhere, delay slots included. */
    private String simple() {
        return switch (random.nextInt(9)) {
            // A sum with $0 is a mere move to some, whether or not the word is sign-extended.
            case 0 -> random.nextBoolean()
                    ? "%s %s, %s, %s".formatted(pick("addu", "subu"), target(), target(), target())
                    : "%s %s, %s, %s".formatted(pick("daddu", "dsubu", "dadd", "dsub"), target(), source(), source());
            case 1 -> "%s %s, %s, %s".formatted(pick("and", "or", "xor", "nor", "slt", "sltu", "sllv", "srlv", "dsllv",
                    "dsrlv", "dsrav"), target(), source(), source());
            case 2 -> "%s %s, %s, %d".formatted(pick("addiu", "daddiu", "daddi", "slti", "sltiu"), target(), source(),
                    (short) random.nextInt());
            case 3 ->
                "%s %s, %s, %d".formatted(pick("andi", "ori", "xori"), target(), source(), random.nextInt(0x1_0000));
            case 4 ->
                "%s %s, %s, %d".formatted(pick("sll", "srl", "dsll", "dsrl", "dsra", "dsll32", "dsrl32", "dsra32"),
                        target(), source(), random.nextInt(32));
            case 5 -> pick("%s %s, %s".formatted(pick("mult", "multu", "dmult", "dmultu"), source(), source()),
                    "%s %s".formatted(pick("mfhi", "mflo"), target()),
                    "%s %s".formatted(pick("mthi", "mtlo"), source()),
                    "lui %s, %d".formatted(target(), random.nextInt(0x1_0000)));
            case 6, 7 -> memory();
            default -> levelDependent();
        };
    }

    private String levelDependent() {
        if (random.nextInt(4) == 0) {
            return pick("%s %s, %s".formatted(pick("tge", "tgeu", "tlt", "tltu", "teq", "tne"), source(), source()),
                    "%s %s, %d".formatted(pick("tgei", "tgeiu", "tlti", "tltiu", "teqi", "tnei"), source(),
                            (short) random.nextInt()),
                    "syscall", "break", "sync");
        }
        if (level == IsaLevel.MIPS64 && random.nextBoolean()) {
            return "%s %s, %s".formatted(pick("dclz", "dclo"), target(), source());
        }
        if (level.includes(IsaLevel.MIPS4)) {
            return pick("%s %s, %s, %s".formatted(pick("movz", "movn"), target(), source(), source()),
                    "%s %s, %s, %d".formatted(pick("movf", "movt"), target(), source(), random.nextInt(8)));
        }
        return "%s %s, %s, %s".formatted(pick("or", "daddu"), target(), source(), source());
    }

    /** A load or store in the window; few are misaligned. */
    private String memory() {
        int kind = random.nextInt(11);
        String[] names = { "lb", "lbu", "sb", "lh", "lhu", "sh", "lw", "lwu", "sw", "ld", "sd" };
        int size = kind < 3 ? 1 : kind < 6 ? 2 : kind < 9 ? 4 : 8;
        int offset = random.nextInt(8 * GuestSuite.WINDOW_DOUBLEWORDS);
        if (random.nextInt(40) != 0) {
            offset &= -size;
        }
        boolean middle = random.nextBoolean();
        String register = names[kind].startsWith("s") ? source() : target();
        return "%s %s, %d(%s)".formatted(names[kind], register,
                middle ? offset - 4 * GuestSuite.WINDOW_DOUBLEWORDS : offset, middle ? "sp" : "gp");
    }

    private List<String> unaligned() {
        int offset = random.nextInt(8 * GuestSuite.WINDOW_DOUBLEWORDS);
        String register = target();
        String name = pick("lwl", "lwr", "swl", "swr", "ldl", "ldr", "sdl", "sdr");
        // A partial LWR leaves the upper half to the implementation unless it is the sign already.
        return List.of("sll %s, %s, 0".formatted(register, register),
                "%s %s, %d(gp)".formatted(name, register, offset));
    }

    private List<String> linkedStore() {
        boolean wide = random.nextBoolean();
        int offset = random.nextInt(8 * GuestSuite.WINDOW_DOUBLEWORDS) & (wide ? -8 : -4);
        return List.of("%s %s, %d(gp)".formatted(wide ? "lld" : "ll", target(), offset),
                "move $1, %s".formatted(source()), "%s $1, %d(gp)".formatted(wide ? "scd" : "sc", offset));
    }

    /** Operations on words that want their operands sign-extended. */
    private List<String> wordArithmetic() {
        String left = target();
        String right = target();
        String operation = switch (random.nextInt(5)) {
            case 0 -> "addi %s, %s, %d".formatted(target(), left, (short) random.nextInt());
            case 1 -> "sra %s, %s, %d".formatted(target(), left, random.nextInt(32));
            case 2 -> "srav %s, %s, %s".formatted(target(), left, right);
            case 3 -> level != IsaLevel.MIPS64
                    ? "sub %s, %s, %s".formatted(target(), left, right)
                    : pick("%s %s, %s".formatted(pick("clz", "clo"), target(), left),
                            "%s %s, %s".formatted(pick("madd", "maddu", "msub", "msubu"), left, right),
                            "mul %s, %s, %s".formatted(target(), left, right));
            default -> "%s %s, %s, %s".formatted(pick("add", "sub"), target(), left, right);
        };
        return List.of("sll %s, %s, 0".formatted(left, left), "sll %s, %s, 0".formatted(right, right), operation);
    }

    private List<String> division() {
        String dividend = target();
        if (random.nextBoolean()) {
            return List.of("ori $1, %s, 1".formatted(source()),
                    "%s %s, $1".formatted(pick("ddiv", "ddivu"), dividend));
        }
        return List.of("sll %s, %s, 0".formatted(dividend, dividend), "sll $1, %s, 0".formatted(source()),
                "ori $1, $1, 1",
                "%s %s, $1".formatted(pick("div", "divu"), dividend));
    }

    private List<String> branch() {
        int label = label();
        // A condition that is false by its encoding makes the slot an ordinary instruction to some: its exceptions differ.
        int left = 1 + random.nextInt(25);
        int right = (left + 1 + random.nextInt(25)) % 26;
        String condition = switch (random.nextInt(4)) {
            case 0 -> "%s $%d, $%d,".formatted(pick("beq", "bne", "beql", "bnel"), left, right);
            case 1 -> "%s $%d,".formatted(pick("beqz", "bnez", "beqzl", "bnezl"), left);
            case 2 -> "%s %d,".formatted(pick("bc1f", "bc1t", "bc1fl", "bc1tl"),
                    level.includes(IsaLevel.MIPS4) ? random.nextInt(8) : 0);
            // Not $31, which a linking branch may not test.
            default -> "%s $%d,".formatted(pick("blez", "bgtz", "bltz", "bgez", "blezl", "bgtzl", "bltzl", "bgezl",
                    "bltzal", "bgezal", "bltzall", "bgezall"), left);
        };
        List<String> lines = new ArrayList<>(List.of("%s @%d".formatted(condition, label), simple()));
        for (int skipped = random.nextInt(3); skipped >= 0; skipped--) {
            lines.add(simple());
        }
        lines.add("@%d:".formatted(label));
        return lines;
    }

    private List<String> jump() {
        int label = label();
        String there = "@%d".formatted(label);
        List<String> lines = new ArrayList<>();
        switch (random.nextInt(4)) {
            case 0 -> lines.add(pick("j ", "jal ") + there);
            case 1 -> lines.add("bal " + there);
            case 2 -> lines.addAll(List.of("la $1, " + there, "jr $1"));
            default -> lines.addAll(List.of("la $1, " + there, "jalr $%d, $1".formatted(2 + random.nextInt(24))));
        }
        lines.add(simple());
        lines.add(simple());
        lines.add(there + ":");
        return lines;
    }

    private List<String> loop() {
        int label = label();
        List<String> lines = new ArrayList<>(
                List.of("li s8, %d".formatted(1 + random.nextInt(4)), "@%d:".formatted(label)));
        for (int i = random.nextInt(3); i >= 0; i--) {
            lines.add(simple());
        }
        lines.addAll(
                List.of("addiu s8, s8, -1", "%s s8, @%d".formatted(pick("bnez", "bgtz", "bnezl"), label), simple()));
        return lines;
    }
}
