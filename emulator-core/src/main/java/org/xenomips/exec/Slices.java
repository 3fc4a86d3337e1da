package org.xenomips.exec;

/** Where an engine gets its time from: between two slices everything else has its turn. Thread: machine thread. */
@FunctionalInterface
public interface Slices {
    /**
     * The engine has come to {@code exit} (the first time: {@link Exit#BUDGET}); handles what is due and sleeps when the guest is
     * idle. Returns the budget of the next slice in instructions, or 0: the engine must return.
     */
    long next(Exit exit);
}
