package org.xenomips.jit.unit;

/**
 * Translated code of one region. Machine thread.
 *
 * <p>{@link #run} returns the address at which the guest goes on; addresses are multiples of 4, and the low bits say what the caller
 * must do first: see {@link #LOOK} and {@link #INTERPRET}.
 */
public abstract class Unit {
    /** In a returned address: the slice may end here. */
    public static final long LOOK = 1;
    /** In a returned address: the interpreter must execute the instruction at this address. */
    public static final long INTERPRET = 2;
    /** In a returned address: something has happened that the dispatcher looks at before it goes on. */
    public static final long LEAVE = 3;
    /** The bits of a returned address that are not part of it. */
    public static final long FLAGS = 3;

    /**
     * Executes guest code from the unit's entry on.
     *
     * @param depth how many units wait for this one to return
     * @return where to go on, with flags
     */
    public abstract long run(int depth);
}
