package org.xenomips.devices.console;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.SerialPort;

/**
 * A serial line that notices when the guest says that it is up, by a line that begins with {@value #READY}, and prints a note behind
 * that line, once.
 *
 * <p>Thread: machine thread.
 */
public final class ReadyWatch implements SerialPort {
    private static final String READY = "READY";

    private final SerialPort line;
    private @Nullable Supplier<String> note;
    /** How many characters of the word have come since the line began; -1 when it begins otherwise. */
    private int matched;

    private ReadyWatch(SerialPort line, Supplier<String> note) {
        this.line = line;
        this.note = note;
    }

    /** {@code line} itself, or if there is a {@code note}, with a watch on it. */
    public static SerialPort on(SerialPort line, @Nullable Supplier<String> note) {
        return note == null ? line : new ReadyWatch(line, note);
    }

    @Override
    public void write(int character) {
        line.write(character);
        if (character == '\n') {
            Supplier<String> text = note;
            if (matched == READY.length() && text != null) {
                note = null;
                (text.get() + "\r\n").chars().forEach(line::write);
            }
            matched = 0;
        } else if (matched >= 0 && matched < READY.length() && character != '\r') {
            matched = character == READY.charAt(matched) ? matched + 1 : -1;
        }
    }

    @Override
    public boolean hasInput() {
        return line.hasInput();
    }

    @Override
    public int read() {
        return line.read();
    }

    @Override
    public void flush() {
        line.flush();
    }

    @Override
    public void onInput(Runnable listener) {
        line.onInput(listener);
    }
}
