package org.xenomips.time;

/**
 * Guest time of one machine: nanoseconds since the machine was created, never going back, standing still while the machine
 * is suspended.
 *
 * <p>Thread: machine thread.
 */
public interface GuestClock {
    /** Length of {@link #state}. */
    int STATE_LENGTH = 3;

    /** Guest time now, in nanoseconds. */
    long nowNs();

    /** Wall-clock time shown by the guest's calendar: milliseconds since 1970-01-01 UTC. */
    long wallMillis();

    /**
     * How many instructions may run before the clock can reach {@code deadlineNs}; at least 1, at most {@code limit}. Exact for
     * a virtual clock, an estimate on the early side for a realtime clock.
     */
    long instructionsUntil(long deadlineNs, long limit);

    /** Tells the clock that {@code instructions} guest instructions have retired since the last call. */
    void retired(long instructions);

    /**
     * The guest has nothing to do before {@code deadlineNs}. A virtual clock jumps there and returns 0; a realtime clock
     * returns how many host nanoseconds the machine thread may sleep. Without a deadline both only sleep.
     */
    long idleUntil(long deadlineNs);

    /** Stops the passing of time (suspend, before a save); idempotent. */
    void suspend();

    /** Lets time pass again from where it stood; idempotent. */
    void resume();

    /** Everything {@link #restore} needs to go on exactly from here; {@link #STATE_LENGTH} numbers. */
    long[] state();

    /** Goes on from a saved {@link #state} of the same kind of clock; only while suspended. */
    void restore(long[] state);
}
