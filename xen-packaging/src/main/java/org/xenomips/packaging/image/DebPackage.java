package org.xenomips.packaging.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** One Debian package file; read without dpkg. */
final class DebPackage {
    private final Path file;

    DebPackage(Path file) {
        this.file = file;
    }

    /** Writes the package's files whose path (without a leading slash or {@code ./}) is wanted into a tree; how many there were. */
    int unpack(Predicate<String> wanted, FileTree into) throws IOException {
        int count = 0;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                ArArchiveInputStream members = new ArArchiveInputStream(raw)) {
            for (ArArchiveEntry member = members.getNextEntry(); member != null; member = members.getNextEntry()) {
                String name = member.getName();
                if (name.startsWith("data.tar")) {
                    try (TarArchiveInputStream data = new TarArchiveInputStream(decompress(name, members))) {
                        count = unpack(data, wanted, into);
                    }
                    break;
                }
            }
        }
        if (count == 0) {
            throw new ImageBuildException(file + " has none of the files that are needed from it");
        }
        return count;
    }

    private InputStream decompress(String name, InputStream in) throws IOException {
        return switch (name.substring("data.tar".length())) {
            case "" -> in;
            case ".gz" -> new GzipCompressorInputStream(in);
            case ".xz" -> new XZCompressorInputStream(in);
            default -> throw new ImageBuildException(file + " is compressed in a way that is not supported: " + name);
        };
    }

    private static int unpack(TarArchiveInputStream data, Predicate<String> wanted, FileTree into) throws IOException {
        int count = 0;
        for (TarArchiveEntry entry = data.getNextEntry(); entry != null; entry = data.getNextEntry()) {
            String path = entry.getName().replaceFirst("^\\./", "").replaceFirst("^/", "");
            if (entry.isDirectory() || !wanted.test(path)) {
                continue;
            }
            if (entry.isSymbolicLink()) {
                into.link(path, entry.getLinkName());
            } else if (entry.isFile() && !entry.isLink()) {
                into.file(path, data, (entry.getMode() & 0111) != 0);
            } else {
                throw new ImageBuildException(path + " is neither a file nor a symbolic link");
            }
            count++;
        }
        return count;
    }
}
