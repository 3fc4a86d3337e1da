package org.xenomips.packaging.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory in which a file system is put together: plain modes, one time for all files. */
final class FileTree {
    private final Path top;

    FileTree(Path top) throws IOException {
        this.top = Files.createDirectories(top);
    }

    Path top() {
        return top;
    }

    /** The host's path of {@code path} in the tree; one that would leave the tree is refused. */
    Path resolve(String path) throws IOException {
        Path resolved = top.resolve(path).normalize();
        if (!resolved.startsWith(top)) {
            throw new ImageBuildException("the path " + path + " leads out of the image");
        }
        return resolved;
    }

    void directory(String path) throws IOException {
        Files.createDirectories(resolve(path));
    }

    void directories(String... paths) throws IOException {
        for (String path : paths) {
            directory(path);
        }
    }

    void file(String path, InputStream content, boolean executable) throws IOException {
        Path file = resolve(path);
        Files.createDirectories(file.getParent());
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        mode(file, executable ? "rwxr-xr-x" : "rw-r--r--");
    }

    void file(String path, String content) throws IOException {
        file(path, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), false);
    }

    /** A file of the host, or a directory with all that is in it. */
    void copy(Path from, String path) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                String target = file.equals(from) ? path : path + "/" + from.relativize(file);
                if (Files.isSymbolicLink(file)) {
                    link(target, Files.readSymbolicLink(file).toString());
                } else if (Files.isDirectory(file)) {
                    directory(target);
                } else {
                    try (InputStream in = Files.newInputStream(file)) {
                        file(target, in, Files.isExecutable(file));
                    }
                }
            }
        }
    }

    void link(String path, String target) throws IOException {
        Path link = resolve(path);
        Files.createDirectories(link.getParent());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(target));
    }

    void mode(String path, String permissions) throws IOException {
        mode(resolve(path), permissions);
    }

    private static void mode(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    /** All paths below the top, relative, sorted. */
    List<Path> paths() throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(file -> !file.equals(top))
                    .map(top::relativize)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    /** Gives everything its final time, and directories that have no other the mode 0755, whatever the umask was. */
    void finish(Instant time) throws IOException {
        FileTime fileTime = FileTime.from(time);
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.toList()) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                        && !PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rwx------")) {
                    mode(file, "rwxr-xr-x");
                }
                Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(fileTime, fileTime, null);
            }
        }
    }
}
