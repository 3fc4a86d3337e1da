package org.xenomips.devices.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.xenomips.machine.ConfigurationException;

/** Creating and opening backing files such that a file that exists is complete and nothing is ever cut off. */
public final class StorageFiles {
    private static final int SCAN_BYTES = 1 << 16;

    private StorageFiles() {}

    /** Writes the initial content of a file that already has its full size and reads as zeros. */
    public interface Formatter {
        void format(RandomAccessFile file) throws IOException;
    }

    /** The place a symbolic link leads to, so that replacing a file by renaming does not replace the link. */
    public static Path resolve(Path file) throws ConfigurationException {
        try {
            if (!Files.exists(file)) {
                return file.toAbsolutePath();
            }
            if (!Files.isRegularFile(file)) {
                throw new ConfigurationException(
                        file + " is not a regular file; move it away or use another directory");
            }
            return file.toRealPath();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** The name under which a successor of {@code file} is prepared. */
    public static Path temporary(Path file) {
        return sibling(file, ".tmp");
    }

    /** {@code file} with {@code suffix} appended to its name. */
    public static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /**
     * Opens {@code file} for reading and writing with at least {@code size} bytes: creates it formatted, or lengthens
     * it with zeros.
     *
     * @param advice what the user can do about a file that is too long, added to the message
     * @throws ConfigurationException if it cannot be used, or has content behind {@code size}
     */
    public static RandomAccessFile open(Path file, long size, String advice, Formatter formatter)
            throws ConfigurationException {
        try {
            Files.deleteIfExists(temporary(file));
            if (!Files.exists(file)) {
                create(file, size, formatter);
            }
            RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
            try {
                if (opened.length() < size) {
                    opened.setLength(size);
                }
                requireBlankBehind(file, opened, size, advice);
                opened.seek(0);
            } catch (IOException | ConfigurationException e) {
                opened.close();
                throw e;
            }
            return opened;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** An exception that says that the host refuses {@code file}. */
    public static ConfigurationException unusable(Path file, IOException cause) {
        return new ConfigurationException("cannot use " + file + ": " + reason(cause), cause);
    }

    /** What the host says, also for exceptions whose message is only a file name. */
    public static String reason(IOException e) {
        if (e instanceof FileSystemException refused) {
            String reason = refused.getReason();
            return reason == null ? e.getClass().getSimpleName() : reason;
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static void create(Path file, long size, Formatter formatter) throws IOException {
        Path temporary = temporary(file);
        try (RandomAccessFile made = new RandomAccessFile(temporary.toFile(), "rw")) {
            made.setLength(size);
            formatter.format(made);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void requireBlankBehind(Path file, RandomAccessFile opened, long size, String advice)
            throws IOException, ConfigurationException {
        byte[] part = new byte[SCAN_BYTES];
        opened.seek(size);
        for (int n = opened.read(part); n > 0; n = opened.read(part)) {
            if (!isBlank(part, n)) {
                throw new ConfigurationException(
                        ("%s has %d bytes and content behind the configured %d bytes, which would be lost: %s,"
                                + " or move the file away")
                                .formatted(file, opened.length(), size, advice));
            }
        }
    }

    /** True when the first {@code length} bytes are zero. */
    public static boolean isBlank(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
