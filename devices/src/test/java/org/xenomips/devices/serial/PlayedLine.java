package org.xenomips.devices.serial;

import java.util.ArrayDeque;
import java.util.Queue;
import org.xenomips.device.SerialPort;

/** A serial line whose far end is the test. */
public final class PlayedLine implements SerialPort {
    private final Queue<Integer> input = new ArrayDeque<>();
    private final StringBuilder output = new StringBuilder();
    private Runnable listener = () -> {};
    private int flushes;

    /** The test types {@code text}. */
    public void type(String text) {
        put(text);
        announce();
    }

    /** {@code text} waits on the line, and the listener has not been told yet. */
    void put(String text) {
        text.chars().forEach(input::add);
    }

    /** Tells the listener that something has come. */
    void announce() {
        listener.run();
    }

    /** What has been written to the line; the test may clear it. */
    public StringBuilder output() {
        return output;
    }

    /** How often the line has been flushed. */
    int flushes() {
        return flushes;
    }

    @Override
    public boolean hasInput() {
        return !input.isEmpty();
    }

    @Override
    public int read() {
        Integer next = input.poll();
        return next == null ? -1 : next;
    }

    @Override
    public void write(int character) {
        output.append((char) character);
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public void onInput(Runnable action) {
        listener = action;
    }
}
