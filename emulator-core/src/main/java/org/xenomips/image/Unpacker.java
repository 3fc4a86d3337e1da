package org.xenomips.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks compressed images once and keeps the result: plain ZIP archives with one program in it, gzip files, and self-extracting
 * ELF files (an ELF file that carries a ZIP archive whose first member is an ELF file). Starting from the unpacked program saves
 * the guest its own, slow decompression.
 *
 * <p>The cache file is named after the content, written under a temporary name and renamed, so that it is complete or absent.
 */
final class Unpacker {
    /** No unpacked image of this machine is larger: it would not fit its memory. */
    private static final long MOST_BYTES = 512L << 20;
    private static final int LOCAL_HEADER = 0x504b_0304;

    private final @Nullable Path cache;
    private final Progress progress;

    /** Keeps unpacked files in {@code cache}; null = in a temporary file. */
    Unpacker(@Nullable Path cache, Progress progress) {
        this.cache = cache;
        this.progress = progress;
    }

    /** The unpacked form of {@code file}, or {@code file} itself if it is not packed. {@code bytes} is its content. */
    Path unpack(Path file, ByteBuffer bytes) throws ImageException {
        int offset = packedOffset(bytes);
        boolean gzip = bytes.limit() > 2 && bytes.get(0) == 0x1f && bytes.get(1) == (byte) 0x8b;
        if (offset < 0 && !gzip) {
            return file;
        }
        Path target = cache == null ? null : cache.resolve(digest(bytes) + ".image");
        if (target != null && Files.isRegularFile(target)) {
            return target;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.skipNBytes(Math.max(0, offset));
            if (gzip) {
                return write(file, new GZIPInputStream(in), -1, target);
            }
            return unpackZip(file, in, offset > 0, target);
        } catch (IOException | RuntimeException e) {
            // The archive library meets some kinds of damage with unchecked exceptions of any type.
            if (offset > 0) {
                return file;
            }
            throw new ImageException(file + ": the compressed image is damaged: " + e.getMessage(), e);
        }
    }

    private Path unpackZip(Path file, InputStream in, boolean selfExtracting, @Nullable Path target)
            throws IOException, ImageException {
        try (ZipArchiveInputStream zip = new ZipArchiveInputStream(in)) {
            for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && zip.canReadEntryData(entry)) {
                    return write(file, zip, entry.getSize(), target);
                }
            }
        }
        if (selfExtracting) {
            return file;
        }
        throw new ImageException(file + ": the ZIP archive contains no file");
    }

    private Path write(Path file, InputStream in, long size, @Nullable Path target) throws IOException {
        Path temporary = target == null
                ? Files.createTempFile("xenomips-image", null)
                : Files.createTempFile(Files.createDirectories(target.toAbsolutePath().getParent()), "unpacking", null);
        boolean complete = false;
        try {
            long total = 0;
            byte[] buffer = new byte[1 << 16];
            try (OutputStream out = Files.newOutputStream(temporary)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    total += n;
                    if (total > MOST_BYTES) {
                        throw new IOException("it unpacks to more than " + (MOST_BYTES >> 20) + " MB");
                    }
                    out.write(buffer, 0, n);
                    progress.step("Unpacking " + file.getFileName(), total, size);
                }
            }
            if (target == null) {
                temporary.toFile().deleteOnExit();
                complete = true;
                return temporary;
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            complete = true;
            return target;
        } finally {
            if (!complete) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /**
     * The program in {@code in}, unpacked if it is the first member of a ZIP archive, in memory of {@code arena}.
     *
     * @throws ImageException if the archive is empty or what it holds is too large
     */
    static ByteBuffer unpack(String name, InputStream in, Arena arena) throws IOException, ImageException {
        BufferedInputStream stream = new BufferedInputStream(in);
        stream.mark(Integer.BYTES);
        boolean packed = ByteBuffer.wrap(Arrays.copyOf(stream.readNBytes(Integer.BYTES), Integer.BYTES))
                .getInt() == LOCAL_HEADER;
        stream.reset();
        if (!packed) {
            return content(name, stream, -1, arena);
        }
        ZipInputStream zip = new ZipInputStream(stream);
        ZipEntry member = zip.getNextEntry();
        if (member == null) {
            throw new ImageException(name + ": the ZIP archive contains no file");
        }
        return content(name, zip, member.getSize(), arena);
    }

    /** All of {@code in}, which has {@code size} bytes, or an unknown number if that is -1. */
    private static ByteBuffer content(String name, InputStream in, long size, Arena arena)
            throws IOException, ImageException {
        MemorySegment content = arena.allocate(size < 0 ? 1 << 16 : Math.min(size, MOST_BYTES) + 1);
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (total + n > MOST_BYTES) {
                throw new ImageException(name + ": it unpacks to more than " + (MOST_BYTES >> 20) + " MB");
            }
            if (total + n > content.byteSize()) {
                content = arena.allocate(2 * (total + n)).copyFrom(content.asSlice(0, total));
            }
            MemorySegment.copy(buffer, 0, content, ValueLayout.JAVA_BYTE, total, n);
            total += n;
        }
        return content.asSlice(0, total).asByteBuffer();
    }

    /**
     * Offset of the ZIP archive in {@code bytes}: 0 for a ZIP file, positive for an ELF file that carries one whose first member
     * begins right behind the header, -1 if there is none.
     */
    static int packedOffset(ByteBuffer bytes) {
        if (bytes.limit() >= 4 && bytes.getInt(0) == LOCAL_HEADER) {
            return 0;
        }
        if (!ElfFile.isElf(bytes)) {
            return -1;
        }
        for (int at = 0; at + 30 <= bytes.limit(); at++) {
            if (bytes.get(at) == 'P' && bytes.getInt(at) == LOCAL_HEADER && isPlausibleMember(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    /** A local file header with a known method, a printable name and a size that is not absurd. */
    private static boolean isPlausibleMember(ByteBuffer bytes, int at) {
        int method = Short.reverseBytes(bytes.getShort(at + 8));
        int nameLength = Short.reverseBytes(bytes.getShort(at + 26)) & 0xffff;
        if (method != 0 && method != 8 || nameLength == 0 || nameLength > 255 || at + 30 + nameLength > bytes.limit()) {
            return false;
        }
        for (int i = 0; i < nameLength; i++) {
            byte c = bytes.get(at + 30 + i);
            if (c < 0x20 || c > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /** True when {@code file} begins like a big-endian 32-bit ELF file. */
    static boolean isProgram(Path file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.read(head, 0);
        }
        return head.getInt(0) == 0x7f45_4c46 && head.get(4) == 1 && head.get(5) == 2;
    }

    private static String digest(ByteBuffer bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes.duplicate().rewind());
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
