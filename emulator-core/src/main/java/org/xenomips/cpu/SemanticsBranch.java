package org.xenomips.cpu;

import static org.xenomips.isa.Op.BEQ;
import static org.xenomips.isa.Op.BEQL;
import static org.xenomips.isa.Op.BGEZ;
import static org.xenomips.isa.Op.BGEZAL;
import static org.xenomips.isa.Op.BGEZALL;
import static org.xenomips.isa.Op.BGEZL;
import static org.xenomips.isa.Op.BGTZ;
import static org.xenomips.isa.Op.BGTZL;
import static org.xenomips.isa.Op.BLEZ;
import static org.xenomips.isa.Op.BLEZL;
import static org.xenomips.isa.Op.BLTZ;
import static org.xenomips.isa.Op.BLTZAL;
import static org.xenomips.isa.Op.BLTZALL;
import static org.xenomips.isa.Op.BLTZL;
import static org.xenomips.isa.Op.BNE;
import static org.xenomips.isa.Op.BNEL;

/**
 * Conditions of branches on general registers; all 64 bits count. Jumps have no meaning of their own: see {@link Executes}.
 *
 * @see "MIPS64 Architecture For Programmers Volume II"
 */
public final class SemanticsBranch {
    private SemanticsBranch() {}

    /** Taken if equal. */
    @Executes({ BEQ, BEQL })
    public static boolean beq(long rs, long rt) {
        return rs == rt;
    }

    /** Taken if not equal. */
    @Executes({ BNE, BNEL })
    public static boolean bne(long rs, long rt) {
        return rs != rt;
    }

    /** Taken if less than or equal to zero. */
    @Executes({ BLEZ, BLEZL })
    public static boolean blez(long rs) {
        return rs <= 0;
    }

    /** Taken if greater than zero. */
    @Executes({ BGTZ, BGTZL })
    public static boolean bgtz(long rs) {
        return rs > 0;
    }

    /** Taken if less than zero. */
    @Executes({ BLTZ, BLTZL, BLTZAL, BLTZALL })
    public static boolean bltz(long rs) {
        return rs < 0;
    }

    /** Taken if greater than or equal to zero. */
    @Executes({ BGEZ, BGEZL, BGEZAL, BGEZALL })
    public static boolean bgez(long rs) {
        return rs >= 0;
    }
}
