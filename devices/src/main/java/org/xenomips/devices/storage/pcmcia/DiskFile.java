package org.xenomips.devices.storage.pcmcia;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xenomips.devices.storage.StorageFiles;
import org.xenomips.machine.ConfigurationException;

/**
 * Sectors in a raw file. A write is one system call of 512 bytes at a sector boundary, so a killed process leaves the
 * old or the new sector. What the host refuses to write is kept in memory, answers reads, and is tried again with each
 * further write.
 *
 * <p>Thread: machine thread.
 */
final class DiskFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.xenomips.storage");
    /** Most sectors kept in memory for a host that refuses them: 32 MB. */
    private static final int MOST_UNSAVED = 1 << 16;

    private final String name;
    private final DiskGeometry geometry;
    private final RandomAccessFile file;
    /** Sectors not yet in the file, oldest first. */
    private final Map<Integer, byte[]> unsaved = new LinkedHashMap<>();
    private boolean warned;
    private boolean closed;

    /** Opens the file of the disk {@code label}, creating it formatted or lengthening it. */
    static DiskFile open(Path path, String label, DiskGeometry geometry) throws ConfigurationException {
        RandomAccessFile file = StorageFiles.open(path, geometry.bytes(),
                "configure a larger disk (--" + label + ", in MB)", new DiskFormat(geometry, label)::write);
        return new DiskFile(String.valueOf(path.getFileName()), geometry, file);
    }

    /** Sectors in {@code file}, which has the size of the geometry; {@code name} appears in messages. */
    DiskFile(String name, DiskGeometry geometry, RandomAccessFile file) {
        this.name = name;
        this.geometry = geometry;
        this.file = file;
    }

    /**
     * Fills {@code into}, a whole number of sectors, from {@code sector} on; zeros outside of the disk or if the host
     * cannot.
     */
    void read(int sector, byte[] into) {
        int count = into.length / DiskGeometry.SECTOR_BYTES;
        Arrays.fill(into, (byte) 0);
        if (sector < 0 || sector > geometry.sectors() - count) {
            return;
        }
        readAt((long) sector * DiskGeometry.SECTOR_BYTES, into);
        for (int i = 0; i < count && !unsaved.isEmpty(); i++) {
            byte[] kept = unsaved.get(sector + i);
            if (kept != null) {
                System.arraycopy(kept, 0, into, i * DiskGeometry.SECTOR_BYTES, kept.length);
            }
        }
    }

    private void readAt(long at, byte[] into) {
        try {
            file.seek(at);
            file.readFully(into);
        } catch (IOException e) {
            warn("cannot read", e);
        }
    }

    /** Writes a sector; nothing happens if it is outside of the disk. */
    void write(int sector, byte[] from) {
        if (!isInside(sector) || closed) {
            return;
        }
        if (unsaved.isEmpty()) {
            try {
                writeAt(sector, from);
                return;
            } catch (IOException e) {
                warn("cannot write; the machine goes on, writing is tried again", e);
            }
        }
        if (unsaved.containsKey(sector) || unsaved.size() < MOST_UNSAVED) {
            unsaved.put(sector, from.clone());
        }
        retry();
    }

    private void writeAt(int sector, byte[] from) throws IOException {
        file.seek((long) sector * DiskGeometry.SECTOR_BYTES);
        file.write(from);
    }

    private void retry() {
        if (unsaved.isEmpty()) {
            return;
        }
        try {
            for (Iterator<Map.Entry<Integer, byte[]>> i = unsaved.entrySet().iterator(); i.hasNext();) {
                Map.Entry<Integer, byte[]> entry = i.next();
                writeAt(entry.getKey(), entry.getValue());
                i.remove();
            }
            warned = false;
            LOG.log(Level.INFO, "{0}: written again", name);
        } catch (IOException e) {
            warn("cannot write; the machine goes on, writing is tried again", e);
        }
    }

    /** Brings everything to the medium. */
    void flush() {
        if (closed) {
            return;
        }
        retry();
        try {
            file.getFD().sync();
        } catch (IOException e) {
            warn("cannot flush", e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        flush();
        closed = true;
        if (!unsaved.isEmpty()) {
            LOG.log(Level.ERROR, "{0}: {1} sectors could not be written and are lost", name, unsaved.size());
        }
        try {
            file.close();
        } catch (IOException e) {
            warn("cannot close", e);
        }
    }

    private boolean isInside(int sector) {
        return sector >= 0 && sector < geometry.sectors();
    }

    private void warn(String what, IOException e) {
        if (!warned) {
            warned = true;
            LOG.log(Level.WARNING, "{0}: {1} ({2})", name, what, StorageFiles.reason(e));
        }
    }
}
