package org.xenomips.machine;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.memory.GuestRam;

/**
 * A saved machine: a header, then one compressed stream with the state tree, the pages of guest memory that are not zero, and a
 * checksum. Written under a temporary name and renamed, so that the file is complete or absent.
 *
 * <p>Layout (big-endian): 8 bytes {@code XENOSNAP}; int version; then deflated: tree, int number of memory blocks, per block: name,
 * long size, then int page number and 4096 bytes per page that is not zero, int -1; long CRC-32C of everything inflated before it. A
 * tree is: int values, each name, int length, bytes; int sections, each name and tree.
 */
final class SnapshotFile {
    private static final long MAGIC = 0x5845_4e4f_534e_4150L;
    private static final int VERSION = 1;
    private static final int PAGE = 4096;
    private static final int MOST_VALUE_BYTES = 1 << 28;
    private static final int MOST_ENTRIES = 1 << 20;
    private static final int DEEPEST = 32;

    private SnapshotFile() {}

    /** Writes {@code machine} (between slices, time standing still) to {@code file}. */
    static void write(Path file, Machine machine) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
            DataOutputStream header = new DataOutputStream(raw);
            header.writeLong(MAGIC);
            header.writeInt(VERSION);
            Deflater deflater = new Deflater(Deflater.BEST_SPEED);
            try (DeflaterOutputStream packed = new DeflaterOutputStream(raw, deflater, 1 << 16)) {
                CheckedOutputStream checked = new CheckedOutputStream(packed, new CRC32C());
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, 1 << 16));
                SnapshotWriter tree = new SnapshotWriter();
                tree.putString("identity", identity(machine.config()));
                machine.save(tree.section("machine"));
                writeTree(out, tree);
                writeMemory(out, machine.rams());
                out.flush();
                out.writeLong(checked.getChecksum().getValue());
                out.flush();
            } finally {
                deflater.end();
            }
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Restores {@code machine} (built with the same hardware, not started) from {@code file}. */
    static void read(Path file, Machine machine) throws SnapshotException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            DataInputStream header = new DataInputStream(raw);
            if (header.readLong() != MAGIC) {
                throw new SnapshotException(file + ": not a saved machine");
            }
            int version = header.readInt();
            if (version != VERSION) {
                throw new SnapshotException("%s: format version %d; this program reads version %d".formatted(file,
                        version, VERSION));
            }
            CheckedInputStream checked = new CheckedInputStream(
                    new BufferedInputStream(new InflaterInputStream(raw), 1 << 16), new CRC32C());
            DataInputStream in = new DataInputStream(checked);
            SnapshotReader tree = readTree(in, "", 0);
            String identity = tree.getString("identity");
            if (!identity.equals(identity(machine.config()))) {
                throw new SnapshotException("%s: saved on other hardware.%n  saved: %s%n  now:   %s".formatted(file,
                        identity, identity(machine.config())));
            }
            readMemory(in, machine.rams());
            long expected = checked.getChecksum().getValue();
            if (in.readLong() != expected) {
                throw new SnapshotException(file + ": damaged (wrong checksum)");
            }
            machine.restore(tree.section("machine"));
        } catch (NoSuchFileException e) {
            throw new SnapshotException(file + ": no such file", e);
        } catch (EOFException e) {
            throw new SnapshotException(file + ": cut off", e);
        } catch (IOException e) {
            throw new SnapshotException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** What must agree between the machine that was saved and the one that continues. */
    private static String identity(MachineConfig config) {
        return "%s %s %s, RAM %d MB, ROM %d MB, NVRAM %d KB, disks %d+%d MB, cards %s, clock %s".formatted(
                config.platform,
                config.npe, config.midplane, config.ramMb, config.romMb, config.nvramKb, config.disk0Mb, config.disk1Mb,
                config.cards, config.clock);
    }

    private static void writeTree(DataOutputStream out, SnapshotWriter tree) throws IOException {
        out.writeInt(tree.values().size());
        for (Map.Entry<String, byte[]> value : tree.values().entrySet()) {
            out.writeUTF(value.getKey());
            out.writeInt(value.getValue().length);
            out.write(value.getValue());
        }
        out.writeInt(tree.sections().size());
        for (Map.Entry<String, SnapshotWriter> section : tree.sections().entrySet()) {
            out.writeUTF(section.getKey());
            writeTree(out, section.getValue());
        }
    }

    private static SnapshotReader readTree(DataInputStream in, String path, int depth)
            throws IOException, SnapshotException {
        SnapshotReader tree = new SnapshotReader(path);
        int values = bounded(in.readInt(), MOST_ENTRIES);
        for (int i = 0; i < values; i++) {
            String name = in.readUTF();
            byte[] value = in.readNBytes(bounded(in.readInt(), MOST_VALUE_BYTES));
            tree.addValue(name, value);
        }
        int sections = bounded(in.readInt(), depth < DEEPEST ? MOST_ENTRIES : 0);
        for (int i = 0; i < sections; i++) {
            String name = in.readUTF();
            tree.addSection(name, readTree(in, path + "/" + name, depth + 1));
        }
        return tree;
    }

    private static int bounded(int count, int most) throws SnapshotException {
        if (count < 0 || count > most) {
            throw new SnapshotException("the snapshot is damaged (count " + count + ")");
        }
        return count;
    }

    private static void writeMemory(DataOutputStream out, List<GuestRam> rams) throws IOException {
        out.writeInt(rams.size());
        byte[] page = new byte[PAGE];
        for (GuestRam ram : rams) {
            out.writeUTF(ram.name());
            out.writeLong(ram.size());
            for (int number = 0; number < ram.size() / PAGE; number++) {
                if (!ram.isZero((long) number * PAGE, PAGE)) {
                    ram.read((long) number * PAGE, page, 0, PAGE);
                    out.writeInt(number);
                    out.write(page);
                }
            }
            out.writeInt(-1);
        }
    }

    private static void readMemory(DataInputStream in, List<GuestRam> rams) throws IOException, SnapshotException {
        if (in.readInt() != rams.size()) {
            throw new SnapshotException("the snapshot has another number of memory blocks");
        }
        byte[] page = new byte[PAGE];
        for (GuestRam ram : rams) {
            String name = in.readUTF();
            long size = in.readLong();
            if (!name.equals(ram.name()) || size != ram.size()) {
                throw new SnapshotException("the snapshot has memory %s of %d bytes instead of %s of %d bytes"
                        .formatted(name, size, ram.name(), ram.size()));
            }
            int last = -1;
            for (int number = in.readInt(); number != -1; number = in.readInt()) {
                if (number <= last || number >= ram.size() / PAGE) {
                    throw new SnapshotException("the snapshot is damaged (page " + number + ")");
                }
                clear(ram, last + 1, number);
                in.readFully(page);
                ram.write((long) number * PAGE, page, 0, PAGE);
                last = number;
            }
            clear(ram, last + 1, (int) (ram.size() / PAGE));
        }
    }

    /** Clears pages {@code from} to {@code to - 1} unless they are clear already: untouched pages stay uncommitted. */
    private static void clear(GuestRam ram, int from, int to) {
        for (int number = from; number < to; number++) {
            if (!ram.isZero((long) number * PAGE, PAGE)) {
                ram.fill((long) number * PAGE, PAGE, (byte) 0);
            }
        }
    }
}
