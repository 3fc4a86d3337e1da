package org.xenomips.exec;

/**
 * What is left of the slice an engine runs, in a form that all its parts share. Thread: machine thread.
 *
 * <p>hot: plain fields; compiled code counts {@link #remaining} down in place.
 */
public final class Slice {
    /** Instructions that may still be executed; may become negative, see {@link ExecutionEngine}. */
    public int remaining;
    /**
     * Registers that may hold something else than a sign-extended word, as a set: bit n stands for element n of
     * {@link org.xenomips.cpu.Cpu#registers}. Kept by engines that keep words in fewer bits.
     */
    public long wide;
    /** Value of {@link org.xenomips.cpu.Cpu#retired} when {@link #remaining} is 0. */
    public long end;

    /** Instructions executed since the processor was made. */
    public long retired() {
        return end - remaining;
    }
}
