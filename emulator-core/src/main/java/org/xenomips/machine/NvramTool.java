package org.xenomips.machine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Takes configurations out of the NVRAM files of routers that do not run, and puts them in; found with
 * {@link java.util.ServiceLoader}. Thread: any.
 */
public interface NvramTool {
    /** The two configurations; what is absent is empty. */
    record Configurations(byte[] startup, byte[] privateConfig) {
    }

    /**
     * The configurations stored in {@code nvram}.
     *
     * @throws ConfigurationException if the file cannot be read or holds none that makes sense
     */
    Configurations exportFile(Path nvram) throws ConfigurationException;

    /**
     * Stores configurations in {@code nvram}, which is replaced in one step; null keeps what is stored.
     *
     * @param newSizeBytes size of the file if it does not exist yet
     * @throws ConfigurationException if the file cannot be used or there is no space; it is then unchanged
     */
    void importFile(Path nvram, int newSizeBytes, byte @Nullable [] startup, byte @Nullable [] privateConfig)
            throws ConfigurationException;
}
