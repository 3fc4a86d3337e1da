package org.xenomips.devices.storage.nvram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {
    private static final int SIZE = 0x2_0000;

    @TempDir
    Path directory;

    private static byte[] filled(int value) {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void readerSeesOneImageAtEveryMoment() throws Exception {
        Path path = directory.resolve("image");
        Files.write(path, filled(0));
        ReplacedFile file = new ReplacedFile(path);
        AtomicInteger reads = new AtomicInteger();
        AtomicReference<String> wrong = new AtomicReference<>("");
        Thread reader = Thread.ofPlatform().start(() -> {
            while (reads.get() < 200) {
                try {
                    byte[] seen = Files.readAllBytes(path);
                    if (!Arrays.equals(seen, filled(seen.length > 0 ? seen[0] : 0))) {
                        wrong.set("mixed image of " + seen.length + " bytes");
                    }
                } catch (IOException e) {
                    wrong.set(e.toString());
                }
                reads.incrementAndGet();
            }
        });
        for (int i = 1; reader.isAlive(); i++) {
            file.save(filled(i));
        }
        reader.join();
        assertThat(wrong.get()).isEmpty();
    }

    @Test
    void failedSaveLeavesTheFileAndCanBeRepeated() throws Exception {
        Path path = directory.resolve("image");
        Path temporary = directory.resolve("image.tmp");
        Files.write(path, filled(1));
        ReplacedFile file = new ReplacedFile(path);
        Files.createDirectory(temporary);
        Files.createFile(temporary.resolve("in the way"));
        assertThatThrownBy(() -> file.save(filled(2))).isInstanceOf(IOException.class);
        assertThat(Files.readAllBytes(path)).isEqualTo(filled(1));
        Files.delete(temporary.resolve("in the way"));
        Files.delete(temporary);
        file.save(filled(2));
        assertThat(Files.readAllBytes(path)).isEqualTo(filled(2));
        assertThat(temporary).doesNotExist();
    }
}
