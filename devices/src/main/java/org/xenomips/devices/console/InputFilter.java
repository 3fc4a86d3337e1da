package org.xenomips.devices.console;

import java.util.function.IntConsumer;

/**
 * What happens to characters a user types before the guest sees them: NUL and LF vanish, so that every kind of line end becomes one
 * CR; cursor keys become the control characters of the router's line editor; the character after an escape character goes to the
 * monitor, unless it is an escape character too, which then reaches the guest.
 *
 * <p>One filter per keyboard; not thread-safe.
 */
final class InputFilter {
    /** Second escape character, for keyboards whose terminal programs keep Ctrl-] to themselves. */
    static final int OTHER_ESCAPE = 0xb3;

    private static final int ESC = 0x1b;
    /** Ctrl-P, Ctrl-N, Ctrl-F, Ctrl-B: up, down, right, left. */
    private static final int[] CURSOR = { 0x10, 0x0e, 0x06, 0x02 };

    private enum State {
        PLAIN, ESCAPED, BRACKET, COMMAND
    }

    private final IntConsumer guest;
    private final IntConsumer monitor;
    private final int escape;
    private State state = State.PLAIN;

    /**
     * A filter at the start of a line.
     *
     * @param guest gets characters for the guest
     * @param monitor gets the character after the escape character
     * @param escape the escape character, 0..255, or -1 for none
     */
    InputFilter(IntConsumer guest, IntConsumer monitor, int escape) {
        this.guest = guest;
        this.monitor = monitor;
        this.escape = escape;
    }

    /** Takes one character, 0..255. */
    void accept(int character) {
        switch (state) {
            case PLAIN -> plain(character);
            case ESCAPED -> {
                if (character == '[') {
                    state = State.BRACKET;
                } else {
                    guest.accept(ESC);
                    if (character != ESC) {
                        state = State.PLAIN;
                        guest.accept(character);
                    }
                }
            }
            case BRACKET -> {
                state = State.PLAIN;
                if (character >= 'A' && character <= 'D') {
                    guest.accept(CURSOR[character - 'A']);
                } else {
                    guest.accept(ESC);
                    guest.accept('[');
                    guest.accept(character);
                }
            }
            case COMMAND -> {
                state = State.PLAIN;
                if (character == escape || character == OTHER_ESCAPE) {
                    guest.accept(character);
                } else {
                    monitor.accept(character);
                }
            }
        }
    }

    private void plain(int character) {
        if (character == 0 || character == '\n') {
            return;
        }
        if (escape >= 0 && (character == escape || character == OTHER_ESCAPE)) {
            state = State.COMMAND;
        } else if (character == ESC) {
            state = State.ESCAPED;
        } else {
            guest.accept(character);
        }
    }
}
