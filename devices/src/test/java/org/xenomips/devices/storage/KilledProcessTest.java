package org.xenomips.devices.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.devices.storage.flash.Bootflash;
import org.xenomips.devices.storage.nvram.Nvram;
import org.xenomips.devices.storage.nvram.NvramFileSystem;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.time.VirtualClock;

/**
 * Kills a process that writes NVRAM, flash and disk as fast as it can, and looks at what its files hold. More rounds:
 * {@code -Dxenomips.kill.rounds=N}.
 */
class KilledProcessTest {
    private static final int ROUNDS = Integer.getInteger("xenomips.kill.rounds", 2);
    private static final Pattern GENERATION = Pattern.compile("generation (\\d+) ");
    private static final int ERASED = -1;

    @TempDir
    Path directory;

    /** What the process has reported to be saved when it was killed. */
    private record Report(int onDisk, int flushed) {
    }

    @ParameterizedTest
    @CsvSource({ "continuous writing,0,0", "with pauses,0,60", "with flushes,50,50", "always flushing,1000,0" })
    void filesHoldOldOrNewContentAndNothingSavedIsLost(String how, int flushes, int pauses) throws Exception {
        long seed = Long.getLong("xenomips.kill.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Path place = Files.createDirectory(directory.resolve(how + round));
            Report report = runAndKill(place, random, flushes, pauses);
            String context = "%s, seed %d, round %d, %s".formatted(how, seed, round, report);
            checkNvram(place, report, context);
            checkDisk(place, report, context);
            checkFlash(place, report, context);
        }
    }

    private static Report runAndKill(Path place, Random random, int flushes, int pauses) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m", "-cp", classPath));
        command.addAll(List.of(StorageWriter.class.getName(), place.toString(), Long.toString(random.nextLong()),
                Integer.toString(flushes), Integer.toString(pauses)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(place.resolve("output").toFile())
                .start();
        try {
            Path report = place.resolve("report");
            while (process.isAlive() && (!Files.exists(report) || Files.size(report) == 0)) {
                Thread.sleep(2);
            }
            process.waitFor(random.nextInt(500_000), TimeUnit.MICROSECONDS);
            assertThat(process.isAlive()).as(Files.readString(place.resolve("output"))).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(place.resolve("report")));
        return new Report(written.getInt(), written.getInt());
    }

    private static void checkNvram(Path place, Report report, String context) throws Exception {
        byte[] inFile = Files.readAllBytes(place.resolve("nvram"));
        assertThat(inFile).as(context).hasSize(StorageWriter.NVRAM_BYTES);
        String text = new String(new NvramFileSystem(inFile).extract().startup(), StandardCharsets.US_ASCII);
        Matcher matcher = GENERATION.matcher(text);
        assertThat(matcher.lookingAt()).as(context).isTrue();
        int generation = Integer.parseInt(matcher.group(1));
        assertThat(generation).as(context).isBetween(report.flushed(), report.onDisk() + 1);
        assertThat(inFile).as(context).isEqualTo(StorageWriter.nvramImage(generation));
        try (Nvram nvram = new Nvram(place.resolve("nvram"), StorageWriter.NVRAM_BYTES, new VirtualClock(1_000_000))) {
            assertThat(nvram.contents()).as(context).isEqualTo(inFile);
        }
    }

    private static void checkDisk(Path place, Report report, String context) throws IOException {
        ByteBuffer disk = ByteBuffer.wrap(Files.readAllBytes(place.resolve("disk0")));
        assertThat(disk.capacity()).as(context).isEqualTo(1 << 20);
        int[] found = new int[StorageWriter.DISK_FIRST + StorageWriter.DISK_SECTORS];
        for (int sector = StorageWriter.DISK_FIRST; sector < found.length; sector++) {
            byte[] bytes = new byte[StorageWriter.DISK_SECTOR];
            disk.get(sector * StorageWriter.DISK_SECTOR, bytes);
            found[sector] = ByteBuffer.wrap(bytes).getInt();
            byte[] expected = found[sector] == 0
                    ? new byte[StorageWriter.DISK_SECTOR]
                    : StorageWriter.diskPattern(found[sector], sector);
            assertThat(bytes).as("%s, sector %d", context, sector).isEqualTo(expected);
        }
        int oldest = Math.max(1,
                report.onDisk() - StorageWriter.DISK_SECTORS / StorageWriter.SECTORS_PER_GENERATION + 1);
        for (int generation = oldest; generation <= report.onDisk(); generation++) {
            for (int i = 0; i < StorageWriter.SECTORS_PER_GENERATION; i++) {
                assertThat(found[StorageWriter.diskSector(generation, i)]).as(context)
                        .isGreaterThanOrEqualTo(generation);
            }
        }
    }

    /** The flash must be in a state it had between two stores: all sectors complete but the one being rewritten. */
    private static void checkFlash(Path place, Report report, String context) throws ConfigurationException {
        try (Bootflash flash = new Bootflash(place.resolve("bootflash"))) {
            int newest = 0;
            int incomplete = 0;
            int[] generations = new int[StorageWriter.FLASH_SECTORS];
            for (int sector = 0; sector < StorageWriter.FLASH_SECTORS; sector++) {
                int base = sector * StorageWriter.FLASH_SECTOR;
                int first = (int) flash.read(base, 4);
                int programmed = countProgrammed(flash, base, first, context);
                generations[sector] = programmed == StorageWriter.FLASH_WORDS ? first >>> 12 : 0;
                if (first != 0 && programmed < StorageWriter.FLASH_WORDS) {
                    incomplete++;
                }
                newest = Math.max(newest, generations[sector]);
            }
            assertThat(incomplete).as(context).isLessThanOrEqualTo(1);
            assertThat(newest).as(context).isBetween(report.flushed(), report.onDisk() + 1);
            int kept = StorageWriter.FLASH_SECTORS - incomplete;
            for (int generation = Math.max(1, newest - kept + 1); generation <= newest; generation++) {
                assertThat(generations[generation % StorageWriter.FLASH_SECTORS]).as(context).isEqualTo(generation);
            }
        }
        assertThat(place.resolve("bootflash.journal")).doesNotExist();
    }

    /** Checks a whole sector and returns how many words of its generation are programmed; the rest must be erased. */
    private static int countProgrammed(Bootflash flash, int base, int first, String context) {
        int blank = first == 0 ? 0 : ERASED;
        int programmed = 0;
        while (first != blank && programmed < StorageWriter.FLASH_WORDS
                && (int) flash.read(base + programmed * StorageWriter.FLASH_STRIDE, 4) == StorageWriter
                        .flashWord(first >>> 12, programmed)) {
            programmed++;
        }
        int wrong = 0;
        for (int at = 0; at < StorageWriter.FLASH_SECTOR; at += 4) {
            boolean used = at % StorageWriter.FLASH_STRIDE == 0 && at / StorageWriter.FLASH_STRIDE < programmed;
            if (!used && (int) flash.read(base + at, 4) != blank) {
                wrong++;
            }
        }
        assertThat(wrong).as("%s, flash sector at %x: words neither erased nor programmed", context, base).isZero();
        return programmed;
    }
}
