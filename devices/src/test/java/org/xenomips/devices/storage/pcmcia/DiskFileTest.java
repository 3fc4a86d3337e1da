package org.xenomips.devices.storage.pcmcia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFileTest {
    private static final DiskGeometry ONE_MB = new DiskGeometry(1);

    @TempDir
    Path directory;

    /** A file on a host whose disk is full at times. */
    private static final class FullAtTimes extends RandomAccessFile {
        private boolean full;
        private int attempts;

        FullAtTimes(Path path) throws IOException {
            super(path.toFile(), "rw");
            setLength(ONE_MB.bytes());
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            attempts++;
            if (full) {
                throw new IOException("No space left on device");
            }
            super.write(bytes);
        }
    }

    private static byte[] sector(int value) {
        byte[] bytes = new byte[DiskGeometry.SECTOR_BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] read(DiskFile disk, int sector) {
        byte[] bytes = new byte[DiskGeometry.SECTOR_BYTES];
        disk.read(sector, bytes);
        return bytes;
    }

    @Test
    void sectorsTheHostRefusesAreReadBackAndWrittenLater() throws Exception {
        Path path = directory.resolve("disk");
        FullAtTimes file = new FullAtTimes(path);
        DiskFile disk = new DiskFile("disk", ONE_MB, file);
        disk.write(5, sector(1));
        file.full = true;
        disk.write(5, sector(2));
        disk.write(6, sector(3));
        disk.write(5, sector(4));
        assertThat(read(disk, 5)).isEqualTo(sector(4));
        assertThat(read(disk, 6)).isEqualTo(sector(3));
        byte[] both = new byte[3 * DiskGeometry.SECTOR_BYTES];
        disk.read(4, both);
        assertThat(both[512]).isEqualTo((byte) 4);
        assertThat(Files.readAllBytes(path)[5 * 512]).isEqualTo((byte) 1);
        file.full = false;
        disk.write(7, sector(5));
        byte[] content = Files.readAllBytes(path);
        assertThat(content[5 * 512]).isEqualTo((byte) 4);
        assertThat(content[6 * 512]).isEqualTo((byte) 3);
        assertThat(content[7 * 512]).isEqualTo((byte) 5);
        disk.close();
    }

    @Test
    void closingTriesOnceMore() throws Exception {
        Path path = directory.resolve("disk");
        FullAtTimes file = new FullAtTimes(path);
        DiskFile disk = new DiskFile("disk", ONE_MB, file);
        file.full = true;
        disk.write(9, sector(7));
        file.full = false;
        disk.close();
        disk.close();
        assertThat(Files.readAllBytes(path)[9 * 512]).isEqualTo((byte) 7);
    }

    @Test
    void sectorIsOneWrite() throws Exception {
        FullAtTimes file = new FullAtTimes(directory.resolve("disk"));
        DiskFile disk = new DiskFile("disk", ONE_MB, file);
        disk.write(1, sector(1));
        assertThat(file.attempts).isEqualTo(1);
        disk.write(ONE_MB.sectors(), sector(1));
        disk.write(-1, sector(1));
        assertThat(file.attempts).isEqualTo(1);
        disk.close();
    }
}
