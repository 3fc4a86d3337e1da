package org.xenomips.cpu;

import org.xenomips.memory.GuestRam;

/** An engine that keeps something derived from instruction words in memory. Thread: machine thread. */
public interface CodeListener {
    /** {@code length} bytes at {@code offset} of {@code ram} were overwritten; at least one touched page was watched. */
    void codeChanged(GuestRam ram, long offset, int length);

    /** True when this engine still keeps something derived from the page at {@code pageOffset} of {@code ram}. */
    boolean holdsCode(GuestRam ram, long pageOffset);
}
