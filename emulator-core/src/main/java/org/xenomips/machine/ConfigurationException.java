package org.xenomips.machine;

/** The user asked for something impossible; the message says what, where, and what to do instead. */
public final class ConfigurationException extends Exception {
    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
