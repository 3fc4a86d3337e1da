package org.xenomips.devices.storage.pcmcia;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The content of a new disk: a partition table with one FAT16 volume behind the first track, with an empty root
 * directory.
 *
 * @see "Microsoft Extensible Firmware Initiative FAT32 File System Specification, 'Boot Sector and BPB' (FAT16)"
 */
final class DiskFormat {
    private static final int PARTITION_TABLE = 0x1be;
    private static final int SIGNATURE = 0x1fe;
    private static final int SIGNATURE_VALUE = 0xaa55;
    private static final int PARTITION_TYPE_FAT16 = 0x04;
    private static final int VOLUME_START = DiskGeometry.SECTORS_PER_TRACK;
    private static final int FATS = 2;
    private static final int LAST_CHS_CYLINDER = 1023;
    /** Largest volume (sectors) for each cluster size, from two sectors per cluster on, doubling. */
    private static final int[] CLUSTER_LIMITS = { 32_680, 262_144, 524_288, 1_048_576, 2_097_152, 4_194_304 };

    private final DiskGeometry geometry;
    private final String label;

    /** {@code label} (at most 11 ASCII characters) names the volume. */
    DiskFormat(DiskGeometry geometry, String label) {
        this.geometry = geometry;
        this.label = label;
    }

    /** Formats {@code disk}, which has its full size and reads as zeros. */
    void write(RandomAccessFile disk) throws IOException {
        put(disk, 0, partitionTable());
        ByteBuffer boot = bootSector();
        int sectorsPerFat = boot.getShort(22) & 0xffff;
        put(disk, VOLUME_START, boot);
        for (int fat = 0; fat < FATS; fat++) {
            ByteBuffer first = sector();
            first.putInt(0xffff_fff8);
            put(disk, VOLUME_START + 1 + fat * sectorsPerFat, first);
        }
    }

    private ByteBuffer partitionTable() {
        ByteBuffer mbr = sector().position(PARTITION_TABLE);
        mbr.put((byte) 0);
        putChs(mbr, VOLUME_START);
        mbr.put((byte) PARTITION_TYPE_FAT16);
        putChs(mbr, geometry.sectors() - 1);
        mbr.putInt(VOLUME_START).putInt(volumeSectors());
        return mbr.putShort(SIGNATURE, (short) SIGNATURE_VALUE);
    }

    private static void putChs(ByteBuffer to, int number) {
        int sector = number % DiskGeometry.SECTORS_PER_TRACK + 1;
        int head = number / DiskGeometry.SECTORS_PER_TRACK % DiskGeometry.HEADS;
        int cylinder = number / DiskGeometry.SECTORS_PER_TRACK / DiskGeometry.HEADS;
        if (cylinder > LAST_CHS_CYLINDER) {
            to.put((byte) 0xfe).put((byte) 0xff).put((byte) 0xff);
        } else {
            to.put((byte) head).put((byte) (cylinder >> 8 << 6 | sector)).put((byte) cylinder);
        }
    }

    private int volumeSectors() {
        return geometry.sectors() - VOLUME_START;
    }

    private int sectorsPerCluster() {
        int clusters = 2;
        for (int limit : CLUSTER_LIMITS) {
            if (volumeSectors() <= limit) {
                break;
            }
            clusters *= 2;
        }
        return clusters;
    }

    private ByteBuffer bootSector() {
        int sectorsPerFat = (volumeSectors() / sectorsPerCluster() + 1) / 256 + 1;
        ByteBuffer boot = sector();
        boot.put(new byte[]{ (byte) 0xeb, 0x3c, (byte) 0x90 }).put(text("DYNAMIPS", 8));
        boot.putShort((short) DiskGeometry.SECTOR_BYTES).put((byte) sectorsPerCluster());
        boot.putShort((short) 1).put((byte) FATS).putShort((short) 512).putShort((short) 0).put((byte) 0xf8);
        boot.putShort((short) sectorsPerFat);
        boot.putShort((short) DiskGeometry.SECTORS_PER_TRACK).putShort((short) DiskGeometry.HEADS);
        boot.putInt(0).putInt(volumeSectors());
        boot.put((byte) 0x80).put((byte) 0).put((byte) 0x29).putInt(ThreadLocalRandom.current().nextInt());
        boot.put(text(label, 11)).put(text("FAT16", 8));
        return boot.putShort(SIGNATURE, (short) SIGNATURE_VALUE);
    }

    private static byte[] text(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "." + width + "s", text).getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer sector() {
        return ByteBuffer.allocate(DiskGeometry.SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(RandomAccessFile disk, int sector, ByteBuffer content) throws IOException {
        disk.seek((long) sector * DiskGeometry.SECTOR_BYTES);
        disk.write(content.array());
    }
}
