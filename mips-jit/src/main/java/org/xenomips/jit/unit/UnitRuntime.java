package org.xenomips.jit.unit;

/** What generated code asks the engine for. All state is in the processor at every call. Machine thread. */
public interface UnitRuntime {
    /**
     * Goes on at {@code returned} until the guest comes to {@code expected}.
     *
     * @param returned what a callee returned, with flags
     * @param expected where the caller can go on
     * @param context the caller's mode
     * @param depth the caller's depth
     * @return {@code expected}, or another value that the caller must return
     */
    long dispatch(long returned, long expected, int context, int depth);

    /**
     * Lets the interpreter execute the instruction at {@code pc}.
     *
     * @return the next address; the one behind {@code pc} only if the unit may go on there
     */
    long interpret(long pc);

    /**
     * The guest goes on at {@code pc}, which is no multiple of 4 and cannot be returned: all units are to return.
     *
     * @return what the unit must return
     */
    long goOnAtOddAddress(long pc);

    /** True when a unit for {@code context} must not go on: something waits, or code was retired. */
    boolean isDisturbed(int context);

    /** The link for {@code pc}, made if there is none. */
    Link link(long pc, int context);

    /** All units are to return to the outermost dispatcher: the host's stack is deep enough. */
    void unwind();

    /** The unit is being left because of the access by instruction {@code word}; 0 if that is in a delay slot. */
    void leftAtAccess(int word);

    /** The register jump at {@code pc} went to {@code target}, which the unit did not know. */
    void jumped(long pc, long target);

    /** The unit with this entry begins; from units that are checked. */
    void entered(long entry);

    /** {@code size} bytes at the host address {@code host} are overwritten next; from units that are checked. */
    void storing(long host, int size);

    /** The exit {@code index} of {@code exits} was taken as often as is worth a look. */
    void exitIsHot(Exits exits, int index, long target);
}
