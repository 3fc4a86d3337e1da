package org.xenomips.isa;

/** A mistake in assembler text; the message names the line, the mistake and what was expected. */
public final class AssemblyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int line;

    AssemblyException(int line, String message) {
        super("line " + line + ": " + message);
        this.line = line;
    }

    /** Number of the line, from 1. */
    public int line() {
        return line;
    }
}
