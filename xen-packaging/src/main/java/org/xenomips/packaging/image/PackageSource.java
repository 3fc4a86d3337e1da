package org.xenomips.packaging.image;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where Debian packages come from: a directory the user has filled, or the machine's apt, whose downloads are kept in a cache directory.
 * Which versions apt offers, and from where, is the machine's configuration alone.
 */
final class PackageSource {
    static final String ARCHITECTURE = "amd64";
    private static final String KERNEL = "linux-image-" + ARCHITECTURE;
    private static final Pattern KERNEL_VERSION = Pattern
            .compile("linux-image-([0-9][a-z0-9.+~-]*-" + ARCHITECTURE + ")(?![a-z0-9.+~-])");

    private final @Nullable Path offline;
    private final Path cache;
    private final PrintStream progress;

    PackageSource(@Nullable Path offline, Path cache, PrintStream progress) {
        this.offline = offline;
        this.cache = cache;
        this.progress = progress;
    }

    /** The package that holds the kernel: what Debian's {@code linux-image-amd64} depends on. */
    String kernelPackage() throws IOException {
        if (offline != null) {
            return kernelIn(offline);
        }
        requireApt();
        Matcher found = KERNEL_VERSION.matcher(HostCommand.run(cache(), "apt-cache", "depends", KERNEL));
        if (!found.find()) {
            throw new ImageBuildException("apt knows no kernel: " + KERNEL + " has no dependency (apt-get update?)");
        }
        return found.group();
    }

    private static String kernelIn(Path directory) throws IOException {
        List<String> kernels = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                Matcher name = KERNEL_VERSION.matcher(file.getFileName().toString());
                if (name.lookingAt()) {
                    kernels.add(name.group());
                }
            }
        }
        if (kernels.size() != 1) {
            throw new ImageBuildException(
                    "there must be one kernel (linux-image-VERSION-" + ARCHITECTURE + "_*.deb) in "
                            + directory + ", found: " + (kernels.isEmpty() ? "none" : String.join(", ", kernels)));
        }
        return kernels.getFirst();
    }

    /** The files of all packages in {@code names}; what is not in the cache in its present version is downloaded. */
    Map<String, Path> get(List<String> names) throws IOException {
        Map<String, Path> found = new java.util.TreeMap<>();
        if (offline != null) {
            List<String> missing = new ArrayList<>();
            for (String name : names) {
                List<Path> files = matching(offline, name);
                if (files.size() == 1) {
                    found.put(name, files.getFirst());
                } else {
                    missing.add(files.isEmpty() ? name : name + " (there are " + files.size() + " of them)");
                }
            }
            if (!missing.isEmpty()) {
                throw new ImageBuildException(
                        "these packages are not in " + offline + ": " + String.join(", ", missing));
            }
            return found;
        }
        requireApt();
        Map<String, String> wanted = currentFiles(names);
        List<String> missing = names.stream().filter(name -> !Files.exists(cache.resolve(wanted.get(name)))).toList();
        if (!missing.isEmpty()) {
            progress.println("Downloading with apt: " + String.join(" ", missing));
            List<String> command = new ArrayList<>(List.of("apt-get", "-q", "download"));
            command.addAll(missing);
            HostCommand.run(cache(), Map.of(), command, "");
        }
        for (String name : names) {
            Path file = cache.resolve(wanted.get(name));
            if (!Files.exists(file)) {
                throw new ImageBuildException("apt-get has not downloaded " + file.getFileName());
            }
            found.put(name, file);
        }
        return found;
    }

    /** The names of the files that {@code apt-get download} would write into an empty directory. */
    private Map<String, String> currentFiles(List<String> names) throws IOException {
        Path empty = Files.createTempDirectory(cache(), "empty");
        List<String> command = new ArrayList<>(List.of("apt-get", "-q", "download", "--print-uris"));
        command.addAll(names);
        Map<String, String> files = new java.util.TreeMap<>();
        String uris = HostCommand.run(empty, Map.of(), command, "");
        Files.delete(empty);
        for (String line : uris.lines().toList()) {
            // 'http://.../pool/x.deb' x_version_amd64.deb size hash
            String[] words = line.split(" ");
            if (words.length >= 3 && words[1].endsWith(".deb")) {
                files.put(words[1].substring(0, words[1].indexOf('_')), words[1]);
            }
        }
        List<String> unknown = names.stream().filter(name -> !files.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            throw new ImageBuildException("apt offers no download of: " + String.join(", ", unknown));
        }
        return files;
    }

    private static List<Path> matching(Path directory, String name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "_")
                    && file.getFileName().toString().endsWith(".deb")).toList();
        }
    }

    private static void requireApt() throws ImageBuildException {
        if (!HostCommand.exists("apt-get")) {
            throw new ImageBuildException(
                    "there is no apt-get here; give the packages with --offline DIR (made by xenomips-image fetch)");
        }
    }

    private Path cache() throws IOException {
        return Files.createDirectories(cache);
    }
}
