package org.xenomips.packaging.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xenomips.packaging.Trees;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program {@code xenomips-image}. */
@Command(name = "xenomips-image", description = "Builds the disk images of the Xen guest.", sortOptions = false, mixinStandardHelpOptions = true, version = "xenomips-image", subcommands = CommandLine.HelpCommand.class)
public final class ImageCommand {
    enum Flavour {
        small, debian
    }

    enum Format {
        ext4, squashfs
    }

    @Option(names = "--runtime", hidden = true, required = true, description = "Where the self-contained program is.")
    private Path runtime = Path.of(".");

    private ImageCommand() {}

    /** Exit status 0, 1 for what the user can put right, 2 for wrong usage. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new ImageCommand());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            if (!(e instanceof IOException)) {
                throw e;
            }
            System.err.println("xenomips-image: "
                    + (e instanceof ImageBuildException ? e.getMessage() : e.toString()));
            return 1;
        });
        System.exit(command.execute(args));
    }

    @Command(name = "guest", description = "Makes vmlinuz, initrd.img and root.img in DIR.", sortOptions = false, mixinStandardHelpOptions = true)
    int guest(@Parameters(paramLabel = "DIR", description = "Where the images go.") Path directory,
            @Option(names = "--flavour", defaultValue = "small", description = "small: busybox, dropbear and the emulator; debian: with systemd and packages.") Flavour flavour,
            @Option(names = "--format", defaultValue = "ext4", description = "File system of the root: ext4 or squashfs.") Format format,
            @Option(names = "--key", paramLabel = "FILE", description = "Public keys that may log in over ssh.") @Nullable Path keys,
            @Option(names = "--offline", paramLabel = "DIR", description = "Takes the Debian packages from DIR (see fetch).") @Nullable Path offline,
            @Option(names = "--cache", paramLabel = "DIR", description = "Keeps downloads here. Default: the user's cache directory.") @Nullable Path cache)
            throws IOException {
        if (keys != null && !Files.isReadable(keys)) {
            throw new ImageBuildException(keys + " cannot be read");
        }
        if (offline != null && !Files.isDirectory(offline)) {
            throw new ImageBuildException(offline + " is not a directory");
        }
        if (offline != null && flavour == Flavour.debian) {
            throw new ImageBuildException(
                    "the flavour debian needs apt; build its images where that is, and copy them");
        }
        Path kept = cache == null ? defaultCache() : cache;
        Files.createDirectories(directory);
        Path temporary = Files.createTempDirectory("xenomips-image");
        try {
            GuestImages images = new GuestImages(runtime.toAbsolutePath(), kept, temporary, time());
            images.build(new PackageSource(offline, kept, System.out), directory.toAbsolutePath(), flavour, format,
                    keys);
        } finally {
            Trees.delete(temporary);
        }
        return 0;
    }

    @Command(name = "fetch", mixinStandardHelpOptions = true, description = "Puts all Debian packages that 'guest --offline DIR' needs for the flavour small into DIR.")
    int fetch(@Parameters(paramLabel = "DIR") Path directory,
            @Option(names = "--cache", paramLabel = "DIR") @Nullable Path cache) throws IOException {
        PackageSource source = new PackageSource(null, cache == null ? defaultCache() : cache, System.out);
        List<String> names = new ArrayList<>(SmallRoot.packages());
        names.add(source.kernelPackage());
        Files.createDirectories(directory);
        for (Map.Entry<String, Path> file : source.get(names).entrySet()) {
            Path copy = directory.resolve(file.getValue().getFileName().toString());
            Files.copy(file.getValue(), copy, StandardCopyOption.REPLACE_EXISTING);
            System.out.println(copy);
        }
        return 0;
    }

    @Command(name = "disk", mixinStandardHelpOptions = true, sortOptions = false, description = "Makes a disk with an ext4 file system: 'ios' with router images, or 'work' for one instance.")
    int disk(@Parameters(paramLabel = "LABEL", description = "ios or work.") String label,
            @Parameters(paramLabel = "FILE", description = "The disk to make; an existing one is not replaced.") Path file,
            @Option(names = "--from", paramLabel = "DIR", description = "Files to put onto it.") @Nullable Path from,
            @Option(names = "--size", paramLabel = "MB", description = "Size (the file is sparse). Default: 1024 for work, else what the files need.") @Nullable Integer megabytes)
            throws IOException {
        if (Files.exists(file)) {
            throw new ImageBuildException(file + " exists; it is not replaced");
        }
        if (from != null && !Files.isDirectory(from)) {
            throw new ImageBuildException(from + " is not a directory");
        }
        if (!label.matches("[a-z]{1,16}")) {
            throw new ImageBuildException("a label has up to 16 lower-case letters");
        }
        if (megabytes != null && (megabytes < 1 || megabytes > 1 << 20)) {
            throw new ImageBuildException("--size must be from 1 to " + (1 << 20) + " MB");
        }
        long size = megabytes == null ? (label.equals("work") ? 1024 : from == null ? 16 : 0) : megabytes;
        new DiskImage(time()).ext4(from, file, label, size << 20);
        System.out.println(file);
        return 0;
    }

    /** The time of everything in an image: SOURCE_DATE_EPOCH if set, else that of the runtime's files. */
    private Instant time() throws IOException {
        String epoch = System.getenv("SOURCE_DATE_EPOCH");
        if (epoch == null || epoch.isEmpty()) {
            return Files.getLastModifiedTime(runtime.resolve("xenomips")).toInstant();
        }
        if (!epoch.matches("[0-9]{1,11}")) {
            throw new ImageBuildException("SOURCE_DATE_EPOCH is not a number of seconds: " + epoch);
        }
        return Instant.ofEpochSecond(Long.parseLong(epoch));
    }

    private static Path defaultCache() {
        String base = System.getenv("XDG_CACHE_HOME");
        return (base == null || base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base))
                .resolve("xenomips/packages")
                .toAbsolutePath();
    }
}
