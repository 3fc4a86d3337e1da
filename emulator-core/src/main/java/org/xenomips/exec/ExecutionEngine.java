package org.xenomips.exec;

/**
 * Executes instructions of one processor.
 *
 * <p>Contract: after {@link #run} all state is in the processor (pc, branch-delay state, registers), exactly as if
 * instructions had been executed one by one; {@link org.xenomips.time.GuestClock#retired} has been told about every instruction
 * executed, and was told before any device or time register was accessed, so that time seen by the guest is exact under a virtual
 * clock. Interrupts are taken between instructions as soon as the processor's state allows.
 *
 * <p>Thread: machine thread.
 */
public interface ExecutionEngine extends AutoCloseable {
    /** Runs at most about {@code budget} instructions (exactly, for an engine that says so), at least one. */
    Exit run(long budget);

    /** Asks a running {@link #run} to come back at the next control transfer; called on the machine thread by devices. */
    void stopSoon();

    /** What the engine keeps at present, one line per fact, each ending with a line feed; for the monitor, between slices. */
    default String describe() {
        return "this engine keeps no statistics\n";
    }

    /** Frees compiled code and threads. */
    @Override
    void close();
}
