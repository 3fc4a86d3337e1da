package org.xenomips.devices.console;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.xenomips.device.EventSource;
import org.xenomips.device.SerialPort;

/**
 * One serial line of a machine with its end on the host: a ring of input characters and a ring of output characters.
 *
 * <p>Characters that arrive while the guest has {@value #INPUT_BYTES} unread ones are lost, as are output characters while the
 * host has not taken {@value #OUTPUT_BYTES}; both are counted.
 *
 * <p>Threads: the {@link SerialPort} and {@link EventSource} methods belong to the machine thread, {@link #type} and {@link #close}
 * to any, the package-private ones to the back end's thread.
 */
public final class Terminal implements SerialPort, EventSource, AutoCloseable {
    /** Input characters that can wait for the guest. */
    static final int INPUT_BYTES = 4096;
    /** Output characters that can wait for the host. */
    static final int OUTPUT_BYTES = 1 << 18;

    private final String label;
    private final TerminalBackend backend;
    private final Runnable attention;
    private final Object typing = new Object();
    private final ByteRing input = new ByteRing(INPUT_BYTES);
    private final ByteRing output = new ByteRing(OUTPUT_BYTES);
    private final AtomicBoolean arrived = new AtomicBoolean();
    private final AtomicBoolean announced = new AtomicBoolean();
    private final AtomicLong inputLost = new AtomicLong();
    private final AtomicLong outputLost = new AtomicLong();
    private Runnable listener = () -> {};

    /**
     * A terminal that uses {@code backend} from now on.
     *
     * @param attention run (any thread) when {@link #poll} should be called
     */
    Terminal(String label, TerminalBackend backend, Runnable attention) {
        this.label = label;
        this.backend = backend;
        this.attention = attention;
        backend.start(this);
    }

    /** What the line is called, such as {@code console}. */
    public String label() {
        return label;
    }

    /** Where the line ends, for people. */
    public String describe() {
        return backend.describe();
    }

    @Override
    public boolean hasInput() {
        return !input.isEmpty();
    }

    @Override
    public int read() {
        return input.poll();
    }

    @Override
    public void write(int character) {
        if (!output.offer(character)) {
            outputLost.incrementAndGet();
        }
        flush();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The fence here and the one in {@link #takeOutput} see to it that either the taker sees the new byte or this method sees
     * that the taker has begun.
     */
    @Override
    public void flush() {
        VarHandle.fullFence();
        if (!announced.get() && !output.isEmpty() && !announced.getAndSet(true)) {
            backend.outputWaiting();
        }
    }

    @Override
    public void onInput(Runnable newListener) {
        listener = newListener;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A guest that polls may have taken the characters before this is called; then nobody is told.
     */
    @Override
    public boolean poll() {
        if (arrived.get() && arrived.getAndSet(false) && hasInput()) {
            listener.run();
        }
        return false;
    }

    /** Gives {@code characters} to the guest as they are: no filter, no monitor. */
    public void type(byte[] characters) {
        synchronized (typing) {
            for (byte c : characters) {
                put(c);
            }
        }
        announceInput();
    }

    /** Gives one character of a back end to the guest; to be followed by {@link #announceInput}. */
    void typed(int character) {
        synchronized (typing) {
            put(character);
        }
    }

    private void put(int character) {
        if (!input.offer(character)) {
            inputLost.incrementAndGet();
        }
    }

    /** Tells the machine thread about new input. */
    void announceInput() {
        if (!input.isEmpty()) {
            arrived.set(true);
            attention.run();
        }
    }

    /** Moves waiting output to {@code into}; returns how many bytes, 0 if there are none. One thread at a time. */
    int takeOutput(byte[] into) {
        announced.set(false);
        VarHandle.fullFence();
        return output.drain(into, 0, into.length);
    }

    /** True when {@link #takeOutput} would give something. */
    boolean hasOutput() {
        return !output.isEmpty();
    }

    /** Input characters lost because the guest did not read. */
    public long inputLost() {
        return inputLost.get();
    }

    /** Output characters lost because the host did not take them. */
    public long outputLost() {
        return outputLost.get();
    }

    /** Shows what has been written so far and frees the host's end; idempotent. */
    @Override
    public void close() {
        backend.close();
    }

    @Override
    public String toString() {
        return label + " on " + describe();
    }
}
