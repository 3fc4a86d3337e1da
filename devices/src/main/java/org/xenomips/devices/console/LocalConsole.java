package org.xenomips.devices.console;

import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConsoleEnd;

/**
 * A console whose user is in this process. It has no thread: output is handed over where it is made.
 *
 * <p>Threads: output on the machine's; keys on any.
 */
final class LocalConsole implements TerminalBackend, ConsoleEnd.Keyboard {
    private static final int CHUNK = 1024;

    private final ConsoleEnd end;
    private final InputFilter filter;
    private final byte[] chunk = new byte[CHUNK];
    private volatile @Nullable Terminal terminal;

    /** A console for {@code end}; the character after {@code escape} goes to {@code monitor}. */
    LocalConsole(ConsoleEnd end, Monitor monitor, int escape) {
        this.end = end;
        this.filter = new InputFilter(this::typed, key -> monitor.key(key, this::answer), escape);
    }

    private void typed(int character) {
        Terminal to = terminal;
        if (to != null) {
            to.typed(character);
        }
    }

    private void answer(String text) {
        byte[] bytes = Monitor.lines(text);
        end.printed(bytes, bytes.length);
    }

    @Override
    public void start(Terminal owner) {
        terminal = owner;
        end.opened(this);
    }

    @Override
    public synchronized void press(byte[] keys, int length) {
        for (int i = 0; i < length; i++) {
            filter.accept(keys[i] & 0xff);
        }
        Terminal to = terminal;
        if (to != null) {
            to.announceInput();
        }
    }

    @Override
    public void type(byte[] characters) {
        Terminal to = terminal;
        if (to != null) {
            to.type(characters);
        }
    }

    @Override
    public void outputWaiting() {
        Terminal from = terminal;
        if (from == null) {
            return;
        }
        for (int length = from.takeOutput(chunk); length > 0; length = from.takeOutput(chunk)) {
            end.printed(chunk, length);
        }
    }

    @Override
    public void close() {
        outputWaiting();
    }

    @Override
    public String describe() {
        return "this program";
    }
}
