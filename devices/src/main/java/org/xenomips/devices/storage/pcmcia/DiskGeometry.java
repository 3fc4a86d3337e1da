package org.xenomips.devices.storage.pcmcia;

/** The geometry of an ATA disk: 4 heads, 32 sectors per track, 16 cylinders per MB. */
record DiskGeometry(int sizeMb) {
    static final int SECTOR_BYTES = 512;
    static final int HEADS = 4;
    static final int SECTORS_PER_TRACK = 32;
    /** Largest size whose number of cylinders fits in 16 bits. */
    static final int LARGEST_MB = 4095;

    private static final int CYLINDERS_PER_MB = 16;

    int cylinders() {
        return sizeMb * CYLINDERS_PER_MB;
    }

    int sectors() {
        return cylinders() * HEADS * SECTORS_PER_TRACK;
    }

    long bytes() {
        return (long) sectors() * SECTOR_BYTES;
    }

    /** Sector number of a cylinder, head (0..15) and one-based sector; -1 or beyond the disk if there is none. */
    static int sector(int cylinder, int head, int sector) {
        return (cylinder * HEADS + head) * SECTORS_PER_TRACK + sector - 1;
    }
}
