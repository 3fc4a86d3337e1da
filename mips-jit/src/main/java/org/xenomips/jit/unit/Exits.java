package org.xenomips.jit.unit;

import org.xenomips.exec.Slice;

/**
 * The places at which a unit can be left, with everything about them that generated code need not hold. Machine thread.
 *
 * <p>A unit subtracts the instructions of a block from its budget where the block begins; an exit in its middle adds those that were
 * not executed.
 */
public final class Exits {
    /** Why a unit is left. */
    public enum Kind {
        /** To code that is not part of the region because it was never executed. */
        COLD(0, 400),
        /** To code that did not fit into the region or is too far away. */
        EDGE(0, 300),
        /** An instruction that only the interpreter executes. */
        INTERPRET(Unit.INTERPRET, Integer.MAX_VALUE),
        /** An access that is not plain memory, or an exception. */
        MEMORY(Unit.INTERPRET, 500),
        /** A register did not hold the sign-extended word that was expected. */
        GUARD(Unit.INTERPRET, 20),
        /** The end of the slice at a backward transfer. */
        STOP(Unit.LOOK, Integer.MAX_VALUE),
        /** Something has happened that the dispatcher must look at. */
        EVENT(Unit.LEAVE, Integer.MAX_VALUE),
        /** Too many units wait for each other. */
        DEPTH(Unit.LOOK, Integer.MAX_VALUE),
        /** A register jump to an address that was not observed before. */
        JUMP(0, 100);

        private final long flags;
        private final int hot;

        Kind(long flags, int hot) {
            this.flags = flags;
            this.hot = hot;
        }
    }

    /** An exit that is taken less often than once in so many instructions costs little. */
    private static final long INSTRUCTIONS_PER_HOT_EXIT = 20_000;

    private final UnitRuntime runtime;
    private final Slice slice;
    private final Kind[] kinds;
    private final long[] targets;
    private final int[] unexecuted;
    private final int[] accesses;
    private final int[] counts;
    /** Instructions executed when the counting of an exit began. */
    private final long[] since;

    /**
     * The exits of one unit.
     *
     * @param targets where each goes on; the instruction itself if the interpreter is to execute it, or if it is a register jump
     * @param unexecuted how many instructions that were subtracted from the budget are not executed
     * @param accesses the words of the loads and stores that are left to the interpreter; 0 for all else and in delay slots
     */
    public Exits(UnitRuntime runtime, Slice slice, Kind[] kinds, long[] targets, int[] unexecuted, int[] accesses) {
        this.runtime = runtime;
        this.slice = slice;
        this.kinds = kinds;
        this.targets = targets;
        this.unexecuted = unexecuted;
        this.accesses = accesses;
        this.counts = new int[kinds.length];
        this.since = new long[kinds.length];
    }

    /** The unit leaves through exit {@code index}; the result is what it must return. */
    public long exit(int index, int budget) {
        return leave(index, budget, targets[index]);
    }

    /** The same with a target from a register. */
    public long leave(int index, int budget, long target) {
        slice.remaining = budget + unexecuted[index];
        Kind kind = kinds[index];
        if (kind == Kind.MEMORY) {
            runtime.leftAtAccess(accesses[index]);
        }
        int count = ++counts[index];
        if (kind == Kind.JUMP && count <= kind.hot) {
            runtime.jumped(targets[index], target);
        }
        if (count % kind.hot == 0) {
            countRound(index, target);
        }
        if (kind == Kind.DEPTH) {
            runtime.unwind();
        }
        return target | kind.flags;
    }

    /** The exit was taken a round number of times: it is hot if that did not take long. */
    private void countRound(int index, long target) {
        long now = slice.retired();
        if (now - since[index] < kinds[index].hot * INSTRUCTIONS_PER_HOT_EXIT) {
            runtime.exitIsHot(this, index, target);
        }
        since[index] = now;
    }

    /**
     * What a unit returns for a return or jump from {@code from} to {@code target} when its budget is spent: slices end at backward
     * transfers only.
     */
    public static long lookIfBackward(long target, long from) {
        return target <= from ? target | Unit.LOOK : target;
    }

    /** How many exits there are. */
    public int size() {
        return kinds.length;
    }

    public Kind kind(int index) {
        return kinds[index];
    }

    /** Where exit {@code index} goes on; if that is in a register, the address of the jump. */
    public long target(int index) {
        return targets[index];
    }

    /** How often exit {@code index} was taken. */
    public int count(int index) {
        return counts[index];
    }
}
