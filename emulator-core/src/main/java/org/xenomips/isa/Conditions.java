package org.xenomips.isa;

import java.util.List;

/** The sixteen comparisons of C.cond.fmt, by number. MIPS64 Vol. II, C.cond.fmt, tables of comparisons. */
final class Conditions {
    /** Names; the index is the value of the {@code cond} field. */
    static final List<String> NAMES = List.of("f", "un", "eq", "ueq", "olt", "ult", "ole", "ule", "sf", "ngle", "seq",
            "ngl", "lt",
            "nge", "le", "ngt");

    private Conditions() {}
}
