package org.xenomips.devices.storage.nvram;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.storage.ImageKeeper;
import org.xenomips.devices.storage.StorageFiles;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.time.GuestClock;

/**
 * Battery-backed memory with the calendar behind byte 3: byte-addressable, any access size, contents kept in a file.
 *
 * <p>A byte access at offset 3 reaches the calendar; the memory byte there is reached by wider accesses only.
 *
 * <p>Thread: machine thread; the file follows by itself, see the package description.
 */
public final class Nvram implements MmioDevice, Resettable, Snapshotable, AutoCloseable {
    private static final int CALENDAR = 3;
    /** What fits between the NVRAM's address and the next device's. */
    private static final int LARGEST = 8 << 20;

    private final ImageKeeper keeper;
    private final byte[] memory;
    private final PhantomClock calendar;

    /**
     * Opens or creates {@code file}.
     *
     * @param sizeBytes size of the window and of the file, 1 byte to 8 MB
     * @param clock source of the calendar's time
     * @throws ConfigurationException if the size is impossible, the file cannot be used, or is longer and has content
     *             in the part to be cut
     */
    public Nvram(Path file, int sizeBytes, GuestClock clock) throws ConfigurationException {
        if (sizeBytes < 1 || sizeBytes > LARGEST) {
            throw new ConfigurationException(
                    "an NVRAM of %d bytes is impossible; the board has room for 8192 KB (-n)".formatted(sizeBytes));
        }
        Path path = StorageFiles.resolve(file);
        memory = new byte[sizeBytes];
        calendar = new PhantomClock(clock);
        String advice = "configure a larger NVRAM (-n, in KB)";
        try (RandomAccessFile opened = StorageFiles.open(path, sizeBytes, advice, made -> {})) {
            opened.readFully(memory);
            ReplacedFile target = new ReplacedFile(path);
            if (opened.length() != sizeBytes) {
                target.save(memory);
            }
            keeper = new ImageKeeper(path.getFileName().toString(), memory, sizeBytes, target,
                    NvramFileSystem::judge);
        } catch (IOException e) {
            throw StorageFiles.unusable(path, e);
        }
    }

    /** Size in bytes. */
    public int size() {
        return memory.length;
    }

    /** True when every byte is zero. */
    public boolean isBlank() {
        return StorageFiles.isBlank(memory, memory.length);
    }

    /** A copy of the contents. */
    public byte[] contents() {
        return memory.clone();
    }

    /** Replaces the contents in one transaction; {@code image} must have the NVRAM's size. */
    public void load(byte[] image) {
        if (image.length != memory.length) {
            throw new IllegalArgumentException("image of " + image.length + " bytes for " + memory.length);
        }
        keeper.store(() -> {
            System.arraycopy(image, 0, memory, 0, memory.length);
            keeper.changed(0, memory.length);
        });
    }

    @Override
    public long read(int offset, int sizeBytes) {
        if (offset == CALENDAR && sizeBytes == 1) {
            return calendar.read();
        }
        long value = 0;
        for (int i = 0; i < sizeBytes; i++) {
            value = value << 8 | byteAt(offset + i);
        }
        return value;
    }

    private int byteAt(int offset) {
        return offset >= 0 && offset < memory.length ? memory[offset] & 0xff : 0;
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        if (offset == CALENDAR && sizeBytes == 1) {
            calendar.write((int) value);
            return;
        }
        if (offset < 0 || offset > memory.length - sizeBytes || read(offset, sizeBytes) == value) {
            return;
        }
        keeper.store(() -> {
            for (int i = 0; i < sizeBytes; i++) {
                memory[offset + i] = (byte) (value >>> 8 * (sizeBytes - 1 - i));
            }
            keeper.changed(offset, sizeBytes);
        });
        if (NvramFileSystem.touchesChecksum(offset, sizeBytes)) {
            keeper.maybeComplete();
        }
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        return offset != CALENDAR || calendar.isExhausted();
    }

    /** Forgets a half-sent pattern of the calendar; the memory stays. */
    @Override
    public void reset() {
        calendar.reset();
    }

    /** Saves the contents; on return they are in the file, or the user has been warned. */
    public void flush() {
        keeper.flush();
    }

    /** Saves and closes; idempotent. */
    @Override
    public void close() {
        keeper.close();
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putBytes("memory", contents());
        out.section("calendar", calendar);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        byte[] image = in.getBytes("memory");
        if (image.length != memory.length) {
            throw new SnapshotException("the saved machine has %d KB of NVRAM, this one %d KB; use -n %1$d"
                    .formatted(image.length >> 10, memory.length >> 10));
        }
        load(image);
        in.section("calendar", calendar);
    }
}
