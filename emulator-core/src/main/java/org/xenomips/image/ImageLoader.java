package org.xenomips.image;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.memory.Region;

/**
 * Puts guest images into guest memory: ELF, packed ELF, and raw binaries.
 *
 * <p>Thread: machine thread, or the creating thread before the machine runs. A file that cannot be used gives one
 * {@link ImageException}; memory may then hold a part of it.
 */
public final class ImageLoader {
    private static final long MOST_BYTES = 2L << 30;
    private static final int COPY_BYTES = 1 << 20;
    private static final long KSEG0 = 0xffff_ffff_8000_0000L;
    private static final long UNMAPPED_BYTES = 0x4000_0000L;

    private final PhysicalMap memory;
    private final Unpacker unpacker;
    private final Progress progress;

    /** Loads into {@code memory}; {@code cache} is a directory for unpacked images, null = keep none. */
    public ImageLoader(PhysicalMap memory, @Nullable Path cache, Progress progress) {
        this.memory = memory;
        this.unpacker = new Unpacker(cache, progress);
        this.progress = progress;
    }

    /**
     * Loads {@code file}.
     *
     * @param rawAddress if present, the file is a raw binary that is copied to this virtual address and entered there
     */
    public LoadedImage load(Path file, OptionalLong rawAddress) throws ImageException {
        ByteBuffer bytes = map(file);
        if (rawAddress.isPresent()) {
            byte[] all = new byte[bytes.limit()];
            bytes.get(0, all);
            store(file.toString(), rawAddress.getAsLong(), all, all.length);
            return new LoadedImage(file.toString(), (int) rawAddress.getAsLong(), all.length);
        }
        Path program = unpacker.unpack(file, bytes);
        return loadElf(file.toString(), program.equals(file) ? bytes : mapUnpacked(file, program, bytes));
    }

    /**
     * Checks that {@code file} can be loaded as a program, as far as that can be told without a machine.
     *
     * @throws ImageException if not
     */
    public void check(Path file) throws ImageException {
        ByteBuffer bytes = map(file);
        Path program = unpacker.unpack(file, bytes);
        requireElf(file.toString(), program.equals(file) ? bytes : mapUnpacked(file, program, bytes)).pieces();
    }

    /**
     * Loads an ELF file, which may be the first member of a ZIP archive, from {@code in}; {@code name} is used in messages. For
     * images that are part of the program: nothing is cached, and nothing of them stays in the Java heap.
     */
    public LoadedImage load(String name, InputStream in) throws ImageException {
        try (Arena arena = Arena.ofConfined()) {
            return loadElf(name, Unpacker.unpack(name, in, arena));
        } catch (IOException e) {
            throw new ImageException(name + ": " + e.getMessage(), e);
        }
    }

    /** An unpacked member that is not a program means that the ZIP archive in an ELF file was the guest's own data. */
    private static ByteBuffer mapUnpacked(Path file, Path program, ByteBuffer packed) throws ImageException {
        try {
            return ElfFile.isElf(packed) && !Unpacker.isProgram(program) ? packed : map(program);
        } catch (IOException e) {
            throw new ImageException(file + ": cannot read its unpacked form " + program + ": " + e.getMessage(), e);
        }
    }

    private static ByteBuffer map(Path file) throws ImageException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (!Files.isRegularFile(file)) {
                throw new ImageException(file + ": not a regular file");
            }
            if (channel.size() == 0) {
                throw new ImageException(file + ": the file is empty");
            }
            if (channel.size() > Integer.MAX_VALUE) {
                throw new ImageException(file + ": larger than 2 GB; this is not a guest image");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (NoSuchFileException e) {
            throw new ImageException(file + ": no such file", e);
        } catch (IOException e) {
            throw new ImageException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static ElfFile requireElf(String name, ByteBuffer bytes) throws ImageException {
        if (!ElfFile.isElf(bytes)) {
            throw new ImageException(name + ": neither an ELF file nor a ZIP or gzip archive. A raw binary needs "
                    + "--load-address, for example --load-address 0x80008000");
        }
        return ElfFile.open(name, bytes);
    }

    private LoadedImage loadElf(String name, ByteBuffer bytes) throws ImageException {
        ElfFile elf = requireElf(name, bytes);
        long total = 0;
        for (ElfFile.Piece piece : elf.pieces()) {
            store(name, piece.address(), elf.bytes(piece), piece.memoryBytes());
            total += piece.memoryBytes();
            if (total > MOST_BYTES) {
                throw new ImageException(name + ": its parts need more than 2 GB together; the file is damaged");
            }
            progress.step("Loading " + name, total, -1);
        }
        return new LoadedImage(name, elf.entry(), total);
    }

    /** Copies {@code bytes} (may be null) to {@code address} and clears what is left of {@code length}. */
    private void store(String name, long address, byte @Nullable [] bytes, long length) throws ImageException {
        long offset = address - KSEG0;
        if (offset < 0 || offset + length > UNMAPPED_BYTES) {
            throw new ImageException("%s: a part at virtual address 0x%08x (0x%x bytes) is outside kseg0 and kseg1; "
                    .formatted(name, address & 0xffff_ffffL, length)
                    + "link the image for 0x80008000 or strip the section");
        }
        long physical = offset & 0x1fff_ffffL;
        long done = 0;
        while (done < length) {
            Region region = memory.find(physical + done, true);
            GuestRam ram = region == null ? null : region.ram();
            if (region == null || ram == null) {
                throw new ImageException(
                        "%s: there is no memory at virtual address 0x%08x; the image needs more RAM (-r) "
                                .formatted(name, address + done & 0xffff_ffffL) + "or is for another machine");
            }
            long at = physical + done - region.base();
            int chunk = (int) Math.min(Math.min(length - done, region.length() - at), COPY_BYTES);
            long ramAt = at + region.ramOffset();
            int fromFile = bytes == null ? 0 : (int) Math.clamp(bytes.length - done, 0L, chunk);
            if (bytes != null && fromFile > 0) {
                ram.write(ramAt, bytes, (int) done, fromFile);
            }
            ram.fill(ramAt + fromFile, chunk - fromFile, (byte) 0);
            done += chunk;
        }
    }
}
