package org.xenomips.cli.demo;

import java.io.Console;
import java.io.PrintStream;

/** Shows how work proceeds: in one line that changes on a terminal, in a line for each change elsewhere. One thread. */
final class StatusLine {
    private static final String ERASE_TO_END_OF_LINE = "\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private String last = "";

    StatusLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On standard output. */
    @SuppressWarnings("SystemConsoleNull") // it is null without a terminal where the JDK does not use JLine
    static StatusLine standard() {
        Console console = System.console();
        return new StatusLine(System.out, console != null && console.isTerminal());
    }

    /** The state is {@code state}, {@code seconds} after the beginning. */
    void show(double seconds, String state) {
        if (terminal) {
            out.printf("\r%5.1f s  %s%s", seconds, state, ERASE_TO_END_OF_LINE);
        } else if (!state.equals(last)) {
            out.printf("%5.1f s  %s%n", seconds, state);
        }
        last = state;
        out.flush();
    }

    /** Prints {@code text}, which stays. */
    void print(String text) {
        if (terminal && !last.isEmpty()) {
            out.print("\r" + ERASE_TO_END_OF_LINE);
        }
        last = "";
        out.println(text);
        out.flush();
    }
}
