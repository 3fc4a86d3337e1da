package org.xenomips.jit.region;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.xenomips.isa.Trait;

/**
 * What a caller must know about a function to make it part of its region.
 *
 * @param instructions the addresses of those that were executed; empty if there are too many or some only the interpreter does
 * @param loops it branches backwards, or ends with a jump to another function that is far away
 */
record SmallFunction(Set<Long> instructions, boolean loops) {
    /** Longest function that is made part of the region of its caller. */
    private static final int LONGEST = 40;

    private static final SmallFunction UNSUITABLE = new SmallFunction(Set.of(), true);

    /**
     * The function at {@code pc}.
     *
     * @param usable instructions that may be looked at
     */
    static SmallFunction at(long pc, CodeView code, LongPredicate usable) {
        var seen = new HashSet<Long>();
        var open = new ArrayDeque<Long>();
        boolean loops = false;
        open.add(pc);
        for (Long start = open.poll(); start != null; start = open.poll()) {
            for (long at = start; usable.test(at) && seen.add(at); at += 4) {
                GuestInstruction instruction = code.instruction(at);
                if (seen.size() > LONGEST || instruction.op().has(Trait.ENDS_BLOCK)) {
                    return UNSUITABLE;
                }
                if (instruction.isTransfer()) {
                    loops |= openSuccessors(instruction, code, usable, open);
                    break;
                }
            }
        }
        return new SmallFunction(seen, loops);
    }

    /** Adds where {@code transfer} leads within the function; true if it closes a loop or goes far away. */
    private static boolean openSuccessors(GuestInstruction transfer, CodeView code, LongPredicate usable,
            ArrayDeque<Long> open) {
        long after = transfer.pc() + 8;
        switch (RegionFinder.endingOf(transfer)) {
            case BRANCH, LIKELY -> {
                for (long pc : new long[]{ transfer.target(), after }) {
                    if (usable.test(pc) && code.wasExecuted(pc)) {
                        open.add(pc);
                    }
                }
                return transfer.target() <= transfer.pc();
            }
            case JUMP -> {
                open.add(transfer.target());
                return !usable.test(transfer.target());
            }
            case CALL, CALL_REGISTER -> open.add(after);
            case JUMP_REGISTER -> {
                return !transfer.isReturn() && Arrays.stream(code.observedTargets(transfer.pc())).noneMatch(usable);
            }
            default -> {
                // nothing that is known
            }
        }
        return false;
    }

    /**
     * True when the function should become part of a region with {@code room} for so many instructions that calls it at {@code call}.
     * What loops is left alone: its calls cost little beside what it does, and each copy costs HotSpot more than all the rest. A
     * function that calls itself is the exception.
     */
    boolean isInlinable(long call, int room) {
        return !instructions.isEmpty() && instructions.size() <= room && (!loops || instructions.contains(call));
    }
}
