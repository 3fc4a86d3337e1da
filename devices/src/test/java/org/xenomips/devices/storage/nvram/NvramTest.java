package org.xenomips.devices.storage.nvram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.time.VirtualClock;

class NvramTest {
    private static final int SIZE = 0x2_0000;
    private static final long PATTERN = 0x5ca3_3ac5_5ca3_3ac5L;

    @TempDir
    Path directory;

    private final VirtualClock clock = new VirtualClock(100_000_000);

    private Path file() {
        return directory.resolve("c7200_i0_nvram");
    }

    private Nvram open() throws ConfigurationException {
        return new Nvram(file(), SIZE, clock);
    }

    @Test
    void newNvramIsBlankAndItsFileHasFullSize() throws Exception {
        try (Nvram nvram = open()) {
            assertThat(nvram.isBlank()).isTrue();
            assertThat(Files.size(file())).isEqualTo(SIZE);
            nvram.write(0x1_fffc, 4, 0xcafe_babeL);
            assertThat(nvram.isBlank()).isFalse();
        }
    }

    @Test
    void isBigEndianMemoryForAllAccessSizes() throws Exception {
        try (Nvram nvram = open()) {
            nvram.write(0x900, 8, 0x1122_3344_5566_7788L);
            assertThat(nvram.read(0x900, 8)).isEqualTo(0x1122_3344_5566_7788L);
            assertThat(nvram.read(0x902, 2)).isEqualTo(0x3344);
            assertThat(nvram.read(0x906, 2)).isEqualTo(0x7788);
            assertThat(nvram.read(0x900, 1)).isEqualTo(0x11);
            assertThat(nvram.read(0x907, 1)).isEqualTo(0x88);
            nvram.write(0x1004, 1, 0x12);
            nvram.write(0x1006, 2, 0x5678);
            assertThat(nvram.read(0x1004, 4)).isEqualTo(0x1200_5678);
        }
    }

    @Test
    void accessesBeyondTheEndReadZeroAndVanish() throws Exception {
        try (Nvram nvram = open()) {
            nvram.write(SIZE, 4, 1);
            nvram.write(SIZE - 2, 4, -1 & 0xffff_ffffL);
            nvram.write(-4, 4, 1);
            assertThat(nvram.read(SIZE, 4)).isZero();
            assertThat(nvram.read(-4, 8)).isZero();
            assertThat(nvram.isBlank()).isTrue();
        }
    }

    @Test
    void contentsSurviveReopening() throws Exception {
        try (Nvram nvram = open()) {
            nvram.write(0x1000, 4, 0x5052_4f42);
        }
        assertThat(Files.readAllBytes(file())).startsWith(new byte[0x1000]).contains('P', 'R', 'O', 'B');
        try (Nvram nvram = open()) {
            assertThat(nvram.read(0x1000, 4)).isEqualTo(0x5052_4f42);
        }
    }

    @Test
    void flushSavesWhileOpen() throws Exception {
        try (Nvram nvram = open()) {
            nvram.write(0x80, 1, 'I');
            nvram.flush();
            assertThat(Files.readAllBytes(file())[0x80]).isEqualTo((byte) 'I');
        }
    }

    @Test
    void onlyByteAccessesReachTheCalendar() throws Exception {
        try (Nvram nvram = open()) {
            nvram.write(0, 4, 0x0102_0380);
            assertThat(nvram.read(0, 4)).isEqualTo(0x0102_0380);
            assertThat(nvram.read(2, 2)).isEqualTo(0x0380);
            assertThat(nvram.read(3, 1)).isZero();
            nvram.write(3, 1, 0x55);
            assertThat(nvram.read(0, 4)).isEqualTo(0x0102_0380);
        }
    }

    @Test
    void calendarDeliversTheWallClockTimeOnce() throws Exception {
        try (Nvram nvram = open()) {
            clock.retired(3_723L * 100_000_000);
            openCalendar(nvram);
            assertThat(nvram.isIdempotentRead(3)).isFalse();
            // 2026-01-01 was a Thursday; 126 years since 1900 are C6.
            assertThat(readCalendar(nvram)).isEqualTo(0xc601_0104_0102_0300L);
            assertThat(nvram.read(3, 1)).isZero();
            assertThat(nvram.isIdempotentRead(3)).isTrue();
            openCalendar(nvram);
            assertThat(readCalendar(nvram) >>> 56).isEqualTo(0xc6);
        }
    }

    @Test
    void settingTheCalendarChangesNothing() throws Exception {
        try (Nvram nvram = open()) {
            openCalendar(nvram);
            long before = readCalendar(nvram);
            openCalendar(nvram);
            for (int i = 0; i < 64; i++) {
                nvram.write(3, 1, 1);
            }
            openCalendar(nvram);
            assertThat(readCalendar(nvram)).isEqualTo(before);
        }
    }

    private static void openCalendar(Nvram nvram) {
        for (int i = 0; i < 64; i++) {
            nvram.write(3, 1, PATTERN >>> i & 1);
        }
    }

    private static long readCalendar(Nvram nvram) {
        long stamp = 0;
        for (int i = 0; i < 64; i++) {
            stamp |= nvram.read(3, 1) << i;
        }
        return stamp;
    }

    @Test
    void smallerFileIsExtendedAndKeepsItsContents() throws Exception {
        byte[] old = new byte[0x8000];
        old[0x7fff] = 7;
        Files.write(file(), old);
        try (Nvram nvram = open()) {
            assertThat(nvram.read(0x7fff, 1)).isEqualTo(7);
            assertThat(nvram.read(0x8000, 4)).isZero();
            assertThat(Files.size(file())).isEqualTo(SIZE);
        }
    }

    @Test
    void fileWithContentBehindTheConfiguredSizeIsRefusedUntouched() throws Exception {
        byte[] old = new byte[2 * SIZE];
        old[SIZE + 5] = 1;
        Files.write(file(), old);
        assertThatThrownBy(this::open).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("c7200_i0_nvram")
                .hasMessageContaining("-n");
        assertThat(Files.readAllBytes(file())).isEqualTo(old);
    }

    @Test
    void impossibleSizesAreRefused() {
        for (int size : new int[]{ 0, -4096, (8 << 20) + 1 }) {
            assertThatThrownBy(() -> new Nvram(file(), size, clock)).isInstanceOf(ConfigurationException.class);
        }
        assertThat(file()).doesNotExist();
    }

    @Test
    void blankTailIsCut() throws Exception {
        byte[] old = new byte[2 * SIZE];
        old[SIZE - 1] = 1;
        Files.write(file(), old);
        try (Nvram nvram = open()) {
            assertThat(nvram.read(SIZE - 1, 1)).isEqualTo(1);
            assertThat(Files.size(file())).isEqualTo(SIZE);
        }
    }

    @Test
    void directoryInPlaceOfTheFileIsReported() throws Exception {
        Files.createDirectory(file());
        assertThatThrownBy(this::open).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not a regular file");
    }

    @Test
    void linkAndAccessRightsSurviveSaving() throws Exception {
        Path real = directory.resolve("elsewhere");
        Files.write(real, new byte[SIZE]);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(file(), real);
        try (Nvram nvram = open()) {
            nvram.write(0x1000, 1, 9);
        }
        assertThat(Files.isSymbolicLink(file())).isTrue();
        assertThat(Files.readAllBytes(real)[0x1000]).isEqualTo((byte) 9);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real, LinkOption.NOFOLLOW_LINKS)))
                .isEqualTo("rw-------");
    }

    @Test
    void leftoverOfAKilledSaveIsRemoved() throws Exception {
        Files.write(directory.resolve("c7200_i0_nvram.tmp"), new byte[3]);
        open().close();
        assertThat(directory.resolve("c7200_i0_nvram.tmp")).doesNotExist();
    }

    @Test
    void snapshotCarriesMemoryAndCalendar() throws Exception {
        SnapshotWriter saved = new SnapshotWriter();
        long rest;
        try (Nvram nvram = open()) {
            nvram.write(0x1234, 4, 0xdead_beefL);
            openCalendar(nvram);
            nvram.read(3, 1);
            nvram.save(saved);
            rest = readCalendar(nvram);
        }
        try (Nvram other = new Nvram(directory.resolve("other"), SIZE, clock)) {
            other.write(0x2000, 4, 1);
            other.restore(saved.reader("nvram"));
            assertThat(other.read(0x1234, 4)).isEqualTo(0xdead_beefL);
            assertThat(other.read(0x2000, 4)).isZero();
            assertThat(readCalendar(other)).isEqualTo(rest);
            other.flush();
            assertThat(Files.readAllBytes(directory.resolve("other"))).isEqualTo(Files.readAllBytes(file()));
        }
        try (Nvram smaller = new Nvram(directory.resolve("smaller"), SIZE / 2, clock)) {
            assertThatThrownBy(() -> smaller.restore(saved.reader("nvram"))).isInstanceOf(SnapshotException.class)
                    .hasMessageContaining("-n 128");
        }
    }

    @Test
    void arbitraryAccessesAgreeWithPlainMemory() throws Exception {
        Random random = new Random(7200);
        byte[] model = new byte[SIZE];
        try (Nvram nvram = open()) {
            for (int n = 0; n < 5_000; n++) {
                int size = 1 << random.nextInt(4);
                int offset = 8 + random.nextInt(SIZE - 16);
                long value = random.nextLong() & -1L >>> 64 - 8 * size;
                nvram.write(offset, size, value);
                for (int i = 0; i < size; i++) {
                    model[offset + i] = (byte) (value >>> 8 * (size - 1 - i));
                }
            }
            assertThat(nvram.contents()).isEqualTo(model);
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(model);
    }
}
