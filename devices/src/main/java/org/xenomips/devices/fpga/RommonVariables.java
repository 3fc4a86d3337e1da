package org.xenomips.devices.fpga;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ROM monitor's variables, kept in a text file with one {@code NAME=VALUE} per line. The file is replaced as a
 * whole after each change, so a killed process leaves the old or the new content. The most recently created variable
 * comes first.
 *
 * <p>Characters are bytes (ISO 8859-1). The guest chooses names and values: line ends are refused and the number of
 * variables is limited.
 *
 * <p>Thread: machine thread.
 */
public final class RommonVariables {
    private static final System.Logger LOG = System.getLogger(RommonVariables.class.getName());
    /** More than any guest needs; keeps a runaway guest from filling memory and disk. */
    private static final int MOST_VARIABLES = 1000;

    private final Path file;
    /** Oldest first. */
    private final LinkedHashMap<String, String> values = new LinkedHashMap<>();

    /**
     * Loads {@code file}, if it exists; lines that are not {@code NAME=VALUE} are ignored.
     *
     * @throws IOException if the file exists and cannot be read
     */
    public RommonVariables(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            for (String line : lines.reversed()) {
                if (line.indexOf('=') > 0) {
                    put(line);
                }
            }
        }
    }

    /** The value of {@code name}, or null. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** Sets a variable from {@code NAME=VALUE}; false if it is not of that form or there is no room. */
    public boolean set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0 || assignment.indexOf('\n') >= 0 || assignment.indexOf('\r') >= 0) {
            return false;
        }
        if (values.size() >= MOST_VARIABLES && !values.containsKey(assignment.substring(0, equals))) {
            return false;
        }
        put(assignment);
        store();
        return true;
    }

    /** Removes a variable; false if there was none. */
    public boolean unset(String name) {
        if (values.remove(name) == null) {
            return false;
        }
        store();
        return true;
    }

    /** {@code NAME=VALUE} of variable {@code index} (0 = first in the file), or null past the end. */
    public @Nullable String entry(int index) {
        if (index < 0 || index >= values.size()) {
            return null;
        }
        List<Map.Entry<String, String>> all = List.copyOf(values.entrySet());
        Map.Entry<String, String> entry = all.get(all.size() - 1 - index);
        return entry.getKey() + "=" + entry.getValue();
    }

    private void put(String assignment) {
        int equals = assignment.indexOf('=');
        values.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    private void store() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : values.sequencedEntrySet().reversed()) {
            text.append(entry.getKey()).append('=').append(entry.getValue()).append('\n');
        }
        try {
            replaceFile(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "ROM monitor variables are not saved in {0}: {1}", file, e);
        }
    }

    private void replaceFile(byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
