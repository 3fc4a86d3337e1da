package org.xenomips.cpu;

import static org.xenomips.isa.Op.PREF;
import static org.xenomips.isa.Op.PREFX;
import static org.xenomips.isa.Op.SYNC;

/**
 * Instructions without effect on this machine.
 *
 * @see "MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsHint {
    private SemanticsHint() {}

    /** Does nothing: accesses are in order, and there is no cache to fill. */
    @Executes({ SYNC, PREF, PREFX })
    public static void nothing() {}
}
