package org.xenomips.jit.region;

import java.util.List;
import java.util.Set;

/**
 * What one unit is made of. Immutable.
 *
 * @param entry address at which the unit can be entered; the first block's
 * @param context {@code Cp0.contextKey} for which the instructions were decoded
 * @param blocks the basic blocks; the first one is the entry
 * @param hints what earlier translations of the entry have shown
 * @param pages the pages of all instructions
 * @param instructions how many instructions there are
 * @param cut true when instructions that could have been reached were left out because of the limit
 */
public record Region(long entry, int context, List<Block> blocks, Hints hints, List<CodePageUse> pages,
        int instructions, boolean cut) {
    /**
     * What is known from earlier translations of the same entry. Immutable.
     *
     * @param wideRegisters registers that hold 64-bit values when the region is entered, as a set
     * @param apart accesses that do not share a look into the page table with others off the same base
     * @param interpreted accesses that the interpreter executes, because they mostly meet devices
     */
    public record Hints(long wideRegisters, Set<Long> apart, Set<Long> interpreted) {
        /** Nothing is known. */
        public static final Hints NONE = new Hints(0, Set.of(), Set.of());
    }
}
