package org.xenomips.exec;

/**
 * An engine and the interpreter do not agree about what the guest's instructions do. The message is for people and complete: the
 * stack trace says nothing.
 */
public final class EngineDifferenceException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** A difference that {@code message} describes, in several lines. */
    public EngineDifferenceException(String message) {
        super(message);
    }
}
