package org.xenomips.devices.console;

/** The host's end of a {@link Terminal}. */
interface TerminalBackend {
    /**
     * Begins to read and to show; called once, before any other method.
     *
     * @param terminal whose output is to be shown and to which input goes
     */
    void start(Terminal terminal);

    /** There is output to {@link Terminal#takeOutput take}. Thread: any; never blocks. */
    void outputWaiting();

    /** Shows the remaining output as far as the host takes it within about two seconds, then frees everything; idempotent. */
    void close();

    /** Where this ends, for messages. */
    String describe();
}
