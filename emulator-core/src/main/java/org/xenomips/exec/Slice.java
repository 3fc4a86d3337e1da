package org.xenomips.exec;

/**
 * What is left of the slice an engine runs, in a form that all its parts share. Thread: machine thread.
 *
 * <p>hot: plain fields; compiled code counts {@link #remaining} down in place.
 */
public final class Slice {
    /** Instructions that may still be executed; may become negative, see {@link ExecutionEngine}. */
    public int remaining;
    /** Value of {@link org.xenomips.cpu.Cpu#retired} when {@link #remaining} is 0. */
    public long end;

    /** Instructions executed since the processor was made. */
    public long retired() {
        return end - remaining;
    }
}
