package org.xenomips.devices.storage.pcmcia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.machine.ConfigurationException;

class AtaDiskTest {
    private static final int SECTOR_COUNT = 0x8_0001;
    private static final int CYLINDER = 0x8_0002;
    private static final int STATUS_HEAD = 0x8_0003;
    private static final int DATA = 0x10_0400;
    private static final int READ = 0x20;
    private static final int WRITE = 0x30;
    private static final int IDENTIFY = 0xec;
    private static final int IDLE = 0x50;
    private static final int DATA_REQUEST = 0x58;

    @TempDir
    Path directory;

    private AtaDisk disk;

    @BeforeEach
    void open() throws ConfigurationException {
        disk = new AtaDisk("disk0", file(), 64);
    }

    @AfterEach
    void close() {
        disk.close();
    }

    private Path file() {
        return directory.resolve("c7200_i0_disk0");
    }

    private int register(int k) {
        return (int) disk.read((k ^ 1) << 1, 2);
    }

    private void register(int k, int value) {
        disk.write((k ^ 1) << 1, 2, value & 0xffff);
    }

    private void command(int command, int count, int lba) {
        register(SECTOR_COUNT, (lba & 0xff) << 8 | count & 0xff);
        register(CYLINDER, lba >> 8);
        register(STATUS_HEAD, command << 8 | 0x40 | lba >> 24 & 15);
    }

    private int status() {
        return register(STATUS_HEAD) >> 8;
    }

    private byte[] pull() {
        byte[] sector = new byte[512];
        for (int i = 0; i < 256; i++) {
            int value = (int) disk.read(DATA, 2);
            sector[2 * i] = (byte) value;
            sector[2 * i + 1] = (byte) (value >> 8);
        }
        return sector;
    }

    private void push(byte[] sector) {
        for (int i = 0; i < 256; i++) {
            disk.write(DATA, 2, sector[2 * i] & 0xff | (sector[2 * i + 1] & 0xff) << 8);
        }
    }

    private static long crc(byte[]... parts) {
        CRC32 crc = new CRC32();
        for (byte[] part : parts) {
            crc.update(part);
        }
        return crc.getValue();
    }

    private static byte[] pattern(int j) {
        byte[] sector = new byte[512];
        for (int i = 0; i < 512; i++) {
            sector[i] = (byte) (i * 7 + j * 31 + 5);
        }
        return sector;
    }

    @Test
    void cardInformationStructureIsThatOfTheCard() {
        byte[] cis = new byte[0xbd];
        for (int k = 0; k < cis.length; k++) {
            cis[k] = (byte) register(k);
        }
        assertThat(HexFormat.of().formatHex(cis))
                .isEqualTo("0103d901ff1c0403d901ff1802df01200434120002152b040144796e616d6970"
                        + "732041544120466c617368204361726420200044594e41302020004459" + "4e4130"
                        + "00ff210204012202010122030204" + "5f1a05010300020f1b0bc040a127554d5d75"
                        + "0800211b06000121b51e4d1b0dc1419927554d5d7564f0ffff211b06010121b5"
                        + "1e4d1b12c2419927554d5d75ea61f00107f60301ee211b06020121b51e4d1b12"
                        + "c3419927554d5d75ea61700107760301ee211b06030121b51e4d1400ff");
        assertThat(register(0xbd)).isZero();
        assertThat(register(0x102)).isEqualTo(0x22);
        assertThat(disk.read(2, 1)).as("CIS byte 0").isEqualTo(1);
    }

    @Test
    void identifyTellsTheGeometry() {
        assertThat(status()).isEqualTo(IDLE);
        command(IDENTIFY, 0, 0);
        assertThat(status()).isEqualTo(DATA_REQUEST);
        byte[] id = pull();
        assertThat(status()).isEqualTo(IDLE);
        int[] expected = new int[256];
        expected[0] = 0x848a;
        expected[1] = 0x400;
        expected[3] = 4;
        expected[6] = 0x20;
        expected[7] = 2;
        expected[22] = 4;
        expected[53] = 3;
        expected[54] = 0x400;
        expected[55] = 4;
        expected[56] = 0x20;
        expected[58] = 2;
        int[] words = new int[256];
        for (int i = 0; i < 256; i++) {
            words[i] = id[2 * i] & 0xff | (id[2 * i + 1] & 0xff) << 8;
        }
        assertThat(words).isEqualTo(expected);
    }

    @Test
    void newDiskIsPartitionedAndFormatted() {
        command(READ, 1, 0);
        byte[] mbr = pull();
        assertThat(Arrays.copyOf(mbr, 0x1be)).containsOnly(0);
        assertThat(HexFormat.ofDelimiter(" ").formatHex(mbr, 0x1be, 0x1ce))
                .isEqualTo("00 01 01 00 04 03 e0 ff 20 00 00 00 e0 ff 01 00");
        assertThat(Arrays.copyOfRange(mbr, 0x1ce, 0x1fe)).containsOnly(0);
        assertThat(HexFormat.of().formatHex(mbr, 510, 512)).isEqualTo("55aa");
        command(READ, 1, 32);
        byte[] boot = pull();
        assertThat(HexFormat.ofDelimiter(" ").formatHex(boot, 0, 39)).isEqualTo(
                "eb 3c 90 44 59 4e 41 4d 49 50 53 00 02 04 01 00 02 00 02 00 00 f8 80 00 20 00 04 00 00 00 00 00 e0 ff 01 00"
                        + " 80 00 29");
        assertThat(HexFormat.ofDelimiter(" ").formatHex(boot, 43, 62))
                .isEqualTo("64 69 73 6b 30 20 20 20 20 20 20 46 41 54 31 36 20 20 20");
        assertThat(HexFormat.of().formatHex(boot, 510, 512)).isEqualTo("55aa");
        for (int fat : new int[]{ 33, 33 + 0x80 }) {
            command(READ, 1, fat);
            assertThat(pull()).startsWith(0xf8, 0xff, 0xff, 0xff, 0);
        }
        command(READ, 1, 5000);
        assertThat(crc(pull())).isEqualTo(0xb2aa_7578L);
    }

    @Test
    void newDiskOccupiesLittleOnTheHost() throws Exception {
        assertThat(Files.size(file())).isEqualTo(64 << 20);
        Object blocks = Files.getAttribute(file(), "unix:nlink");
        assertThat(blocks).isEqualTo(1);
        assertThat(directory.resolve("c7200_i0_disk0.tmp")).doesNotExist();
    }

    @Test
    void multiSectorWritesAreReadBackByBothAddressings() {
        command(WRITE, 3, 5000);
        assertThat(status()).isEqualTo(DATA_REQUEST);
        for (int j = 0; j < 3; j++) {
            push(pattern(j));
            assertThat(status()).isEqualTo(j < 2 ? DATA_REQUEST : IDLE);
        }
        long[] golden = { 0xb925_ec8bL, 0x9f01_5f40L, 0x8bf5_dc99L };
        for (int j = 0; j < 3; j++) {
            int lba = 5000 + j;
            register(SECTOR_COUNT, ((lba & 31) + 1) << 8 | 1);
            register(CYLINDER, lba >> 7);
            register(STATUS_HEAD, READ << 8 | lba >> 5 & 3);
            assertThat(crc(pull())).isEqualTo(golden[j]);
        }
        command(READ, 2, 5001);
        byte[] first = pull();
        assertThat(status()).isEqualTo(DATA_REQUEST);
        byte[] second = pull();
        assertThat(status()).isEqualTo(IDLE);
        assertThat(crc(first, second)).isEqualTo(0xa908_e8d9L);
    }

    @Test
    void sectorCountZeroMeans256() {
        command(WRITE, 0, 1000);
        for (int i = 0; i < 255; i++) {
            push(pattern(i));
        }
        assertThat(status()).isEqualTo(DATA_REQUEST);
        push(pattern(255));
        assertThat(status()).isEqualTo(IDLE);
        command(READ, 1, 1255);
        assertThat(pull()).isEqualTo(pattern(255));
    }

    @Test
    void unknownCommandLeavesTheStatusAlone() {
        register(STATUS_HEAD, 0x91 << 8);
        assertThat(status()).isEqualTo(IDLE);
        command(READ, 1, 0);
        register(STATUS_HEAD, 0x91 << 8 | 5);
        assertThat(register(STATUS_HEAD)).isEqualTo(DATA_REQUEST << 8 | 5);
    }

    @Test
    void byteReadOfTheStatusRegisterGivesTheHead() {
        register(STATUS_HEAD, 0x91 << 8 | 0xe3);
        assertThat(disk.read(0x10_0004, 1) & 0xff).isEqualTo(0xe3);
        assertThat(disk.read(0x10_0004, 4)).isEqualTo(IDLE << 8 | 0xe3);
    }

    @Test
    void writtenSectorIsInTheFileAtOnce() throws Exception {
        command(WRITE, 1, 131_071);
        byte[] sector = pattern(9);
        for (int i = 0; i < 255; i++) {
            disk.write(DATA + 2 * i, 2, sector[2 * i] & 0xff | (sector[2 * i + 1] & 0xff) << 8);
        }
        assertThat(inFile(131_071)).containsOnly(0);
        disk.write(DATA, 2, sector[510] & 0xff | (sector[511] & 0xff) << 8);
        assertThat(inFile(131_071)).isEqualTo(sector);
    }

    private byte[] inFile(int sector) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "r")) {
            byte[] bytes = new byte[512];
            raw.seek(512L * sector);
            raw.readFully(bytes);
            return bytes;
        }
    }

    @Test
    void resetAbandonsAnIncompleteSector() throws Exception {
        command(WRITE, 1, 7000);
        disk.write(DATA, 2, 0xffff);
        disk.reset();
        assertThat(status()).isEqualTo(IDLE);
        for (int i = 0; i < 300; i++) {
            disk.write(DATA, 2, 0xffff);
        }
        assertThat(inFile(7000)).containsOnly(0);
    }

    @Test
    void sectorsOutsideOfTheDiskReadZeroAndSwallowWrites() throws Exception {
        for (int lba : new int[]{ 131_072, 0xfff_ffff }) {
            command(WRITE, 2, lba);
            push(pattern(1));
            push(pattern(2));
            assertThat(status()).isEqualTo(IDLE);
            command(READ, 1, lba);
            assertThat(pull()).containsOnly(0);
        }
        // Sector 0 of a track does not exist; on the very first track it lies before the disk.
        register(SECTOR_COUNT, 1);
        register(CYLINDER, 0);
        register(STATUS_HEAD, WRITE << 8);
        push(pattern(3));
        assertThat(Files.size(file())).isEqualTo(64 << 20);
        assertThat(HexFormat.of().formatHex(inFile(0), 510, 512)).isEqualTo("55aa");
    }

    @Test
    void arbitraryAccessesAreHarmless() {
        Random random = new Random(0xa7a);
        int[] places = { 0x10_0000, 0x10_0004, 0x10_0006, 0x10_0400, 0x10_05fe, 0x206, 0 };
        for (int n = 0; n < 20_000; n++) {
            int offset = random.nextInt(4) == 0 ? random.nextInt() : places[random.nextInt(places.length)];
            int size = 1 << random.nextInt(4);
            disk.write(offset, size, random.nextLong() & -1L >>> 64 - 8 * size);
            disk.read(offset, size);
            if (random.nextInt(100) == 0) {
                register(STATUS_HEAD, (random.nextBoolean() ? READ : WRITE) << 8 | random.nextInt(256));
            }
        }
        disk.reset();
        assertThat(status()).isEqualTo(IDLE);
    }

    @Test
    void existingDiskIsLengthenedAndNotFormatted() throws Exception {
        Path path = directory.resolve("raw");
        Files.write(path, pattern(4));
        try (AtaDisk longer = new AtaDisk("disk1", path, 1)) {
            assertThat(longer.read(2, 2)).isEqualTo(1);
        }
        assertThat(Files.size(path)).isEqualTo(1 << 20);
        assertThat(Files.readAllBytes(path)).startsWith(pattern(4));
    }

    @Test
    void diskWithContentBehindTheConfiguredSizeIsRefusedUntouched() throws Exception {
        Path path = directory.resolve("large");
        new AtaDisk("disk1", path, 2).close();
        try (RandomAccessFile raw = new RandomAccessFile(path.toFile(), "rw")) {
            raw.seek((2 << 20) - 1);
            raw.write(1);
        }
        assertThatThrownBy(() -> new AtaDisk("disk1", path, 1)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--disk1");
        assertThat(Files.size(path)).isEqualTo(2 << 20);
    }

    @Test
    void impossibleSizesAreRefused() {
        for (int size : new int[]{ 0, -1, 4096, Integer.MAX_VALUE }) {
            assertThatThrownBy(() -> new AtaDisk("disk0", directory.resolve("x"), size))
                    .isInstanceOf(ConfigurationException.class);
        }
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void largestDiskHasConsistentFigures() throws Exception {
        Path path = directory.resolve("huge");
        try (AtaDisk huge = new AtaDisk("disk1", path, 4095)) {
            assertThat(huge.read(2, 2)).isEqualTo(1);
        }
        try (RandomAccessFile raw = new RandomAccessFile(path.toFile(), "r")) {
            assertThat(raw.length()).isEqualTo(4095L << 20);
            raw.seek(0x1be + 5);
            assertThat(raw.read() << 16 | raw.read() << 8 | raw.read()).isEqualTo(0xfe_ffff);
            raw.seek(32 * 512 + 13);
            assertThat(raw.read()).as("sectors per cluster").isEqualTo(128);
        }
    }

    @Test
    void snapshotCarriesTransferAndContents() throws Exception {
        close();
        Path a = directory.resolve("a");
        Path b = directory.resolve("b");
        SnapshotWriter saved = new SnapshotWriter();
        disk = new AtaDisk("disk0", a, 1);
        command(WRITE, 2, 100);
        push(pattern(1));
        disk.write(DATA, 2, 0x0605);
        disk.save(saved);
        close();
        disk = new AtaDisk("disk0", b, 1);
        command(WRITE, 1, 300);
        push(pattern(7));
        disk.restore(saved.reader("disk"));
        assertThat(Files.mismatch(a, b)).isEqualTo(-1);
        assertThat(status()).isEqualTo(DATA_REQUEST);
        for (int i = 1; i < 256; i++) {
            disk.write(DATA, 2, i);
        }
        assertThat(status()).isEqualTo(IDLE);
        command(READ, 2, 100);
        assertThat(pull()).isEqualTo(pattern(1));
        assertThat(pull()).startsWith(5, 6, 1, 0, 2, 0);
        try (AtaDisk other = new AtaDisk("disk0", directory.resolve("c"), 2)) {
            assertThatThrownBy(() -> other.restore(saved.reader("disk"))).isInstanceOf(SnapshotException.class);
        }
    }
}
