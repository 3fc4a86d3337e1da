package org.xenomips.isa;

import java.util.List;
import java.util.Locale;

/**
 * Names of registers in assembler text: general registers as in the o32 calling convention, coprocessor 0 registers with
 * {@code c0_} before the manual's name, {@code f0}..{@code f31}; any register also as {@code $} and its number.
 *
 * @see "System V Application Binary Interface, MIPS RISC Processor Supplement, chapter 3"
 */
public final class RegisterNames {
    private static final List<String> GENERAL = List.of("zero", "at", "v0", "v1", "a0", "a1", "a2", "a3", "t0", "t1",
            "t2", "t3",
            "t4", "t5", "t6", "t7", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp", "sp",
            "fp",
            "ra");
    private static final List<String> CP0 = List.of("c0_index", "c0_random", "c0_entrylo0", "c0_entrylo1", "c0_context",
            "c0_pagemask", "c0_wired", "c0_info", "c0_badvaddr", "c0_count", "c0_entryhi", "c0_compare", "c0_status",
            "c0_cause",
            "c0_epc", "c0_prid", "c0_config", "c0_lladdr", "c0_watchlo", "c0_watchhi", "c0_xcontext", "$21", "$22",
            "$23", "$24",
            "$25", "c0_ecc", "c0_cacheerr", "c0_taglo", "c0_taghi", "c0_errorepc", "$31");

    private RegisterNames() {}

    /** The name of general register {@code number}, 0..31. */
    public static String general(int number) {
        return GENERAL.get(number);
    }

    /** The name of register {@code number}, 0..31, of the given kind. */
    public static String name(Operand.Kind kind, int number) {
        return switch (kind) {
            case GPR -> GENERAL.get(number);
            case FPR -> "f" + number;
            case CP0 -> CP0.get(number);
            case FPU_CONTROL -> "fcr" + number;
            default -> "$" + number;
        };
    }

    /**
     * The number of the register of the given kind that is called {@code name}, with or without {@code $}, in either case of
     * letters; -1 if there is none.
     */
    public static int number(Operand.Kind kind, String name) {
        String bare = (name.startsWith("$") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
        if (name.startsWith("$") && bare.matches("[0-9]|[12][0-9]|3[01]")) {
            return Integer.parseInt(bare);
        }
        if (kind == Operand.Kind.GPR && bare.equals("s8")) {
            return GENERAL.indexOf("fp");
        }
        for (int number = 0; number < 32; number++) {
            String candidate = name(kind, number);
            if (candidate.equals(bare) && !candidate.startsWith("$")) {
                return number;
            }
        }
        return -1;
    }
}
