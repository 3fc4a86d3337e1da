package org.xenomips.device;

/**
 * The chip's view of one serial line; the host's end is a terminal.
 *
 * <p>Thread: machine thread.
 */
public interface SerialPort {
    /** True when {@link #read} would return a character. */
    boolean hasInput();

    /** The next input character 0..255, or -1. */
    int read();

    /** Sends one character (low 8 bits); never blocks. */
    void write(int character);

    /** Pushes buffered output to the host. */
    void flush();

    /** {@code listener} runs on the machine thread each time characters have arrived. */
    void onInput(Runnable listener);
}
