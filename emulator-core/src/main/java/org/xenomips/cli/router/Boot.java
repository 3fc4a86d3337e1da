package org.xenomips.cli.router;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xenomips.image.ImageException;
import org.xenomips.image.ImageLoader;
import org.xenomips.image.LoadedImage;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.Machine.StopReason;
import org.xenomips.machine.PlatformFactory;
import org.xenomips.machine.PlatformFactory.BuiltInGuest;
import org.xenomips.memory.PhysicalMap;

/** Brings the guest's programs into memory, at start and again after a reload. */
final class Boot {
    private final Machine machine;
    private final PlatformFactory factory;
    private final RouterCommand options;
    private final PrintStream out;
    private final ImageLoader loader;

    /** What is loaded is told on {@code out}. */
    Boot(Machine machine, PlatformFactory factory, RouterCommand options, PrintStream out) {
        this.machine = machine;
        this.factory = factory;
        this.options = options;
        this.out = out;
        this.loader = new ImageLoader(machine.memory(), cache(options), new ConsoleProgress());
    }

    /** Checks the files of the command line before a machine is built, so that a mistake leaves no files behind. */
    static void check(RouterCommand options, PlatformFactory factory) throws ImageException, ConfigurationException {
        ImageLoader checker = new ImageLoader(new PhysicalMap(), cache(options), new ConsoleProgress());
        Path rom = options.bootRom;
        if (rom != null) {
            checker.check(rom);
        }
        Path image = options.imageFile();
        if (image == null) {
            factory.builtInGuest(options.builtInGuest());
        }
        if (options.loadAddress != null) {
            Values.address("--load-address", options.loadAddress);
        } else if (image != null) {
            checker.check(image);
        }
    }

    void loadAll() throws ImageException, ConfigurationException {
        Path rom = options.bootRom;
        if (rom != null) {
            loader.load(rom, OptionalLong.empty());
        }
        Path image = machine.config().image;
        LoadedImage loaded;
        if (image == null) {
            loaded = loadBuiltIn();
        } else {
            out.println("IOS image file: " + image + "\n");
            out.println("Loading ELF file '" + image + "'...");
            String raw = options.loadAddress;
            loaded = loader.load(image,
                    raw == null ? OptionalLong.empty() : Values.address("--load-address", raw));
        }
        out.printf("ELF entry point: 0x%08x%n%n", loaded.entry());
        machine.platform().setImageEntry(loaded.entry());
        Path ghost = options.ghost;
        if (ghost != null) {
            GhostFile.read(ghost, machine);
        }
    }

    private LoadedImage loadBuiltIn() throws ImageException, ConfigurationException {
        BuiltInGuest guest = factory.builtInGuest(machine.config().builtInGuest);
        String name = RouterCommand.BUILT_IN + guest.name();
        out.println("Image: " + name + "\n");
        try (InputStream in = guest.content().get()) {
            return loader.load(name, in);
        } catch (IOException e) {
            throw new ImageException(name + ": " + e.getMessage(), e);
        }
    }

    void reload() {
        try {
            loadAll();
        } catch (ImageException | ConfigurationException e) {
            System.err.println("reload: " + e.getMessage());
            machine.requestStop(StopReason.FAILURE);
        }
    }

    private static @Nullable Path cache(RouterCommand options) {
        if (options.imageCache != null) {
            return options.imageCache;
        }
        String base = System.getenv("XDG_CACHE_HOME");
        String home = System.getProperty("user.home");
        Path directory = base != null && !base.isEmpty()
                ? Path.of(base, "xenomips")
                : home == null ? null : Path.of(home, ".cache", "xenomips");
        try {
            return directory == null || !Files.isWritable(Files.createDirectories(directory)) ? null : directory;
        } catch (IOException e) {
            return null;
        }
    }
}
