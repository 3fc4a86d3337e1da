package org.xenomips.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xenomips.isa.IsaLevel;

/** Random floating-point instructions and operands. */
final class FloatText {
    private static final long[] SINGLES = {
            0,
            0x8000_0000L,
            0x3f80_0000L,
            0xbf80_0000L,
            1,
            0x8000_0001L,
            0x0080_0000L,
            0x007f_ffffL,
            0x7f7f_ffffL,
            0xff7f_ffffL,
            0x7f80_0000L,
            0xff80_0000L,
            0x7fbf_ffffL,
            0x7fc0_0000L,
            0x4f00_0000L,
            0xcf00_0000L,
            0x5f00_0000L,
            0x3f00_0000L,
            0x4020_0000L,
            0x4b80_0000L };
    private static final long[] DOUBLES = {
            0,
            Long.MIN_VALUE,
            0x3ff0_0000_0000_0000L,
            0xbff0_0000_0000_0000L,
            1,
            0x8000_0000_0000_0001L,
            0x0010_0000_0000_0000L,
            0x000f_ffff_ffff_ffffL,
            0x7fef_ffff_ffff_ffffL,
            0xffef_ffff_ffff_ffffL,
            0x7ff0_0000_0000_0000L,
            0xfff0_0000_0000_0000L,
            0x7ff7_ffff_ffff_ffffL,
            0x7ff8_0000_0000_0000L,
            0x41df_ffff_ffe0_0000L,
            0xc1e0_0000_0000_0000L,
            0x43e0_0000_0000_0000L,
            0x3fe0_0000_0000_0000L,
            0x4004_0000_0000_0000L,
            0x47ef_ffff_f000_0000L,
            0x3810_0000_0000_0000L,
            0x36a0_0000_0000_0000L };

    private final Random random;
    private final boolean fr;
    private boolean invalidTraps;

    FloatText(Random random, boolean fr) {
        this.random = random;
        this.fr = fr;
    }

    /** Register contents that are numbers of either format. */
    long[] patterns(int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (random.nextInt(5)) {
                case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
                case 1 -> SINGLES[random.nextInt(SINGLES.length)] | (long) random.nextInt() << 32;
                case 2 -> Double
                        .doubleToRawLongBits((random.nextInt(2001) - 1000) * Math.scalb(1.0, random.nextInt(60) - 30));
                case 3 -> Float.floatToRawIntBits(random.nextFloat() * 1000) | (long) random.nextInt() << 32;
                default ->
                    Double.doubleToRawLongBits(Math.scalb(random.nextDouble() - 0.5, random.nextInt(2100) - 1050));
            };
        }
        return values;
    }

    /** An operation with what must stand around it; labels that begin with {@code label} are free for use. */
    List<String> item(IsaLevel level, boolean cop1x, boolean invalidTraps, String label) {
        boolean mips4 = level.includes(IsaLevel.MIPS4);
        this.invalidTraps = invalidTraps;
        return switch (random.nextInt(mips4 && fr ? 13 : 9)) {
            case 0, 1, 2 -> arithmetic(label);
            case 3 -> conversion(label);
            case 4 -> List.of(comparison(mips4));
            case 5 -> List.of(move());
            case 6 -> List.of(memory());
            case 7 -> control();
            case 8 -> invalidTraps ? arithmetic(label) : signChange(label);
            case 9 -> reciprocal(label);
            case 10 -> List.of(conditionalMove());
            case 11 -> cop1x && !invalidTraps ? multiplyAdd(label) : arithmetic(label);
            default -> cop1x ? indexed() : List.of(memory());
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String format() {
        return pick("s", "d");
    }

    private int register(boolean doubleword) {
        int number = random.nextInt(32);
        return doubleword && !fr ? number & ~1 : number;
    }

    private String f(String format) {
        return "f" + register(!format.equals("s") && !format.equals("w"));
    }

    /**
     * What makes sure that two registers hold numbers, or, if {@code nans} are welcome, NaNs that all agree about: some
     * implementations return the default NaN where others return the operand.
     */
    private List<String> numbers(String format, String first, String second, boolean nans, String label) {
        List<String> lines = new ArrayList<>();
        if (invalidTraps) {
            for (String register : List.of(first, second)) {
                if (nans && random.nextInt(3) == 0) {
                    lines.addAll(constant(format, register));
                } else {
                    lines.addAll(List.of("andi $1, $%d, 0x7fff".formatted(random.nextInt(26)), "mtc1 $1, " + register,
                            "cvt.%s.w %s, %s".formatted(format, register, register)));
                }
            }
            return lines;
        }
        lines.addAll(List.of("c.un.%s %s, %s".formatted(format, first, second), "bc1f %sn".formatted(label), "nop"));
        for (String register : List.of(first, second)) {
            lines.addAll(nans && random.nextBoolean()
                    ? constant(format, register)
                    : List.of((format.equals("s") ? "mtc1 zero, " : "dmtc1 zero, ") + register));
        }
        lines.add(label + "n:");
        return lines;
    }

    private List<String> constant(String format, String register) {
        if (format.equals("s")) {
            return List.of("li $1, " + pick("0x7fbfffff", "0x7fffffff", "0x7f800000", "0xffffffffff800000", "0"),
                    "mtc1 $1, " + register);
        }
        return List.of("dli $1, " + pick("0x7ff7ffffffffffff", "0x7fffffffffffffff", "0x7ff0000000000000", "0"),
                "dmtc1 $1, " + register);
    }

    private List<String> arithmetic(String label) {
        String format = format();
        String first = f(format);
        String second = f(format);
        List<String> lines = new ArrayList<>(numbers(format, first, second, true, label));
        lines.add(random.nextInt(5) == 0
                ? "%s.%s %s, %s".formatted(pick("sqrt", "sqrt", "mov"), format, f(format), first)
                : "%s.%s %s, %s, %s".formatted(pick("add", "sub", "mul", "div"), format, f(format), first, second));
        return lines;
    }

    private List<String> conversion(String label) {
        String from = format();
        String integer = fr ? pick("w", "l") : "w";
        return switch (random.nextInt(4)) {
            case 0 -> {
                String source = f(from);
                String to = from.equals("s") ? "d" : "s";
                List<String> lines = new ArrayList<>(numbers(from, source, source, false, label));
                lines.add("cvt.%s.%s %s, %s".formatted(to, from, f(to), source));
                yield lines;
            }
            case 1 -> List.of("cvt.%s.%s %s, %s".formatted(from, integer, f(from), f(integer)));
            case 2 -> List.of("cvt.%s.%s %s, %s".formatted(integer, from, f(integer), f(from)));
            default -> List.of("%s.%s.%s %s, %s".formatted(pick("round", "trunc", "ceil", "floor"), integer, from,
                    f(integer), f(from)));
        };
    }

    private String comparison(boolean mips4) {
        String format = format();
        return "c.%s.%s %d, %s, %s"
                .formatted(pick("f", "un", "eq", "ueq", "olt", "ult", "ole", "ule", "sf", "ngle", "seq",
                        "ngl", "lt", "nge", "le", "ngt"), format, mips4 ? random.nextInt(8) : 0, f(format), f(format));
    }

    private String move() {
        return switch (random.nextInt(4)) {
            case 0 -> "mtc1 $%d, %s".formatted(random.nextInt(26), f("s"));
            case 1 -> "dmtc1 $%d, %s".formatted(random.nextInt(26), f("d"));
            case 2 -> "mfc1 $%d, %s".formatted(2 + random.nextInt(24), f("s"));
            default -> "dmfc1 $%d, %s".formatted(2 + random.nextInt(24), f("d"));
        };
    }

    private String memory() {
        boolean wide = random.nextBoolean();
        int offset = random.nextInt(8 * GuestSuite.WINDOW_DOUBLEWORDS);
        if (random.nextInt(40) != 0) {
            offset &= wide ? -8 : -4;
        }
        return "%s %s, %d(gp)".formatted(wide ? pick("ldc1", "sdc1") : pick("lwc1", "swc1"), f(wide ? "d" : "s"),
                offset);
    }

    /** Reads FCR31, or changes flags and rounding mode. */
    private List<String> control() {
        if (random.nextBoolean()) {
            return List.of("cfc1 $%d, fcr31".formatted(2 + random.nextInt(24)));
        }
        // Causes go, so that none of them meets its enable; conditions and enables stay.
        return List.of("cfc1 $1, fcr31", "lui $2, 0xfffc", "ori $2, $2, 0xfff", "and $1, $1, $2",
                "xori $1, $1, %d".formatted(random.nextInt(128)), "ctc1 $1, fcr31");
    }

    /** NEG and ABS differ in what they do to NaNs, and whether they write FCR31.Cause: a comparison does it for them. */
    private List<String> signChange(String label) {
        String format = format();
        String source = f(format);
        String target = f(format);
        List<String> lines = new ArrayList<>(numbers(format, source, source, false, label));
        lines.addAll(List.of("%s.%s %s, %s".formatted(pick("neg", "abs"), format, target, source),
                "c.un.%s %s, %s".formatted(format, target, target)));
        return lines;
    }

    private List<String> reciprocal(String label) {
        String format = format();
        String source = f(format);
        List<String> lines = new ArrayList<>(numbers(format, source, source, true, label));
        lines.add("%s.%s %s, %s".formatted(pick("recip", "rsqrt"), format, f(format), source));
        return lines;
    }

    /** The sign of a NaN that NMADD or NMSUB returns is anybody's guess, so NaNs are replaced. */
    private List<String> multiplyAdd(String label) {
        String format = format();
        String first = f(format);
        String second = f(format);
        String addend = f(format);
        String target = f(format);
        List<String> lines = new ArrayList<>(numbers(format, addend, addend, true, label + "a"));
        lines.addAll(numbers(format, first, second, true, label));
        lines.addAll(List.of(
                "%s.%s %s, %s, %s, %s".formatted(pick("madd", "msub", "nmadd", "nmsub"), format, target, addend,
                        first, second),
                "c.un.%s %s, %s".formatted(format, target, target), "bc1f " + label, "nop",
                "dmtc1 zero, " + target, label + ":"));
        return lines;
    }

    private String conditionalMove() {
        String format = format();
        return random.nextBoolean()
                ? "%s.%s %s, %s, %d".formatted(pick("movf", "movt"), format, f(format), f(format), random.nextInt(8))
                : "%s.%s %s, %s, $%d".formatted(pick("movz", "movn"), format, f(format), f(format), random.nextInt(26));
    }

    private List<String> indexed() {
        String select = "andi $1, $%d, %d".formatted(random.nextInt(26), 8 * GuestSuite.WINDOW_DOUBLEWORDS - 8);
        String access = switch (random.nextInt(4)) {
            case 0 -> "lwxc1 %s, $1(gp)".formatted(f("s"));
            case 1 -> "ldxc1 %s, $1(gp)".formatted(f("d"));
            case 2 -> "swxc1 %s, $1(gp)".formatted(f("s"));
            default -> "sdxc1 %s, $1(gp)".formatted(f("d"));
        };
        return List.of(select, access);
    }
}
