package org.xenomips.devices.storage.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.devices.storage.ImageBlock;
import org.xenomips.machine.ConfigurationException;

class JournaledFileTest {
    private static final int SIZE = 2048;
    private static final int BLOCK = 256;

    @TempDir
    Path directory;

    private Path path;
    private Path journal;
    private final byte[] old = filled(SIZE, 1);
    private final byte[] next = old.clone();

    @BeforeEach
    void makeFile() throws IOException {
        path = directory.resolve("image");
        journal = directory.resolve("image.journal");
        Arrays.fill(next, 0, BLOCK, (byte) 2);
        Arrays.fill(next, 3 * BLOCK, 4 * BLOCK, (byte) 3);
        Files.write(path, old);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static List<ImageBlock> change() {
        return List.of(new ImageBlock(0, filled(BLOCK, 2)), new ImageBlock(3 * BLOCK, filled(BLOCK, 3)));
    }

    /** The journal of {@link #change} as the class comment describes it. */
    private static byte[] completeJournal(int size) {
        ByteBuffer out = ByteBuffer.allocate(12 + 2 * (8 + BLOCK) + 4);
        out.putInt(0x584d_4a31).putInt(size).putInt(2);
        for (ImageBlock block : change()) {
            out.putInt(block.offset()).putInt(BLOCK).put(block.bytes());
        }
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        out.putInt((int) crc.getValue());
        return out.array();
    }

    private byte[] openAndLoad() throws Exception {
        try (JournaledFile file = new JournaledFile(path, SIZE, "")) {
            byte[] content = new byte[SIZE];
            file.load(BLOCK, (offset, bytes) -> System.arraycopy(bytes, 0, content, offset, BLOCK));
            assertThat(Files.readAllBytes(path)).isEqualTo(content);
            assertThat(journal).doesNotExist();
            return content;
        }
    }

    @Test
    void saveChangesTheBlocksAndLeavesNoJournal() throws Exception {
        try (JournaledFile file = new JournaledFile(path, SIZE, "")) {
            file.save(change());
        }
        assertThat(openAndLoad()).isEqualTo(next);
    }

    @Test
    void killedWhileWritingTheJournalLeavesTheOldContent() throws Exception {
        byte[] complete = completeJournal(SIZE);
        for (int length = 0; length < complete.length; length += 1 + length % 7) {
            Files.write(journal, Arrays.copyOf(complete, length));
            assertThat(openAndLoad()).as("%d of %d bytes", length, complete.length).isEqualTo(old);
        }
    }

    @Test
    void killedAfterTheJournalGivesTheNewContentHoweverMuchWasApplied() throws Exception {
        for (int applied = 0; applied <= SIZE; applied += 128) {
            byte[] mixed = old.clone();
            System.arraycopy(next, 0, mixed, 0, applied);
            Files.write(path, mixed);
            Files.write(journal, completeJournal(SIZE));
            assertThat(openAndLoad()).as("%d bytes applied", applied).isEqualTo(next);
        }
    }

    @Test
    void damagedJournalIsDropped() throws Exception {
        for (int at = 0; at < completeJournal(SIZE).length; at += 5) {
            byte[] damaged = completeJournal(SIZE);
            damaged[at] ^= 0x10;
            Files.write(journal, damaged);
            assertThat(openAndLoad()).as("byte %d", at).isEqualTo(old);
        }
        Files.write(journal, new byte[10 * SIZE]);
        assertThat(openAndLoad()).isEqualTo(old);
        Files.write(journal, completeJournal(SIZE + 1));
        assertThat(openAndLoad()).as("journal of another size").isEqualTo(old);
    }

    @Test
    void failedSaveLeavesTheOldContentAndCanBeRepeated() throws Exception {
        try (JournaledFile file = new JournaledFile(path, SIZE, "")) {
            Files.createDirectory(journal);
            assertThatThrownBy(() -> file.save(change())).isInstanceOf(IOException.class);
            assertThat(Files.readAllBytes(path)).isEqualTo(old);
            Files.delete(journal);
            file.save(change());
        }
        assertThat(openAndLoad()).isEqualTo(next);
    }

    @Test
    void journalWithoutItsFileIsDropped() throws Exception {
        Files.delete(path);
        Files.write(journal, completeJournal(SIZE));
        assertThat(openAndLoad()).containsOnly(0);
    }

    @Test
    void contradictoryJournalIsReported() throws Exception {
        ByteBuffer out = ByteBuffer.allocate(12 + 8 + 4);
        out.putInt(0x584d_4a31).putInt(SIZE).putInt(1).putInt(SIZE).putInt(1);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        out.putInt((int) crc.getValue());
        Files.write(journal, out.array());
        assertThatThrownBy(() -> new JournaledFile(path, SIZE, "").close()).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("journal");
        assertThat(Files.readAllBytes(path)).isEqualTo(old);
    }
}
