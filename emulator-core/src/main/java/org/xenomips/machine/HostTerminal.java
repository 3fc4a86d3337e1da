package org.xenomips.machine;

/** The terminal the program was started on; found with {@link java.util.ServiceLoader}. Thread: any. */
public interface HostTerminal {
    /**
     * From now on every key arrives at once and as it is, unechoed; signals come from outside only. Without a terminal nothing happens.
     *
     * @return restores the former settings; this also happens at the end of the process
     */
    Runnable takeKeys();
}
