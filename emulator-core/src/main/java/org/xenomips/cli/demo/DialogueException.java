package org.xenomips.cli.demo;

/** A guest does not answer as expected, or is not to be asked any more; the message names it and the question. */
final class DialogueException extends Exception {
    DialogueException(String message) {
        super(message);
    }
}
