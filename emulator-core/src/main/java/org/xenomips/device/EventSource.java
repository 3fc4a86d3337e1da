package org.xenomips.device;

/** Something with events waiting for the machine thread: a link with frames, a console with characters. */
public interface EventSource {
    /** Handles what is waiting, a bounded amount at a time; true when more is waiting. Thread: machine thread. */
    boolean poll();
}
