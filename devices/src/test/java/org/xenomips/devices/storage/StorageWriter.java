package org.xenomips.devices.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.xenomips.devices.storage.flash.Bootflash;
import org.xenomips.devices.storage.nvram.Nvram;
import org.xenomips.devices.storage.nvram.NvramFileSystem;
import org.xenomips.devices.storage.pcmcia.AtaDisk;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.time.VirtualClock;

/**
 * The process that {@link KilledProcessTest} kills: writes numbered generations to NVRAM, boot flash and disk through
 * their device interfaces, as a guest would, and reports in a file what must not be lost.
 */
final class StorageWriter implements AutoCloseable {
    static final int NVRAM_BYTES = 0x8000;
    static final int FLASH_SECTOR = Bootflash.SECTOR_BYTES;
    static final int FLASH_SECTORS = 4;
    /** Words programmed per flash sector, spread evenly over it. */
    static final int FLASH_WORDS = 512;
    static final int FLASH_STRIDE = FLASH_SECTOR / FLASH_WORDS;
    static final int DISK_SECTOR = 512;
    static final int DISK_FIRST = 600;
    static final int DISK_SECTORS = 1_200;
    static final int SECTORS_PER_GENERATION = 4;

    private static final int DATA_PORT = 0x10_0400;

    private final Nvram nvram;
    private final Bootflash flash;
    private final AtaDisk disk;
    private final RandomAccessFile report;

    private StorageWriter(Path directory) throws ConfigurationException, IOException {
        nvram = new Nvram(directory.resolve("nvram"), NVRAM_BYTES, new VirtualClock(1_000_000));
        flash = new Bootflash(directory.resolve("bootflash"));
        disk = new AtaDisk("disk0", directory.resolve("disk0"), 1);
        report = new RandomAccessFile(directory.resolve("report").toFile(), "rw");
    }

    /** Arguments: directory, seed, per mille of generations after which everything is flushed, the same for a pause. */
    public static void main(String[] arguments) throws Exception {
        Random random = new Random(Long.parseLong(arguments[1]));
        int flushes = Integer.parseInt(arguments[2]);
        int pauses = Integer.parseInt(arguments[3]);
        try (StorageWriter writer = new StorageWriter(Path.of(arguments[0]))) {
            // The first generation is the old content of which nothing must be mixed with the new one.
            writer.writeNvram(1);
            writer.nvram.flush();
            for (int flushed = 0, generation = 1;; generation++) {
                writer.writeDisk(generation);
                writer.writeFlash(generation);
                writer.writeNvram(generation);
                if (random.nextInt(1_000) < flushes) {
                    writer.nvram.flush();
                    writer.flash.flush();
                    flushed = generation;
                }
                writer.report(generation, flushed);
                if (random.nextInt(1_000) < pauses) {
                    Thread.sleep(random.nextInt(30));
                }
            }
        }
    }

    /** Everything that must survive, in one write. */
    private void report(int onDisk, int flushed) throws IOException {
        report.seek(0);
        report.write(ByteBuffer.allocate(8).putInt(onDisk).putInt(flushed).array());
    }

    static byte[] startup(int generation) {
        return "generation %d of the startup configuration\n".formatted(generation)
                .repeat(20 + generation * 37 % 400)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] privateConfig(int generation) {
        return "key %d\n".formatted(generation).repeat(1 + generation % 50).getBytes(StandardCharsets.US_ASCII);
    }

    /** The whole NVRAM when a generation is complete. */
    static byte[] nvramImage(int generation) throws ConfigurationException {
        byte[] image = new byte[NVRAM_BYTES];
        new NvramFileSystem(image).push(startup(generation), privateConfig(generation));
        return image;
    }

    private void writeNvram(int generation) throws ConfigurationException {
        ByteBuffer image = ByteBuffer.wrap(nvramImage(generation));
        int header = NvramFileSystem.OFFSET;
        for (int at = header + 0x10; at < NVRAM_BYTES; at += 4) {
            nvram.write(at, 4, image.getInt(at) & 0xffff_ffffL);
        }
        for (int at = header; at < header + 0x10; at += 2) {
            if (at != header + 0x0c) {
                nvram.write(at, 2, image.getShort(at) & 0xffff);
            }
        }
        nvram.write(header + 0x0c, 2, image.getShort(header + 0x0c) & 0xffff);
    }

    /** Word {@code i} of a generation's flash sector; never all ones or zero. */
    static int flashWord(int generation, int i) {
        return generation << 12 | 1 + i;
    }

    private void writeFlash(int generation) {
        int base = generation % FLASH_SECTORS * FLASH_SECTOR;
        flash.write(base, 4, 0x2020_2020L);
        flash.write(base, 4, 0xd0d0_d0d0L);
        for (int i = 0; i < FLASH_WORDS; i++) {
            flash.write(base + i * FLASH_STRIDE, 4, 0x4040_4040L);
            flash.write(base + i * FLASH_STRIDE, 4, flashWord(generation, i) & 0xffff_ffffL);
        }
    }

    static int diskSector(int generation, int i) {
        return DISK_FIRST + (generation * SECTORS_PER_GENERATION + i) % DISK_SECTORS;
    }

    static byte[] diskPattern(int generation, int sector) {
        byte[] bytes = new byte[DISK_SECTOR];
        new Random((long) generation << 32 | sector).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(generation).putInt(sector);
        return bytes;
    }

    private void writeDisk(int generation) {
        int first = diskSector(generation, 0);
        disk.write(0x10_0000, 2, (first & 0xff) << 8 | SECTORS_PER_GENERATION);
        disk.write(0x10_0006, 2, first >> 8);
        disk.write(0x10_0004, 2, 0x3040);
        for (int i = 0; i < SECTORS_PER_GENERATION; i++) {
            byte[] bytes = diskPattern(generation, first + i);
            for (int j = 0; j < bytes.length; j += 2) {
                disk.write(DATA_PORT, 2, bytes[j] & 0xff | (bytes[j + 1] & 0xff) << 8);
            }
        }
    }

    @Override
    public void close() throws IOException {
        nvram.close();
        flash.close();
        disk.close();
        report.close();
    }
}
