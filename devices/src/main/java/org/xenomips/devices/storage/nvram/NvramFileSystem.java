package org.xenomips.devices.storage.nvram;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xenomips.devices.storage.ImageKeeper;
import org.xenomips.devices.storage.StorageFiles;
import org.xenomips.machine.ConfigurationException;

/**
 * The guest's file system in an NVRAM image: a header, the startup configuration, the private configuration, all
 * big-endian, under one checksum. Works on bytes, so on the running NVRAM's contents as well as on a file of the host.
 *
 * <p>Offsets, magics and the meaning of the header are those of the 7200's NVRAM layout (platform reference, section
 * 7.4). Normal files behind the configurations are neither looked at nor moved.
 *
 * <p>Thread: any; not to be shared.
 */
public final class NvramFileSystem {
    /** Offset of the file system within the NVRAM; the boot ROM owns what lies before. */
    public static final int OFFSET = 0x800;
    /** Physical address of the NVRAM's first byte on all processor boards. */
    public static final int NVRAM_ADDRESS = 0x1e00_0000;

    private static final int SECTOR_BYTES = 0x400;
    /** Longest image looked at, in bytes; the address space between NVRAM and the FPGAs is 8 MB. */
    private static final int LONGEST_IMAGE = 8 << 20;

    // The header, relative to the file system.
    private static final int MAGIC = 0x06;
    private static final int STARTUP = 0x08;
    private static final int FORMAT = 0x0a;
    private static final int CHECKSUM = 0x0c;
    private static final int UNKNOWN = 0x0e;
    private static final int START = 0x10;
    private static final int END = 0x14;
    private static final int LENGTH = 0x18;
    private static final int PLAIN_LENGTH = 0x28;
    private static final int HEADER_BYTES = 0x2c;

    // The private configuration's header, relative to itself.
    private static final int PRIVATE_FORMAT = 2;
    private static final int PRIVATE_START = 4;
    private static final int PRIVATE_END = 8;
    private static final int PRIVATE_LENGTH = 12;
    private static final int PRIVATE_HEADER_BYTES = 16;

    private static final int FILE_SYSTEM_MAGIC = 0xf0a5;
    private static final int STARTUP_MAGIC = 0xabcd;
    private static final int PRIVATE_MAGIC = 0xfedc;
    private static final int FORMAT_PLAIN = 1;
    private static final int FORMAT_COMPRESSED = 2;
    private static final int UNKNOWN_OF_7200 = 0x0c04;

    /**
     * The two configurations; what is absent is empty.
     *
     * @param startup as the guest stored it, decompressed
     * @param privateConfig keys and the like
     */
    public record Configs(byte[] startup, byte[] privateConfig) {
    }

    private final ByteBuffer fs;
    private final int address;

    /**
     * The file system in {@code image}, which is changed by {@link #push}.
     *
     * @param image the whole NVRAM
     * @param nvramAddress physical address of its first byte
     * @throws ConfigurationException if the image cannot hold a file system
     */
    public NvramFileSystem(byte[] image, int nvramAddress) throws ConfigurationException {
        int length = image.length - OFFSET;
        if (length < SECTOR_BYTES || length % SECTOR_BYTES != 0 || image.length > LONGEST_IMAGE) {
            throw new ConfigurationException(
                    "%d bytes are not an NVRAM image: it has a multiple of 1 KB, 3 KB to 8 MB".formatted(image.length));
        }
        this.fs = ByteBuffer.wrap(image, OFFSET, length).slice();
        this.address = nvramAddress + OFFSET;
    }

    /** The file system in {@code image} at the address all boards have. */
    public NvramFileSystem(byte[] image) throws ConfigurationException {
        this(image, NVRAM_ADDRESS);
    }

    /**
     * The configurations stored in an NVRAM file of the host.
     *
     * @throws ConfigurationException if the file cannot be read or holds no (or a damaged) file system
     */
    public static Configs exportFile(Path nvram) throws ConfigurationException {
        return new NvramFileSystem(read(nvram)).extract();
    }

    /**
     * Puts configurations into an NVRAM file of the host, which is replaced in one step; null keeps what is stored.
     *
     * @param newSizeBytes size of the file if it does not exist yet
     * @throws ConfigurationException if the file cannot be used or there is no space; the file is then unchanged
     */
    public static void importFile(Path nvram, int newSizeBytes, byte @Nullable [] startup,
            byte @Nullable [] privateConfig) throws ConfigurationException {
        Path file = StorageFiles.resolve(nvram);
        byte[] image = Files.exists(file) ? read(file) : new byte[newSizeBytes];
        new NvramFileSystem(image).push(startup, privateConfig);
        try {
            StorageFiles.open(file, image.length, "use the whole file", made -> {}).close();
            new ReplacedFile(file).save(image);
        } catch (IOException e) {
            throw StorageFiles.unusable(nvram, e);
        }
    }

    private static byte[] read(Path nvram) throws ConfigurationException {
        try {
            if (Files.size(nvram) > LONGEST_IMAGE) {
                throw new ConfigurationException(nvram + " is too long for an NVRAM image (8 MB at most)");
            }
            return Files.readAllBytes(nvram);
        } catch (IOException e) {
            throw StorageFiles.unusable(nvram, e);
        }
    }

    /** Judges by the checksum whether the owner of {@code image} is in the middle of changing the file system. */
    static ImageKeeper.Completeness judge(byte[] image) {
        if (image.length < OFFSET + HEADER_BYTES) {
            return ImageKeeper.Completeness.UNKNOWN;
        }
        ByteBuffer fs = ByteBuffer.wrap(image, OFFSET, image.length - OFFSET).slice();
        if (u16(fs, MAGIC) != FILE_SYSTEM_MAGIC) {
            return ImageKeeper.Completeness.UNKNOWN;
        }
        return u16(fs, CHECKSUM) == checksum(fs)
                ? ImageKeeper.Completeness.COMPLETE
                : ImageKeeper.Completeness.INCOMPLETE;
    }

    /** True when a store of {@code length} bytes at {@code offset} of the NVRAM changes the checksum. */
    static boolean touchesChecksum(int offset, int length) {
        return offset < OFFSET + CHECKSUM + 2 && offset + length > OFFSET + CHECKSUM;
    }

    /**
     * Reads the stored configurations. The checksum is not looked at: a guest that finds it wrong warns and goes on.
     *
     * @throws ConfigurationException if there is no file system or its startup configuration is damaged; a damaged
     *             private configuration counts as absent
     */
    public Configs extract() throws ConfigurationException {
        if (u16(fs, MAGIC) != FILE_SYSTEM_MAGIC) {
            throw new ConfigurationException("the NVRAM holds no file system; save a configuration in the guest first");
        }
        if (u16(fs, STARTUP) != STARTUP_MAGIC) {
            return new Configs(new byte[0], new byte[0]);
        }
        byte[] stored = stored(fs.getInt(START), fs.getInt(LENGTH));
        byte[] startup = switch (u16(fs, FORMAT)) {
            case FORMAT_PLAIN -> stored;
            case FORMAT_COMPRESSED -> CompressedData.decode(stored, plainLength());
            default ->
                throw new ConfigurationException("the startup configuration has unknown format " + u16(fs, FORMAT));
        };
        return new Configs(startup, extractPrivate(privateHeader()));
    }

    private int plainLength() throws ConfigurationException {
        int length = fs.getInt(PLAIN_LENGTH);
        if (length < 0 || length > LONGEST_IMAGE) {
            throw new ConfigurationException(
                    "the compressed configuration is damaged: %d bytes when decompressed"
                            .formatted(Integer.toUnsignedLong(length)));
        }
        return length;
    }

    /** The bytes at a physical address given by the header. */
    private byte[] stored(int start, int length) throws ConfigurationException {
        int at = start - address;
        if (at < HEADER_BYTES || length < 0 || length > fs.capacity() || at > fs.capacity() - length) {
            throw new ConfigurationException(
                    "the startup configuration is damaged: it would lie outside of the NVRAM (0x%08x, %d bytes)"
                            .formatted(start, Integer.toUnsignedLong(length)));
        }
        byte[] bytes = new byte[length];
        fs.get(at, bytes);
        return bytes;
    }

    /**
     * Where the private configuration's header is if there is one. Only after the startup configuration was found good.
     */
    private int privateHeader() {
        return align4(fs.getInt(START) - address + fs.getInt(LENGTH));
    }

    private byte[] extractPrivate(int header) {
        if (header > fs.capacity() - PRIVATE_HEADER_BYTES || u16(fs, header) != PRIVATE_MAGIC
                || u16(fs, header + PRIVATE_FORMAT) != FORMAT_PLAIN) {
            return new byte[0];
        }
        int at = fs.getInt(header + PRIVATE_START) - address;
        int length = fs.getInt(header + PRIVATE_LENGTH);
        if (at < 0 || length < 0 || length > fs.capacity() || at > fs.capacity() - length) {
            return new byte[0];
        }
        byte[] bytes = new byte[length];
        fs.get(at, bytes);
        return bytes;
    }

    /**
     * Stores configurations in plain form; null keeps what is stored (empty if nothing is). An image without a file
     * system gets one.
     *
     * @throws ConfigurationException if there is no space, or a part to be kept is damaged; nothing is changed then
     */
    public void push(byte @Nullable [] startup, byte @Nullable [] privateConfig) throws ConfigurationException {
        boolean present = u16(fs, MAGIC) == FILE_SYSTEM_MAGIC;
        Configs kept = present && (startup == null || privateConfig == null)
                ? extract()
                : new Configs(new byte[0], new byte[0]);
        byte[] newStartup = startup == null ? kept.startup() : startup;
        byte[] newPrivate = privateConfig == null ? kept.privateConfig() : privateConfig;
        long header = align4(HEADER_BYTES + (long) newStartup.length);
        long end = header + PRIVATE_HEADER_BYTES + newPrivate.length;
        if (end > fs.capacity()) {
            throw new ConfigurationException("the configurations need %d bytes, the NVRAM has %d; use a larger one (-n)"
                    .formatted(end, fs.capacity()));
        }
        int oldEnd = present ? endOfContents() : fs.capacity();
        clear(0, HEADER_BYTES);
        fs.putShort(MAGIC, (short) FILE_SYSTEM_MAGIC);
        putStartup(newStartup);
        putPrivate((int) header, newPrivate);
        clear((int) end, Math.max((int) end, oldEnd));
        fs.putShort(CHECKSUM, (short) checksum(fs));
    }

    private void putStartup(byte[] startup) {
        fs.putShort(STARTUP, (short) STARTUP_MAGIC);
        fs.putShort(FORMAT, (short) FORMAT_PLAIN);
        fs.putShort(UNKNOWN, (short) UNKNOWN_OF_7200);
        fs.putInt(START, address + HEADER_BYTES);
        fs.putInt(END, address + HEADER_BYTES + startup.length);
        fs.putInt(LENGTH, startup.length);
        fs.put(HEADER_BYTES, startup);
        clear(HEADER_BYTES + startup.length, align4(HEADER_BYTES + startup.length));
    }

    private void putPrivate(int header, byte[] privateConfig) {
        int data = header + PRIVATE_HEADER_BYTES;
        fs.putShort(header, (short) PRIVATE_MAGIC);
        fs.putShort(header + PRIVATE_FORMAT, (short) FORMAT_PLAIN);
        fs.putInt(header + PRIVATE_START, address + data);
        fs.putInt(header + PRIVATE_END, address + data + privateConfig.length);
        fs.putInt(header + PRIVATE_LENGTH, privateConfig.length);
        fs.put(data, privateConfig);
    }

    /** First offset behind the stored configurations, rounded up to a sector; 0 if their headers make no sense. */
    private int endOfContents() {
        int start = fs.getInt(START) - address;
        int length = fs.getInt(LENGTH);
        if (u16(fs, STARTUP) != STARTUP_MAGIC || start < HEADER_BYTES
                || length < 0
                || length > fs.capacity()
                || start > fs.capacity() - length) {
            return 0;
        }
        int end = start + length;
        int header = privateHeader();
        int privateLength = extractPrivate(header).length;
        if (privateLength > 0) {
            end = Math.min(fs.capacity(), header + PRIVATE_HEADER_BYTES + privateLength);
        }
        return Math.ceilDiv(end, SECTOR_BYTES) * SECTOR_BYTES;
    }

    private void clear(int from, int to) {
        Arrays.fill(fs.array(), fs.arrayOffset() + from, fs.arrayOffset() + to, (byte) 0);
    }

    /** One's-complement sum of the 16-bit words behind the magic, the checksum itself counted as 0, complemented. */
    private static int checksum(ByteBuffer fs) {
        int last = fs.capacity() & ~1;
        long sum = -u16(fs, CHECKSUM);
        for (int i = STARTUP; i < last; i += 2) {
            sum += u16(fs, i);
        }
        if (last < fs.capacity()) {
            sum += (fs.get(last) & 0xff) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }

    private static int u16(ByteBuffer fs, int at) {
        return fs.getShort(at) & 0xffff;
    }

    private static long align4(long offset) {
        return offset + 3 & ~3L;
    }

    private static int align4(int offset) {
        return offset + 3 & ~3;
    }
}
