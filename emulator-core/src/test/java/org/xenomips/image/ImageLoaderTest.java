package org.xenomips.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.image.ElfImages.Section;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;

class ImageLoaderTest {
    private static final byte[] CODE = { 0x12, 0x34, 0x56, 0x78 };

    @TempDir
    Path directory;

    private final PhysicalMap memory = new PhysicalMap();
    private final GuestRam ram = new GuestRam("ram", 1 << 20);

    ImageLoaderTest() {
        memory.mapRam("ram", 0, ram.size(), ram, 0);
        ram.fill(0, ram.size(), (byte) 0xee);
    }

    @AfterEach
    void freeMemory() {
        ram.close();
    }

    private LoadedImage load(byte[] file) throws Exception {
        Path path = directory.resolve("image.bin");
        Files.write(path, file);
        return loader().load(path, OptionalLong.empty());
    }

    private ImageLoader loader() {
        return new ImageLoader(memory, directory.resolve("cache"), Progress.silent());
    }

    private static byte[] zip(byte[] member) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("C7200-IMAGE.BIN"));
            zip.write(member);
        }
        return bytes.toByteArray();
    }

    @Test
    void sectionsAreCopiedAndBssIsCleared() throws Exception {
        LoadedImage image = load(ElfImages.of(0x8000_8000, Section.code(0x8000_8000, CODE),
                Section.bss(0x8000_9000, 16)));
        assertThat(image.entry()).isEqualTo(0x8000_8000);
        assertThat(ram.read(0x8000, 4)).isEqualTo(0x1234_5678L);
        assertThat(ram.read(0x9000, 8)).isZero();
        assertThat(ram.read(0x9010, 4)).as("behind the bss").isEqualTo(0xeeee_eeeeL);
    }

    @Test
    void kseg1AddressesReachTheSameMemory() throws Exception {
        load(ElfImages.of(0x8000_8000, Section.code(0xa000_8000, CODE)));
        assertThat(ram.read(0x8000, 4)).isEqualTo(0x1234_5678L);
    }

    @Test
    void sectionsWithoutAllocFlagStayOut() throws Exception {
        load(ElfImages.of(0x8000_8000, Section.code(0x8000_8000, CODE),
                new Section(ElfImages.SHT_PROGBITS, 0, 0x8000_a000, CODE, 4)));
        assertThat(ram.read(0xa000, 4)).isEqualTo(0xeeee_eeeeL);
    }

    @Test
    void zippedImageIsUnpackedOnceAndCached() throws Exception {
        byte[] packed = zip(ElfImages.of(0x8000_8000, Section.code(0x8000_8000, CODE)));
        assertThat(load(packed).entry()).isEqualTo(0x8000_8000);
        try (var files = Files.list(directory.resolve("cache"))) {
            Path cached = files.findFirst().orElseThrow();
            Files.write(cached, ElfImages.of(0x8000_8004, Section.code(0x8000_8000, CODE)));
        }
        assertThat(load(packed).entry()).as("from the cache").isEqualTo(0x8000_8004);
    }

    @Test
    void imagesOfTheProgramMayBePackedAndLeaveNoFile() throws Exception {
        byte[] program = ElfImages.of(0x8000_8000, Section.code(0x8000_8000, CODE));
        for (byte[] image : new byte[][]{ program, zip(program) }) {
            ram.fill(0, ram.size(), (byte) 0);
            LoadedImage loaded = loader().load("builtin:test", new ByteArrayInputStream(image));
            assertThat(loaded.entry()).isEqualTo(0x8000_8000);
            byte[] found = new byte[CODE.length];
            ram.read(0x8000, found, 0, found.length);
            assertThat(found).isEqualTo(CODE);
        }
        assertThat(directory).isEmptyDirectory();
        byte[] empty = { 'P', 'K', 3, 4 };
        assertThatThrownBy(() -> loader().load("builtin:test", new ByteArrayInputStream(empty)))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("builtin:test: ");
    }

    @Test
    void gzippedImageIsUnpacked() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(ElfImages.of(0x8000_8000, Section.code(0x8000_8000, CODE)));
        }
        assertThat(load(bytes.toByteArray()).entry()).isEqualTo(0x8000_8000);
    }

    @Test
    void selfExtractingImageIsReplacedByTheProgramItCarries() throws Exception {
        byte[] inner = ElfImages.of(0x8000_8000, Section.code(0x8000_8000, CODE));
        byte[] outer = ElfImages.of(0x8002_0000, Section.code(0x8002_0000, zip(inner)));
        assertThat(load(outer).entry()).isEqualTo(0x8000_8000);
        assertThat(ram.read(0x2_0000, 4)).as("the extractor is not loaded").isEqualTo(0xeeee_eeeeL);
    }

    @Test
    void zipArchiveThatIsTheGuestsOwnDataLeavesTheImageAlone() throws Exception {
        byte[] outer = ElfImages.of(0x8002_0000,
                Section.code(0x8002_0000, zip("some text file".getBytes(StandardCharsets.US_ASCII))));
        assertThat(load(outer).entry()).isEqualTo(0x8002_0000);
    }

    @Test
    void rawBinaryIsLoadedWhereTheUserSays() throws Exception {
        Path path = directory.resolve("raw.bin");
        Files.write(path, CODE);
        LoadedImage image = loader().load(path, OptionalLong.of(0xffff_ffff_8001_0000L));
        assertThat(image.entry()).isEqualTo(0x8001_0000);
        assertThat(ram.read(0x1_0000, 4)).isEqualTo(0x1234_5678L);
    }

    @Test
    void everyMistakeHasItsOwnMessage() {
        assertThatThrownBy(() -> load(new byte[0])).hasMessageContaining("is empty");
        assertThatThrownBy(() -> load("hello world, not a program".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("neither an ELF file nor");
        assertThatThrownBy(() -> load(ElfImages.of(0x8000_8000, Section.code(0x0040_0000, CODE))))
                .hasMessageContaining("outside kseg0");
        assertThatThrownBy(() -> load(ElfImages.of(0x8000_8000, Section.code(0x9000_0000, CODE))))
                .hasMessageContaining("no memory at virtual address 0x90000000");
        assertThatThrownBy(() -> load(ElfImages.of(0x8000_8000))).hasMessageContaining("nothing to load");
        byte[] cut = ElfImages.of(0x8000_8000, Section.code(0x8000_8000, CODE));
        assertThatThrownBy(() -> load(Arrays.copyOf(cut, 30))).hasMessageContaining("cut off");
        assertThatThrownBy(() -> load(Arrays.copyOf(cut, cut.length - 8))).hasMessageContaining("does not fit");
        assertThatThrownBy(() -> loader().load(directory.resolve("absent"), OptionalLong.empty()))
                .hasMessageContaining("no such file");
    }

    @Test
    void damagedFilesGiveOneClearErrorOrLoad() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("fuzzed images, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] elf = ElfImages.of(0x8000_8000, Section.code(0x8000_8000, CODE), Section.bss(0x8000_9000, 64));
        byte[][] bases = { elf, zip(elf), ElfImages.of(0x8002_0000, Section.code(0x8002_0000, zip(elf))) };
        for (int round = 0; round < 600; round++) {
            byte[] file = bases[round % bases.length].clone();
            for (int n = random.nextInt(1, 8); n > 0; n--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            file = Arrays.copyOf(file, random.nextInt(4) == 0 ? random.nextInt(file.length) : file.length);
            try {
                load(file);
            } catch (ImageException e) {
                assertThat(e.getMessage()).isNotBlank().contains("image.bin");
            }
        }
    }
}
