package org.xenomips.image;

/** Told how long work proceeds. Thread: the one that does the work. */
@FunctionalInterface
public interface Progress {
    /** {@code done} of {@code total} bytes of {@code what} are finished; {@code total} is -1 when nobody knows. */
    void step(String what, long done, long total);

    /** Tells nobody. */
    static Progress silent() {
        return (what, done, total) -> {};
    }
}
