package org.xenomips.cli.router;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.MachineLog;

/**
 * The log of one machine: {@code 2026-01-31T12:34:56.789Z MODULE: text}, UTC, rewritten on every start. Thread: any. A hostile
 * guest cannot fill the disk: after {@link #MOST_BYTES} only a note is added.
 */
final class LogFile implements MachineLog, AutoCloseable {
    private static final long MOST_BYTES = 16L << 20;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final BufferedWriter out;
    private long bytes;
    private boolean failed;

    LogFile(Path file) throws ConfigurationException {
        try {
            out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException("cannot write the log file " + file + ": " + e.getMessage()
                    + "; the working directory must be writable", e);
        }
    }

    /** {@code 2026-01-31T12:34:56.789Z}. */
    static String stamp(Instant when) {
        return STAMP.format(when);
    }

    @Override
    public synchronized void log(String module, String text) {
        if (failed) {
            return;
        }
        try {
            String line = stamp(Instant.now()) + " " + module + ": " + text + "\n";
            bytes += line.length();
            if (bytes > MOST_BYTES) {
                line = stamp(Instant.now()) + " LOG: the log is full, nothing more is written\n";
                failed = true;
            }
            out.write(line);
            out.flush();
        } catch (IOException e) {
            failed = true;
            System.getLogger(LogFile.class.getName())
                    .log(System.Logger.Level.WARNING, "the log file cannot be written any more: {0}", e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        failed = true;
        try {
            out.close();
        } catch (IOException e) {
            System.getLogger(LogFile.class.getName())
                    .log(System.Logger.Level.WARNING, "the log file cannot be closed: {0}", e.getMessage());
        }
    }
}
