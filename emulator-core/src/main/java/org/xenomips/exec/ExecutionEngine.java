package org.xenomips.exec;

/**
 * Executes instructions of one processor.
 *
 * <p>Contract: after {@link #run} all state is in the processor (pc, branch-delay state, registers), exactly as if
 * instructions had been executed one by one; {@link org.xenomips.time.GuestClock#retired} has been told about every instruction
 * executed, and was told before any device or time register was accessed, so that time seen by the guest is exact under a virtual
 * clock. Interrupts are taken between instructions as soon as the processor's state allows.
 *
 * <p>Where a slice ends: once the budget is used up, after the next taken control transfer (with its delay slot) whose target is
 * not above the address of the branch or jump itself, as signed numbers, or after the next entry of an exception or interrupt or
 * the next ERET; in each case before the instruction there is fetched. Forward transfers and ends of pages do not count. So the
 * instruction before which a timer interrupt is taken depends neither on the engine nor on how time was cut into slices.
 *
 * <p>Thread: machine thread.
 */
public interface ExecutionEngine extends AutoCloseable {
    /** Runs {@code budget} instructions, at least one, and on to the place where a slice may end; fewer if there is a reason to. */
    Exit run(long budget);

    /** Runs slice after slice until {@code slices} says 0. */
    default void run(Slices slices) {
        long budget = slices.next(Exit.BUDGET);
        while (budget > 0) {
            budget = slices.next(run(budget));
        }
    }

    /** Instructions per slice that suit this engine; about 1 ms of guest work at most, the longest an event or a stop waits. */
    default long sliceLength() {
        return 100_000;
    }

    /** Asks a running slice to end after the instruction that made a device call this, at its next chance; machine thread. */
    void stopSoon();

    /** What the engine keeps at present, one line per fact, each ending with a line feed; for the monitor, between slices. */
    default String describe() {
        return "this engine keeps no statistics\n";
    }

    /** Frees compiled code and threads. */
    @Override
    void close();
}
