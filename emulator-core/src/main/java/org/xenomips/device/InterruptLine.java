package org.xenomips.device;

/** A level-triggered interrupt input. Thread: machine thread. */
@FunctionalInterface
public interface InterruptLine {
    /** Drives the line; idempotent. */
    void set(boolean asserted);
}
