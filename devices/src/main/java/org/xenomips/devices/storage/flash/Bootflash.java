package org.xenomips.devices.storage.flash;

import java.io.IOException;
import java.nio.file.Path;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.storage.ImageKeeper;
import org.xenomips.devices.storage.SparseContent;
import org.xenomips.devices.storage.StorageFiles;
import org.xenomips.machine.ConfigurationException;

/**
 * The 8 MB boot flash: four byte-wide chips interleaved by byte, so that byte {@code a} is cell {@code a / 4} of chip
 * {@code a % 4} and each access is split into byte accesses in ascending order. Contents are kept in a raw file; a new
 * one is all zero.
 *
 * <p>Thread: machine thread; the file follows by itself, see the package description.
 */
public final class Bootflash implements MmioDevice, Resettable, Snapshotable, AutoCloseable {
    /** Bytes of the whole set. */
    public static final int SIZE = 4 * FlashChip.SIZE;
    /** Bytes that are erased at once. */
    public static final int SECTOR_BYTES = 4 * FlashChip.BLOCK_BYTES;

    private static final int LANES = 4;
    /** Unit of saving: what one journal entry holds. */
    private static final int SAVED_BLOCK = BlockMemory.BLOCK_BYTES;

    private final BlockMemory memory = new BlockMemory(SIZE);
    private final ImageKeeper keeper;
    private final FlashChip[] chips = new FlashChip[LANES];

    /**
     * Opens or creates {@code file}, finishing a save that was interrupted.
     *
     * @throws ConfigurationException if it cannot be used, or is longer than 8 MB and has content there
     */
    public Bootflash(Path file) throws ConfigurationException {
        Path path = StorageFiles.resolve(file);
        JournaledFile opened = new JournaledFile(path, SIZE, "the boot flash has 8 MB");
        try {
            opened.load(SAVED_BLOCK, memory::setBlock);
        } catch (IOException e) {
            throw StorageFiles.unusable(path, e);
        }
        keeper = new ImageKeeper(path.getFileName().toString(), memory, SAVED_BLOCK, opened);
        for (int lane = 0; lane < LANES; lane++) {
            chips[lane] = new FlashChip(new Lane(lane));
        }
    }

    /** The cells of one chip within the interleaved image. */
    private final class Lane implements FlashChip.Cells {
        private final int lane;

        Lane(int lane) {
            this.lane = lane;
        }

        @Override
        public int get(int offset) {
            return memory.get(offset * LANES + lane) & 0xff;
        }

        @Override
        public void set(int offset, int value) {
            int at = offset * LANES + lane;
            memory.set(at, (byte) value);
            keeper.changed(at, 1);
        }

        @Override
        public void erase(int offset, int count) {
            int end = Math.min(offset + count, FlashChip.SIZE);
            memory.fill(offset * LANES + lane, end * LANES, LANES, (byte) 0xff);
            keeper.changed(offset * LANES, (end - offset) * LANES);
        }
    }

    @Override
    public long read(int offset, int sizeBytes) {
        long value = 0;
        for (int a = offset; a < offset + sizeBytes; a++) {
            value = value << 8 | (isInside(a) ? chips[a % LANES].read(a / LANES) : 0);
        }
        return value;
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        keeper.store(() -> {
            for (int i = 0; i < sizeBytes; i++) {
                int a = offset + i;
                if (isInside(a)) {
                    chips[a % LANES].write(a / LANES, (int) (value >>> 8 * (sizeBytes - 1 - i)) & 0xff);
                }
            }
        });
    }

    private static boolean isInside(int offset) {
        return offset >= 0 && offset < SIZE;
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        for (FlashChip chip : chips) {
            if (!chip.readIsPure()) {
                return false;
            }
        }
        return true;
    }

    /** All chips deliver their array; the contents stay. */
    @Override
    public void reset() {
        for (FlashChip chip : chips) {
            chip.reset();
        }
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
        SparseContent.save(out.section("memory"), SIZE, (at, into) -> System
                .arraycopy(memory.copy((int) at, (int) at + into.length), 0, into, 0, into.length));
        for (int lane = 0; lane < LANES; lane++) {
            out.section("chip" + lane, chips[lane]);
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        BlockMemory saved = new BlockMemory(SIZE);
        SparseContent.restore(in.section("memory"), SIZE, (at, bytes) -> saved.setBlock((int) at, bytes));
        keeper.store(() -> {
            for (int at = 0; at < SIZE; at += SAVED_BLOCK) {
                byte[] block = saved.copy(at, at + SAVED_BLOCK);
                if (!memory.isBlock(at, block)) {
                    memory.setBlock(at, block);
                    keeper.changed(at, SAVED_BLOCK);
                }
            }
        });
        for (int lane = 0; lane < LANES; lane++) {
            in.section("chip" + lane, chips[lane]);
        }
    }
}
