package org.xenomips.devices.storage;

import java.io.IOException;
import java.util.List;

/** The file behind an image. Thread: any, but one at a time. */
public interface ImageFile extends AutoCloseable {
    /**
     * Brings {@code blocks} to the file: all of them, or none as far as anyone who opens the file later can tell,
     * wherever the process is killed.
     *
     * @throws IOException if the host refuses; the same or newer content of these blocks must then be saved again
     */
    void save(List<ImageBlock> blocks) throws IOException;

    @Override
    void close() throws IOException;
}
