package org.xenomips.cli.router;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.xenomips.machine.ConfigurationException;

/** A file of lines that somebody reads while the router runs. Thread: any. */
final class TraceFile implements Consumer<String>, AutoCloseable {
    private final Path file;
    private final BufferedWriter out;
    private boolean failed;

    TraceFile(Path file) throws ConfigurationException {
        this.file = file;
        try {
            out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException("cannot write the trace " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void accept(String line) {
        if (!failed) {
            try {
                out.write(line);
                out.write('\n');
                out.flush();
            } catch (IOException e) {
                failed = true;
                System.err.println(file + " cannot be written any more: " + e.getMessage());
            }
        }
    }

    @Override
    public synchronized void close() {
        failed = true;
        try {
            out.close();
        } catch (IOException e) {
            System.err.println(file + " cannot be closed: " + e.getMessage());
        }
    }
}
