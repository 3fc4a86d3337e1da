package org.xenomips.device;

/** A snapshot cannot be used: damaged, of another version, or of another machine. */
public final class SnapshotException extends Exception {
    public SnapshotException(String message) {
        super(message);
    }

    public SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
