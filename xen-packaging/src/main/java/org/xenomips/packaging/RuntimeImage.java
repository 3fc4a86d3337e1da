package org.xenomips.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes the self-contained directory of the program, which starts on a machine without Java: a Java run time of only the modules the
 * program needs ({@code java}, linked by {@code jlink} from the JDK that runs this), the program's jars ({@code lib}), the launcher, the
 * start-up cache trained on exactly that run time, the image builder's jars ({@code tools}), and the files of the Xen guest
 * ({@code guest}).
 *
 * <p>All files get one fixed time: the start-up cache remembers the times of the jars, and whatever the directory is packed into can be
 * made the same twice. The cache itself is the only file that differs between two builds from the same sources.
 */
public final class RuntimeImage {
    /** What the jars use; without {@code java.desktop}, which commons-lang3 names for a class nobody here loads. */
    private static final List<String> MODULES = List.of("java.base", "java.logging", "java.management", "jdk.jfr",
            "jdk.unsupported");

    private final Path source;
    private final Path dist;
    private final Path runtime;
    private final FileTime time;

    private RuntimeImage(Path source, Path dist, Path runtime, Instant time) {
        this.source = source;
        this.dist = dist;
        this.runtime = runtime;
        this.time = FileTime.from(time);
    }

    /**
     * Arguments: the source tree, the directory of the distribution with {@code lib} and {@code tools}, the directory to make, and the
     * time of all files (ISO 8601). An existing directory is kept if it was made from the same files.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        RuntimeImage image = new RuntimeImage(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]),
                Instant.parse(args[3]));
        image.build();
    }

    private void build() throws IOException, InterruptedException {
        String stamp = stamp();
        Path stampFile = runtime.resolveSibling(runtime.getFileName() + ".stamp");
        if (Files.exists(stampFile) && Files.readString(stampFile).equals(stamp)) {
            return;
        }
        Files.deleteIfExists(stampFile);
        if (Files.exists(runtime)) {
            Trees.delete(runtime);
        }
        Files.createDirectories(runtime);
        link(runtime.resolve("java"));
        copyTree(dist.resolve("lib"), runtime.resolve("lib"));
        copyTree(dist.resolve("tools"), runtime.resolve("tools"));
        copyTree(source.resolve("xen-packaging/src/main/guest"), runtime.resolve("guest"));
        copyExecutable("xenomips", runtime.resolve("xenomips"));
        copyExecutable("xen-packaging/image", runtime.resolve("xenomips-image"));
        copyTree(source.resolve("docs/xenomips.1"), runtime.resolve("doc/xenomips.1"));
        copyTree(source.resolve("docs/xenomips.bash"), runtime.resolve("doc/xenomips.bash"));
        copyTree(source.resolve("LICENSE"), runtime.resolve("doc/LICENSE"));
        fixTimes();
        Training.main(new String[]{ runtime.resolve("xenomips").toString(), runtime.resolve("xenomips.aot").toString(),
                "required" });
        fixTimes();
        Files.writeString(stampFile, stamp);
    }

    /** Names, sizes and times of all that goes into the directory, and the JDK. */
    private String stamp() throws IOException {
        StringBuilder stamp = new StringBuilder(Runtime.version().toString()).append(time).append('\n');
        for (Path part : List.of(dist.resolve("lib"), dist.resolve("tools"),
                source.resolve("xen-packaging/src/main/guest"), source.resolve("xen-packaging/image"),
                source.resolve("xenomips"), source.resolve("docs/xenomips.1"), source.resolve("docs/xenomips.bash"))) {
            try (Stream<Path> files = Files.walk(part)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    stamp.append(file)
                            .append(' ')
                            .append(Files.size(file))
                            .append(' ')
                            .append(Files.getLastModifiedTime(file))
                            .append('\n');
                }
            }
        }
        return stamp.toString();
    }

    private static void link(Path java) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IOException("the JDK in " + System.getProperty("java.home") + " has no jlink"));
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        // Not compressed: packages and file systems compress better, and classes are loaded faster.
        int status = jlink.run(writer, writer, "--add-modules", String.join(",", MODULES), "--strip-debug",
                "--no-header-files", "--no-man-pages", "--compress", "zip-0", "--output", java.toString());
        if (status != 0) {
            throw new IOException("jlink failed:\n" + output);
        }
        // Nothing here runs on another JVM than the server's, and the tools beside java are not needed.
        try (Stream<Path> tools = Files.list(java.resolve("bin"))) {
            for (Path tool : tools.filter(t -> !t.endsWith("java")).toList()) {
                Files.delete(tool);
            }
        }
    }

    private void copyExecutable(String from, Path to) throws IOException {
        Files.copy(source.resolve(from), to, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.getFileName().toString().equals(".built")) {
                    Files.createDirectories(to.getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    Files.setPosixFilePermissions(copy,
                            PosixFilePermissions.fromString(Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private void fixTimes() throws IOException {
        try (Stream<Path> files = Files.walk(runtime)) {
            for (Path file : files.toList()) {
                if (!Files.isSymbolicLink(file)) {
                    Files.setLastModifiedTime(file, time);
                }
            }
        }
    }
}
