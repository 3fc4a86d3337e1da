package org.xenomips.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an ELF32 file that go into memory.
 *
 * <p>As the boot loader of this platform does, the file is taken by its <em>sections</em>: every section with SHF_ALLOC and a
 * non-zero size is copied to its virtual address, SHT_NOBITS sections are cleared. Machine, type and byte order fields are not
 * judged, except that a little-endian file is refused because its words would be garbage. Only when a file has no allocated section
 * at all (a stripped section table) its loadable program segments are taken instead.
 *
 * @see "System V ABI, chapter 4, Object Files"
 */
final class ElfFile {
    private static final int EI_CLASS = 4;
    private static final int EI_DATA = 5;
    private static final int ELFCLASS32 = 1;
    private static final int ELFDATA2MSB = 2;
    private static final int HEADER_SIZE = 52;
    private static final int SECTION_HEADER_SIZE = 40;
    private static final int PROGRAM_HEADER_SIZE = 32;
    private static final int SHT_NOBITS = 8;
    private static final int SHF_ALLOC = 2;
    private static final int PT_LOAD = 1;

    /**
     * A piece to put into memory.
     *
     * @param address virtual address, sign-extended from 32 bits
     * @param fileOffset offset of the bytes in the file
     * @param fileBytes how many bytes come from the file
     * @param memoryBytes size in memory; what is not in the file is cleared
     */
    record Piece(long address, int fileOffset, int fileBytes, long memoryBytes) {
    }

    private final String name;
    private final ByteBuffer file;

    private ElfFile(String name, ByteBuffer file) {
        this.name = name;
        this.file = file;
    }

    /** True when {@code file} begins like an ELF file. */
    static boolean isElf(ByteBuffer file) {
        return file.limit() >= 4 && file.get(0) == 0x7f && file.get(1) == 'E' && file.get(2) == 'L'
                && file.get(3) == 'F';
    }

    /** Checks the header of {@code file}; {@code name} is used in messages. */
    static ElfFile open(String name, ByteBuffer file) throws ImageException {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.BIG_ENDIAN);
        if (!isElf(bytes)) {
            throw new ImageException(name + ": not an ELF file");
        }
        if (bytes.limit() < HEADER_SIZE) {
            throw new ImageException(name + ": the ELF header is cut off after " + bytes.limit() + " bytes");
        }
        if (bytes.get(EI_CLASS) != ELFCLASS32) {
            throw new ImageException(name + ": a 64-bit ELF file; this machine starts 32-bit ELF files only");
        }
        if (bytes.get(EI_DATA) != ELFDATA2MSB) {
            throw new ImageException(
                    name + ": a little-endian ELF file; the Cisco 7200 is big-endian, so this is for another machine");
        }
        return new ElfFile(name, bytes);
    }

    /** The entry point, 32 bits. */
    int entry() {
        return file.getInt(0x18);
    }

    /** The pieces to load, in file order. */
    List<Piece> pieces() throws ImageException {
        List<Piece> result = sections();
        if (result.isEmpty()) {
            result = segments();
        }
        if (result.isEmpty()) {
            throw new ImageException(name + ": the ELF file has nothing to load (no allocated section, no segment)");
        }
        return result;
    }

    private List<Piece> sections() throws ImageException {
        List<Piece> result = new ArrayList<>();
        Table table = table("section", 0x20, 0x2e, 0x30, SECTION_HEADER_SIZE);
        for (int i = 0; i < table.count; i++) {
            int at = table.offset + i * table.entrySize;
            long size = file.getInt(at + 0x14) & 0xffff_ffffL;
            if ((file.getInt(at + 8) & SHF_ALLOC) == 0 || size == 0) {
                continue;
            }
            boolean bits = file.getInt(at + 4) != SHT_NOBITS;
            result.add(piece("section " + i, file.getInt(at + 0x0c), file.getInt(at + 0x10), bits ? size : 0, size));
        }
        return result;
    }

    private List<Piece> segments() throws ImageException {
        List<Piece> result = new ArrayList<>();
        Table table = table("program header", 0x1c, 0x2a, 0x2c, PROGRAM_HEADER_SIZE);
        for (int i = 0; i < table.count; i++) {
            int at = table.offset + i * table.entrySize;
            long memorySize = file.getInt(at + 0x14) & 0xffff_ffffL;
            if (file.getInt(at) != PT_LOAD || memorySize == 0) {
                continue;
            }
            long fileSize = Math.min(file.getInt(at + 0x10) & 0xffff_ffffL, memorySize);
            result.add(piece("segment " + i, file.getInt(at + 8), file.getInt(at + 4), fileSize, memorySize));
        }
        return result;
    }

    private Piece piece(String what, int address, int offset, long fileBytes, long memoryBytes) throws ImageException {
        long from = offset & 0xffff_ffffL;
        if (fileBytes > 0 && from + fileBytes > file.limit()) {
            throw new ImageException("%s: %s needs bytes 0x%x to 0x%x, but the file has only 0x%x; it is cut off"
                    .formatted(name, what, from, from + fileBytes, file.limit()));
        }
        return new Piece(address, (int) from, (int) fileBytes, memoryBytes);
    }

    private record Table(int offset, int count, int entrySize) {
    }

    private Table table(String what, int offsetField, int sizeField, int countField, int least) throws ImageException {
        long offset = file.getInt(offsetField) & 0xffff_ffffL;
        int count = file.getShort(countField) & 0xffff;
        int entrySize = file.getShort(sizeField) & 0xffff;
        if (offset == 0 || count == 0) {
            return new Table(0, 0, least);
        }
        if (entrySize < least || offset + (long) count * entrySize > file.limit()) {
            throw new ImageException("%s: the %s table (%d entries of %d bytes at 0x%x) does not fit the file; "
                    .formatted(name, what, count, entrySize, offset) + "the file is damaged or cut off");
        }
        return new Table((int) offset, count, entrySize);
    }

    /** The bytes of {@code piece} that come from the file. */
    byte @Nullable [] bytes(Piece piece) {
        if (piece.fileBytes == 0) {
            return null;
        }
        byte[] bytes = new byte[piece.fileBytes];
        file.get(piece.fileOffset, bytes);
        return bytes;
    }
}
