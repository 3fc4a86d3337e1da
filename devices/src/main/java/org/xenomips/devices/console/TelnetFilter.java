package org.xenomips.devices.console;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Takes the telnet commands out of what a client sends. One per client; not thread-safe.
 *
 * @see "RFC 854 (telnet), RFC 1091 (terminal type)"
 */
final class TelnetFilter {
    private static final int IAC = 255;
    private static final int DONT = 254;
    private static final int DO = 253;
    private static final int WILL = 251;
    private static final int SB = 250;
    private static final int SE = 240;
    private static final int ECHO = 1;
    private static final int SUPPRESS_GO_AHEAD = 3;
    private static final int TERMINAL_TYPE = 24;
    private static final int LINEMODE = 34;
    private static final int TERMINAL_TYPE_IS = 0;
    private static final int TERMINAL_TYPE_SEND = 1;
    /** Longest sub-negotiation kept; the rest of a longer one is ignored. */
    private static final int MOST_KEPT = 64;

    /** What the filter wants of its connection. */
    interface Client {
        /** Sends {@code bytes} as they are. */
        void send(byte[] bytes);

        /** The client's terminal understands xterm's control sequences. */
        void canShowTitle();
    }

    private enum State {
        DATA, COMMAND, OPTION, SUBNEGOTIATION, SUBNEGOTIATION_IAC
    }

    private final IntConsumer data;
    private final Client client;
    private State state = State.DATA;
    private int verb;
    private final byte[] kept = new byte[MOST_KEPT];
    private int keptLength;

    /** A filter that passes what is not a command to {@code data}. */
    TelnetFilter(IntConsumer data, Client client) {
        this.data = data;
        this.client = client;
    }

    /** What a server says first: it echoes, character by character, and wants to know the terminal's type. */
    static byte[] opening() {
        return bytes(IAC, DO, TERMINAL_TYPE, IAC, WILL, ECHO, IAC, WILL, SUPPRESS_GO_AHEAD, IAC, DONT, LINEMODE);
    }

    /** Takes one byte, 0..255. */
    void accept(int b) {
        switch (state) {
            case DATA -> {
                if (b == IAC) {
                    state = State.COMMAND;
                } else {
                    data.accept(b);
                }
            }
            case COMMAND -> command(b);
            case OPTION -> {
                state = State.DATA;
                if (verb == WILL && b == TERMINAL_TYPE) {
                    client.send(bytes(IAC, SB, TERMINAL_TYPE, TERMINAL_TYPE_SEND, IAC, SE));
                }
            }
            case SUBNEGOTIATION -> {
                if (b == IAC) {
                    state = State.SUBNEGOTIATION_IAC;
                } else {
                    keep(b);
                }
            }
            case SUBNEGOTIATION_IAC -> {
                if (b == IAC) {
                    keep(b);
                    state = State.SUBNEGOTIATION;
                } else {
                    state = State.DATA;
                    finishSubnegotiation();
                }
            }
        }
    }

    private void command(int b) {
        if (b == IAC) {
            state = State.DATA;
            data.accept(IAC);
        } else if (b == SB) {
            state = State.SUBNEGOTIATION;
            keptLength = 0;
        } else if (b >= WILL) {
            state = State.OPTION;
            verb = b;
        } else {
            state = State.DATA;
        }
    }

    private void keep(int b) {
        if (keptLength < MOST_KEPT) {
            kept[keptLength++] = (byte) b;
        }
    }

    private void finishSubnegotiation() {
        if (keptLength < 2 || kept[0] != TERMINAL_TYPE || kept[1] != TERMINAL_TYPE_IS) {
            return;
        }
        String type = new String(kept, 2, keptLength - 2, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (type.startsWith("xterm") || type.startsWith("vt1") || type.startsWith("vt2") || type.startsWith("putty")) {
            client.canShowTitle();
        }
    }

    private static byte[] bytes(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }
}
