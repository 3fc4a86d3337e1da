package org.xenomips.devices.storage.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.machine.ConfigurationException;

class BootflashTest {
    @TempDir
    Path directory;

    private Bootflash flash;

    @BeforeEach
    void open() throws ConfigurationException {
        flash = new Bootflash(file());
    }

    @AfterEach
    void close() {
        flash.close();
    }

    private Path file() {
        return directory.resolve("c7200_i0_bootflash");
    }

    private long word(int offset) {
        return flash.read(offset, 4);
    }

    private void word(int offset, long value) {
        flash.write(offset, 4, value);
    }

    @Test
    void newFlashIsZeroAndItsFileHasFullSize() throws Exception {
        assertThat(word(0)).isZero();
        assertThat(word(0x7f_fffc)).isZero();
        assertThat(Files.size(file())).isEqualTo(8 << 20);
    }

    @Test
    void identifierModeTellsMakerAndDevice() {
        word(0, 0x9090_9090L);
        assertThat(word(0)).isEqualTo(0x8989_8989L);
        assertThat(word(4)).isEqualTo(0xa0a0_a0a0L);
        assertThat(word(8)).isZero();
        word(0, 0xffff_ffffL);
        assertThat(word(4)).isZero();
    }

    @Test
    void eraseFillsOneSectorOfTheWholeSet() {
        erase(0x30_0000);
        for (int i = 0; i < 0x4_0000; i += 4) {
            if (word(0x30_0000 + i) != 0xffff_ffffL) {
                assertThat(i).as("not erased").isNegative();
            }
        }
        assertThat(word(0x2f_fffc)).isZero();
        assertThat(word(0x34_0000)).isZero();
    }

    private void erase(int offset) {
        word(offset, 0x2020_2020L);
        assertThat(word(offset)).isEqualTo(0x8080_8080L);
        word(offset, 0xd0d0_d0d0L);
        assertThat(word(offset)).isEqualTo(0x8080_8080L);
        assertThat(word(0)).isEqualTo(0x8080_8080L);
        word(0, 0xffff_ffffL);
    }

    @Test
    void eraseSetUpWaitsForItsConfirmation() {
        word(0x1000, 0x2020_2020L);
        word(0x1000, 0x1010_1010L);
        word(0x1000, 0xffff_ffffL);
        assertThat(word(0x1000)).isEqualTo(0x8080_8080L);
        word(0x1000, 0xd0d0_d0d0L);
        word(0x1000, 0xffff_ffffL);
        assertThat(word(0x1000)).isEqualTo(0xffff_ffffL);
        assertThat(word(0xffc)).isZero();
    }

    @Test
    void eraseEndsWithTheChip() {
        word(0x7f_fff0, 0x2020_2020L);
        word(0x7f_fff0, 0xd0d0_d0d0L);
        word(0, 0xffff_ffffL);
        assertThat(word(0x7f_fff0)).isEqualTo(0xffff_ffffL);
        assertThat(word(0x7f_ffec)).isZero();
        assertThat(word(0)).isZero();
    }

    @Test
    void programmingStoresWordsAndLeavesStatusMode() {
        erase(0x30_0000);
        word(0x30_0000, 0x4040_4040L);
        assertThat(word(0x30_0000)).isZero();
        word(0x30_0000, 0xfeed_faceL);
        assertThat(word(0x30_0000)).isEqualTo(0x8080_8080L);
        word(0x30_0010, 0x1010_1010L);
        word(0x30_0010, 0x0123_4567L);
        word(0, 0x7070_7070L);
        assertThat(flash.isIdempotentRead(0)).isFalse();
        assertThat(word(0)).isEqualTo(0x8080_8080L);
        assertThat(flash.isIdempotentRead(0)).isTrue();
        assertThat(word(0x30_0010)).isEqualTo(0x0123_4567L);
        assertThat(word(0x30_0000)).isEqualTo(0xfeed_faceL);
        assertThat(flash.read(0x30_0012, 2)).isEqualTo(0x4567);
    }

    @Test
    void chipsAreIndependent() {
        erase(0x30_0000);
        flash.write(0x30_0021, 1, 0x40);
        flash.write(0x30_0021, 1, 0x5c);
        assertThat(word(0x30_0020)).isEqualTo(0xff80_ffffL);
        flash.write(0x30_0021, 1, 0xff);
        assertThat(word(0x30_0020)).isEqualTo(0xff5c_ffffL);
        assertThat(flash.read(0x30_0021, 1)).isEqualTo(0x5c);
        assertThat(flash.read(0x30_0020, 2)).isEqualTo(0xff5c);
    }

    @Test
    void bufferedWriteProgramsAfterConfirmation() {
        erase(0x30_0000);
        word(0x30_0100, 0xe8e8_e8e8L);
        assertThat(word(0x30_0100)).isEqualTo(0x8080_8080L);
        word(0x30_0100, 0x0303_0303);
        for (int i = 0; i < 4; i++) {
            word(0x30_0100 + 4 * i, 0x1111_1111L * (i + 1));
        }
        word(0x30_0100, 0xd0d0_d0d0L);
        assertThat(flash.read(0x30_0100, 8)).isEqualTo(0x1111_1111_2222_2222L);
        assertThat(flash.read(0x30_0108, 8)).isEqualTo(0x3333_3333_4444_4444L);
        assertThat(word(0x30_0110)).isEqualTo(0xffff_ffffL);
    }

    @Test
    void bufferedWriteIgnoresOtherOffsetsAndCanBeCancelled() {
        flash.write(0x100, 1, 0xe8);
        flash.write(0x100, 1, 0);
        flash.write(0x200, 1, 0x11);
        flash.write(0x0fc, 1, 0x22);
        flash.write(0x100, 1, 0x33);
        flash.write(0x100, 1, 0xff);
        assertThat(word(0x100)).isZero();
        assertThat(word(0x200)).isZero();
        assertThat(word(0x0fc)).isZero();
    }

    @Test
    void bufferedWriteEndsWithTheChip() {
        flash.write(0x7f_fffc, 1, 0xe8);
        flash.write(0x7f_fffc, 1, 0x1f);
        for (int i = 0; i < 32; i++) {
            flash.write(0x7f_fffc, 1, i);
        }
        flash.write(0x7f_fffc, 1, 0xd0);
        assertThat(word(0)).isZero();
    }

    @Test
    void contentsSurviveReopeningInTheRawFile() throws Exception {
        erase(0x30_0000);
        word(0x30_0000, 0x4040_4040L);
        word(0x30_0000, 0xfeed_faceL);
        flash.close();
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "r")) {
            assertThat(raw.length()).isEqualTo(8 << 20);
            raw.seek(0x30_0000);
            assertThat(raw.readInt()).isEqualTo(0xfeed_face);
            assertThat(raw.readInt()).isEqualTo(-1);
        }
        assertThat(directory.resolve("c7200_i0_bootflash.journal")).doesNotExist();
        open();
        assertThat(word(0x30_0000)).isEqualTo(0xfeed_faceL);
    }

    @Test
    void resetReturnsToTheArrayAndKeepsContents() {
        erase(0);
        word(0, 0x9090_9090L);
        flash.reset();
        assertThat(word(0)).isEqualTo(0xffff_ffffL);
    }

    @Test
    void snapshotCarriesContentsAndEveryChipsState() throws Exception {
        erase(0x4_0000);
        word(0x4_0000, 0x4040_4040L);
        word(0x4_0000, 0x1234_5678L);
        flash.write(0x100, 1, 0xe8);
        flash.write(0x100, 1, 1);
        flash.write(0x100, 1, 0xab);
        SnapshotWriter saved = new SnapshotWriter();
        flash.save(saved);
        try (Bootflash other = new Bootflash(directory.resolve("other"))) {
            other.write(0x70_0000, 1, 0x40);
            other.write(0x70_0000, 1, 0x99);
            other.restore(saved.reader("flash"));
            assertThat(other.read(0x4_0000, 4)).isEqualTo(0x8000_0000L | 0x80_8080);
            other.write(0x104, 1, 0xcd);
            other.write(0x100, 1, 0xd0);
            assertThat(other.read(0x100, 1)).isEqualTo(0xab);
            assertThat(other.read(0x104, 1)).isEqualTo(0xcd);
            other.write(0x4_0000, 4, 0xffff_ffffL);
            assertThat(other.read(0x4_0000, 4)).isEqualTo(0x1234_5678);
            assertThat(other.read(0x70_0000, 4)).isZero();
        }
    }

    @Test
    void arbitraryWritesAreHarmless() {
        Random random = new Random(28_016);
        for (int n = 0; n < 20_000; n++) {
            int size = 1 << random.nextInt(4);
            int offset = random.nextInt(8) == 0
                    ? random.nextInt()
                    : random.nextInt(0x100) + (random.nextInt() & 0x7f_f000);
            int command = new int[]{ 0x10, 0x20, 0xd0, 0xe8, 0x1f, 0x70, 0x90, 0xff }[random.nextInt(8)];
            flash.write(offset, size, random.nextBoolean() ? command : random.nextLong() & -1L >>> 64 - 8 * size);
            flash.read(offset, size);
        }
        flash.reset();
        assertThat(flash.isIdempotentRead(0)).isTrue();
    }

    @Test
    void longerFileWithContentIsRefused() throws Exception {
        Path path = directory.resolve("long");
        try (RandomAccessFile raw = new RandomAccessFile(path.toFile(), "rw")) {
            raw.setLength((8 << 20) + 100);
            raw.seek((8 << 20) + 50);
            raw.write(1);
        }
        assertThatThrownBy(() -> new Bootflash(path)).isInstanceOf(ConfigurationException.class);
        assertThat(Files.size(path)).isEqualTo((8 << 20) + 100);
    }

    @Test
    void journalOfADeletedFlashIsDropped() throws Exception {
        Path path = directory.resolve("deleted");
        Path journal = directory.resolve("deleted.journal");
        byte[] left = new byte[100];
        Arrays.fill(left, (byte) 1);
        Files.write(journal, left);
        new Bootflash(path).close();
        assertThat(journal).doesNotExist();
    }
}
