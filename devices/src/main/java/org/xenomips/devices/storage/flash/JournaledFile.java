package org.xenomips.devices.storage.flash;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.xenomips.devices.storage.ImageBlock;
import org.xenomips.devices.storage.ImageFile;
import org.xenomips.devices.storage.StorageFiles;
import org.xenomips.machine.ConfigurationException;

/**
 * A file of fixed size whose blocks are changed through a redo journal.
 *
 * <p>Journal: magic, image size and number of blocks (4 bytes each, big-endian), for each block its offset, length and
 * bytes, and a CRC-32C over all of that. A save writes the whole journal, then the blocks in place, then deletes the
 * journal. Killed while the journal is incomplete, the file is old; from the moment the journal is complete the file
 * together with its journal is new, and opening it finishes the work. A new journal is begun only after the previous
 * one was deleted.
 */
final class JournaledFile implements ImageFile {
    private static final int MAGIC = 0x584d_4a31;
    private static final int HEADER_BYTES = 12;
    private static final int BLOCK_HEADER_BYTES = 8;
    private static final int TRAILER_BYTES = 4;

    private final Path journal;
    private final RandomAccessFile file;
    private final int size;
    /** Blocks whose journal is complete but perhaps not applied: the previous save failed in the middle. */
    private @Nullable List<ImageBlock> unfinished;

    /** Opens or creates {@code path} with {@code size} bytes, zero when new, and finishes an interrupted save. */
    JournaledFile(Path path, int size, String advice) throws ConfigurationException {
        this.size = size;
        this.journal = StorageFiles.sibling(path, ".journal");
        try {
            if (!Files.exists(path)) {
                Files.deleteIfExists(journal);
            }
        } catch (IOException e) {
            throw StorageFiles.unusable(journal, e);
        }
        this.file = StorageFiles.open(path, size, advice, made -> {});
        try {
            recover();
        } catch (IOException e) {
            closeAfter(e);
            throw StorageFiles.unusable(path, e);
        }
    }

    /** Takes the content piece by piece. */
    interface Sink {
        /** {@code bytes} are at {@code offset}; they are reused afterwards. */
        void accept(int offset, byte[] bytes);
    }

    /** Delivers the whole content in pieces of {@code pieceBytes}, of which the size is a multiple. */
    void load(int pieceBytes, Sink sink) throws IOException {
        byte[] piece = new byte[pieceBytes];
        file.seek(0);
        for (int offset = 0; offset < size; offset += pieceBytes) {
            file.readFully(piece);
            sink.accept(offset, piece);
        }
    }

    @Override
    public void save(List<ImageBlock> blocks) throws IOException {
        if (unfinished != null) {
            apply(unfinished);
        }
        try (FileOutputStream out = new FileOutputStream(journal.toFile())) {
            write(blocks, out);
            out.getFD().sync();
        }
        unfinished = blocks;
        apply(blocks);
    }

    private void apply(List<ImageBlock> blocks) throws IOException {
        for (ImageBlock block : blocks) {
            file.seek(block.offset());
            file.write(block.bytes());
        }
        file.getFD().sync();
        Files.deleteIfExists(journal);
        unfinished = null;
    }

    private void recover() throws IOException {
        if (!Files.exists(journal)) {
            return;
        }
        List<ImageBlock> blocks = decode(readJournal());
        if (blocks == null) {
            Files.delete(journal);
        } else {
            apply(blocks);
        }
    }

    /** The journal's bytes, or nothing if it is longer than any journal of this file. */
    private byte[] readJournal() throws IOException {
        long longest = HEADER_BYTES + TRAILER_BYTES + 2L * size;
        return Files.size(journal) > longest ? new byte[0] : Files.readAllBytes(journal);
    }

    private void write(List<ImageBlock> blocks, OutputStream journalFile) throws IOException {
        CRC32C crc = new CRC32C();
        DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(new CheckedOutputStream(journalFile, crc)));
        out.writeInt(MAGIC);
        out.writeInt(size);
        out.writeInt(blocks.size());
        for (ImageBlock block : blocks) {
            out.writeInt(block.offset());
            out.writeInt(block.bytes().length);
            out.write(block.bytes());
        }
        out.flush();
        out.writeInt((int) crc.getValue());
        out.flush();
    }

    /** The blocks of a complete journal, or null. */
    private @Nullable List<ImageBlock> decode(byte[] content) throws EOFException {
        int end = content.length - TRAILER_BYTES;
        ByteBuffer in = ByteBuffer.wrap(content);
        if (end < HEADER_BYTES || in.getInt(end) != checksum(content, end)
                || in.getInt() != MAGIC
                || in.getInt() != size) {
            return null;
        }
        int count = in.getInt();
        List<ImageBlock> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(decodeBlock(in, end));
        }
        return blocks;
    }

    private ImageBlock decodeBlock(ByteBuffer in, int end) throws EOFException {
        if (end - in.position() < BLOCK_HEADER_BYTES) {
            throw new EOFException(journal + " contradicts itself; delete it if the file is known to be good");
        }
        int offset = in.getInt();
        int length = in.getInt();
        if (offset < 0 || length < 0 || length > end - in.position() || offset > size - length) {
            throw new EOFException(journal + " contradicts itself; delete it if the file is known to be good");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new ImageBlock(offset, bytes);
    }

    private static int checksum(byte[] content, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, length);
        return (int) crc.getValue();
    }

    private void closeAfter(IOException reason) {
        try {
            file.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
