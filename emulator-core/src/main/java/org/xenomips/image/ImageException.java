package org.xenomips.image;

/** A guest image cannot be used; the message names the file, what is wrong with it and what to do. */
public final class ImageException extends Exception {
    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
