package org.xenomips.cli.router;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.memory.GuestRam;

/** A raw dump of RAM with a loaded image in it; pages that are zero are holes. */
final class GhostFile {
    private static final int PAGE = 4096;

    private GhostFile() {}

    private static GuestRam ram(Machine machine) {
        return machine.rams().getFirst();
    }

    static void write(Path file, Machine machine) throws ConfigurationException {
        GuestRam ram = ram(machine);
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            try (RandomAccessFile out = new RandomAccessFile(temporary.toFile(), "rw")) {
                out.setLength(ram.size());
                byte[] page = new byte[PAGE];
                for (long at = 0; at < ram.size(); at += PAGE) {
                    if (!ram.isZero(at, PAGE)) {
                        ram.read(at, page, 0, PAGE);
                        out.seek(at);
                        out.write(page);
                    }
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ConfigurationException("-g: cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    static void read(Path file, Machine machine) throws ConfigurationException {
        GuestRam ram = ram(machine);
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) != ram.size()) {
                throw new ConfigurationException("-G: %s has %d bytes, RAM has %d; use the -r with which it was written"
                        .formatted(file, Files.size(file), ram.size()));
            }
            for (long at = 0; at < ram.size(); at += PAGE) {
                byte[] page = in.readNBytes(PAGE);
                ram.write(at, page, 0, page.length);
            }
        } catch (IOException e) {
            throw new ConfigurationException("-G: cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
