package org.xenomips.cli.router;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConfigurationException;

/**
 * Keeps two routers from using the same files: a POSIX write lock on {@code <prefix>lock}, which holds the process id. The lock
 * does not survive a crash, so a stale file is no obstacle.
 */
final class LockFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock or says who has it. */
    static LockFile acquire(Path file, String prefix) throws ConfigurationException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = Files.readString(file).strip();
                channel.close();
                throw new ConfigurationException("An emulator instance (PID " + owner
                        + ") is already running with identifier " + prefix
                        + " in this directory. Stop it, choose another instance id with -i, or use another directory.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new LockFile(file, channel);
        } catch (IOException e) {
            throw new ConfigurationException("cannot make the lock file " + file + ": " + e.getMessage()
                    + "; the working directory must be writable", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Removes the file, then the lock. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            System.getLogger(LockFile.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove the lock file {0}: {1}", file, e.getMessage());
        }
    }
}
