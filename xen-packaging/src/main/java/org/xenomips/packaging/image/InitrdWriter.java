package org.xenomips.packaging.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * Writes the archive the kernel unpacks into its first root: entries sorted by name, one time, owned by root, numbered in order. The same
 * contents give the same bytes.
 */
final class InitrdWriter {
    private static final int DIRECTORY = CpioConstants.C_ISDIR | 0755;
    private static final int FILE = CpioConstants.C_ISREG | 0644;
    private static final int PROGRAM = CpioConstants.C_ISREG | 0755;
    private static final int CONSOLE = CpioConstants.C_ISCHR | 0600;

    private record Entry(int mode, byte[] content) {
    }

    private final Map<String, Entry> entries = new TreeMap<>();

    void directory(String path) {
        entries.put(path, new Entry(DIRECTORY, new byte[0]));
    }

    void file(String path, byte[] content) {
        entries.put(path, new Entry(FILE, content));
    }

    void program(String path, byte[] content) {
        entries.put(path, new Entry(PROGRAM, content));
    }

    /** The device through which the first process speaks before devtmpfs is mounted. */
    void console(String path) {
        entries.put(path, new Entry(CONSOLE, new byte[0]));
    }

    void write(Path file, Instant time) throws IOException {
        try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
                GZIPOutputStream compressed = new BestGzip(raw);
                CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(compressed,
                        CpioConstants.FORMAT_NEW)) {
            long inode = 1;
            for (Map.Entry<String, Entry> named : entries.entrySet()) {
                Entry entry = named.getValue();
                CpioArchiveEntry header = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, named.getKey(),
                        entry.content.length);
                header.setMode(entry.mode);
                header.setTime(time.getEpochSecond());
                header.setInode(inode++);
                header.setNumberOfLinks((entry.mode & CpioConstants.S_IFMT) == CpioConstants.C_ISDIR ? 2 : 1);
                if (entry.mode == CONSOLE) {
                    header.setRemoteDeviceMaj(5);
                    header.setRemoteDeviceMin(1);
                }
                cpio.putArchiveEntry(header);
                cpio.write(entry.content);
                cpio.closeArchiveEntry();
            }
        }
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
