package org.xenomips.devices.storage.nvram;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.NvramTool;

/** {@link NvramFileSystem} for the command line; registered for {@link java.util.ServiceLoader}. Stateless; thread: any. */
public final class NvramFiles implements NvramTool {
    @Override
    public Configurations exportFile(Path nvram) throws ConfigurationException {
        NvramFileSystem.Configs configs = NvramFileSystem.exportFile(nvram);
        return new Configurations(configs.startup(), configs.privateConfig());
    }

    @Override
    public void importFile(Path nvram, int newSizeBytes, byte @Nullable [] startup, byte @Nullable [] privateConfig)
            throws ConfigurationException {
        NvramFileSystem.importFile(nvram, newSizeBytes, startup, privateConfig);
    }
}
