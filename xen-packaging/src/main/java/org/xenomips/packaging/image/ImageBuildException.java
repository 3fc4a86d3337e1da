package org.xenomips.packaging.image;

import java.io.IOException;

/** Something the user can put right stands in the way of an image; the message says what and how. */
public final class ImageBuildException extends IOException {
    private static final long serialVersionUID = 1L;

    ImageBuildException(String message) {
        super(message);
    }
}
