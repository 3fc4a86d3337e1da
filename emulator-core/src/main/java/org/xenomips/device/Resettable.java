package org.xenomips.device;

/** Something with a hardware reset. Thread: machine thread. */
public interface Resettable {
    /** Back to the power-on state; persistent contents stay. */
    void reset();
}
