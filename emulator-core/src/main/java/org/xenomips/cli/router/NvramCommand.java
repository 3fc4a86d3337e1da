package org.xenomips.cli.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.NvramTool.Configurations;

/** {@code --nvram-export} and {@code --nvram-import}: configurations out of an NVRAM file and into one, without a router. */
final class NvramCommand {
    private static final String NVRAM_SUFFIX = "_nvram";

    private final RouterCommand options;

    NvramCommand(RouterCommand options) {
        this.options = options;
    }

    /** True if the user asks for one of the two. */
    static boolean isWanted(RouterCommand options) {
        return options.nvramExport != null || options.nvramImport != null;
    }

    /** Does what the user asked for. */
    void run() throws ConfigurationException {
        Path source = options.nvramExport;
        Path target = options.nvramImport;
        if (source != null && target != null) {
            throw new ConfigurationException("--nvram-export and --nvram-import exclude each other");
        }
        if (!options.images.isEmpty()) {
            throw new ConfigurationException("--nvram-export and --nvram-import start no router; leave out "
                    + options.images.getFirst());
        }
        if (source != null) {
            export(source);
        } else if (target != null) {
            put(target);
        }
    }

    private void export(Path nvram) throws ConfigurationException {
        if (!Files.isReadable(nvram)) {
            throw new ConfigurationException("--nvram-export: the NVRAM file '" + nvram + "' "
                    + (Files.exists(nvram) ? "cannot be read; check its permissions" : "does not exist"));
        }
        Configurations found;
        try {
            found = Plugins.nvramTool().exportFile(nvram);
        } catch (ConfigurationException e) {
            throw new ConfigurationException("--nvram-export " + nvram + ": " + e.getMessage(), e);
        }
        if (found.startup().length == 0) {
            throw new ConfigurationException("--nvram-export " + nvram
                    + ": there is no startup configuration; save one in the guest first");
        }
        Path startup = options.startupConfig;
        if (startup == null) {
            System.out.write(found.startup(), 0, found.startup().length);
            System.out.flush();
        } else {
            write("Startup", startup, found.startup());
        }
        Path privateConfig = options.privateConfig;
        if (privateConfig == null) {
            return;
        }
        if (found.privateConfig().length == 0) {
            System.err.println(nvram + " holds no private configuration; " + privateConfig + " is not written");
        } else {
            write("Private", privateConfig, found.privateConfig());
        }
    }

    private void write(String what, Path file, byte[] text) throws ConfigurationException {
        try {
            Files.write(file, text);
        } catch (IOException e) {
            throw new ConfigurationException("the configuration cannot be written to '" + file + "': " + e, e);
        }
        if (!options.printsBareText()) {
            System.out.println("%s configuration (%d bytes) written to %s".formatted(what, text.length, file));
        }
    }

    private void put(Path nvram) throws ConfigurationException {
        if (options.startupConfig == null && options.privateConfig == null) {
            throw new ConfigurationException(
                    "--nvram-import: name the configuration to be stored with -C or --private-config");
        }
        int size = Values.nvramKb(options.nvram) << 10;
        byte[] startup = read("-C", options.startupConfig);
        byte[] privateConfig = read("--private-config", options.privateConfig);
        boolean made = !Files.exists(nvram);
        try (LockFile _ = lock(nvram)) {
            Plugins.nvramTool().importFile(nvram, size, startup, privateConfig);
        } catch (ConfigurationException e) {
            throw new ConfigurationException("--nvram-import " + nvram + ": " + e.getMessage(), e);
        }
        System.out.println("%s: stored%s%s%s".formatted(nvram, amount("startup", startup),
                startup != null && privateConfig != null ? " and" : "", amount("private", privateConfig))
                + (made ? " in a new NVRAM of %d KB".formatted(size >> 10) : ""));
    }

    private static String amount(String what, byte @Nullable [] text) {
        return text == null ? "" : " the %s configuration (%d bytes)".formatted(what, text.length);
    }

    /** The lock of the router the file belongs to, which would overwrite what is stored behind its back; null for other names. */
    private static @Nullable LockFile lock(Path nvram) throws ConfigurationException {
        Path name = nvram.getFileName();
        if (name == null || !name.toString().endsWith(NVRAM_SUFFIX)) {
            return null;
        }
        String prefix = name.toString().substring(0, name.toString().length() - NVRAM_SUFFIX.length() + 1);
        return LockFile.acquire(nvram.resolveSibling(prefix + "lock"), prefix);
    }

    private static byte @Nullable [] read(String option, @Nullable Path file) throws ConfigurationException {
        if (file == null) {
            return null;
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigurationException(option + ": the configuration '" + file + "' "
                    + (Files.exists(file) ? "cannot be read: " + e : "does not exist"), e);
        }
    }
}
