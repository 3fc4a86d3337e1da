package org.xenomips.exec;

/** Why an engine came back. */
public enum Exit {
    /** The instruction budget is used up, or somebody asked for attention. */
    BUDGET,
    /** The guest waits: a WAIT instruction or an idle loop; nothing will happen before the next event or deadline. */
    IDLE,
    /** A breakpoint was reached; the instruction at the pc has not been executed. */
    BREAKPOINT
}
