package org.xenomips.bench.compare;

/** An emulator cannot be started, or does not do what it should; the message is for the user. */
final class EmulatorException extends Exception {
    private static final long serialVersionUID = 1;

    EmulatorException(String message) {
        super(message);
    }

    EmulatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
