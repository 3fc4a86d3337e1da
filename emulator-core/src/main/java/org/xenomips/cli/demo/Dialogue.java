package org.xenomips.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConsoleEnd.Keyboard;

/**
 * A conversation with the shell of a guest at its console: waits for the prompt, types commands, collects what they print.
 *
 * <p>Every command is typed between two {@code echo}s, whose output, unlike their echo on the line, cannot be mistaken: so it does not
 * matter how the guest's line editor echoes, wraps and redraws, nor what the prompt looks like. Carriage returns, escape sequences
 * (also a shell's question where the cursor is) and other control characters are dropped.
 *
 * <p>Threads: {@link #hear} and {@link #hangUp} any; the rest one at a time.
 */
final class Dialogue {
    /** What the guest prints at the beginning of a line when it is up, before its first prompt. */
    static final String READY = "READY";
    /** How the guest's prompt ends. */
    static final String PROMPT = "# ";

    private static final int MOST_CHARACTERS = 1 << 18;
    private static final int ESC = 0x1b;

    /** What a command printed, without the last line end, and its exit status, -1 if something came in between. */
    record Answer(int status, String text) {
    }

    private enum Escape {
        NONE, BEGUN, SEQUENCE
    }

    private final String name;
    private final StringBuilder heard = new StringBuilder();
    private int lineStart;
    private Escape escape = Escape.NONE;
    private @Nullable Keyboard keyboard;
    private int commands;
    private boolean ready;
    private boolean hungUp;
    private OptionalLong promptNs = OptionalLong.empty();

    /** A conversation with the guest {@code name}, which messages contain. */
    Dialogue(String name) {
        this.name = name;
    }

    /** Commands are typed here. */
    synchronized void speakThrough(Keyboard keys) {
        keyboard = keys;
    }

    /** The guest has printed something. */
    synchronized void hear(byte[] text, int length) {
        for (int i = 0; i < length; i++) {
            hear(text[i] & 0xff);
        }
    }

    private void hear(int character) {
        switch (escape) {
            case NONE -> {
                if (character == ESC) {
                    escape = Escape.BEGUN;
                } else if (character == '\n' || character == '\t' || character >= ' ' && character != 0x7f) {
                    keep((char) character);
                }
            }
            case BEGUN -> escape = character == '[' ? Escape.SEQUENCE : Escape.NONE;
            case SEQUENCE -> escape = character >= '@' && character <= '~' ? Escape.NONE : Escape.SEQUENCE;
        }
    }

    private void keep(char character) {
        if (heard.length() >= MOST_CHARACTERS) {
            heard.delete(0, MOST_CHARACTERS / 2);
            lineStart = Math.max(0, lineStart - MOST_CHARACTERS / 2);
        }
        heard.append(character);
        if (character == '\n') {
            ready |= heard.indexOf(READY, lineStart) == lineStart;
            lineStart = heard.length();
            notifyAll();
        } else if (character == ' ' && ready && promptNs.isEmpty() && endsWithPrompt()) {
            promptNs = OptionalLong.of(System.nanoTime());
            notifyAll();
        }
    }

    private boolean endsWithPrompt() {
        String line = heard.substring(lineStart);
        return line.endsWith(PROMPT) && line.indexOf(' ') == line.length() - 1;
    }

    /** Ends the conversation: whoever waits, now or later, gets an exception. */
    synchronized void hangUp() {
        hungUp = true;
        notifyAll();
    }

    /** When the first prompt appeared, as {@link System#nanoTime} has it; empty before. */
    synchronized OptionalLong promptNs() {
        return promptNs;
    }

    /** The last line the guest has completed, for messages; empty if there is none. */
    synchronized String lastLine() {
        String text = heard.substring(0, lineStart).stripTrailing();
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    /**
     * Types {@code command} at the prompt and waits for its end.
     *
     * @throws DialogueException if it does not end within {@code patience} or {@link #hangUp} has been called
     */
    synchronized Answer command(String command, Duration patience) throws DialogueException, InterruptedException {
        Keyboard keys = keyboard;
        if (keys == null) {
            throw new IllegalStateException(name + " has no console yet");
        }
        int number = ++commands;
        String begin = "@" + number + "<\n";
        String end = "@" + number + ">";
        heard.setLength(0);
        lineStart = 0;
        // The quotation marks keep the typed line's echo from looking like the output.
        keys.type("echo \"@\"\"%d<\"; %s; echo \"@\"\"%d>$?\"\r".formatted(number, command, number)
                .getBytes(StandardCharsets.ISO_8859_1));
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            int from = heard.indexOf(begin);
            int to = from < 0 ? -1 : heard.indexOf(end, from + begin.length());
            int lineEnd = to < 0 ? -1 : heard.indexOf("\n", to);
            if (lineEnd >= 0) {
                String status = heard.substring(to + end.length(), lineEnd).replaceFirst("[^0-9].*", "");
                return new Answer(status.isEmpty() ? -1 : Integer.parseInt(status),
                        heard.substring(from + begin.length(), to).stripTrailing());
            }
            long leftMs = (deadline - System.nanoTime()) / 1_000_000;
            if (hungUp || leftMs <= 0) {
                throw new DialogueException(hungUp
                        ? name + ": '" + command + "' was interrupted"
                        : name + " does not answer '" + command + "'; it printed:\n" + heard);
            }
            wait(leftMs + 1);
        }
    }
}
