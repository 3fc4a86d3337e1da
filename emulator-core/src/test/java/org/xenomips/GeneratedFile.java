package org.xenomips;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares files of the source tree that are generated with what their generator makes now. With {@code -Dregenerate=true} the files
 * are written instead.
 */
public final class GeneratedFile {
    private GeneratedFile() {}

    /**
     * Fails when the file {@code path}, relative to the top of the source tree, is not {@code content}.
     *
     * @throws IOException when it cannot be read or written
     */
    public static void assertCurrent(String path, String content) throws IOException {
        Path file = top().resolve(path);
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, content);
        }
        String message = "%s is not current; run the tests with -Dregenerate=true and look at the difference";
        assertThat(file).as(message, path).exists();
        assertThat(Files.readString(file).equals(content)).as(message, path).isTrue();
    }

    /** The directory that holds all modules. */
    private static Path top() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException("not inside the source tree: " + Path.of("").toAbsolutePath());
            }
            directory = parent;
        }
        return directory;
    }
}
