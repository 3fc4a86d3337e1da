package org.xenomips.devices.nic.dec21140;

import java.util.Arrays;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * The destination address filter that setup frames load: 16 perfect addresses, or a hash table of 512 bits with one perfect
 * address, either of them possibly inverted.
 *
 * <p>Deviation: broadcast passes whether it was listed or not (unless the filter is inverse and lists it). Software of this
 * platform does not list it; drivers for the chip always do.
 *
 * <p>Thread: machine thread.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 4, 'Setup Frame'"
 */
final class AddressFilter implements Snapshotable {
    /** Length of a setup frame in bytes. */
    static final int SETUP_BYTES = 192;

    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final int PERFECT_ENTRIES = 16;
    private static final int PERFECT_STRIDE = 12;
    /** Where the station address lies in a setup frame with a hash table. */
    private static final int HASH_STATION = 156;
    private static final int HASH_WORDS = 32;
    private static final int CRC_POLYNOMIAL = 0xedb8_8320;

    /** How the filter decides; in the order of the descriptor's bits FT1, FT0. */
    enum Mode {
        PERFECT, HASH, INVERSE, HASH_ONLY
    }

    private Mode mode = Mode.PERFECT;
    private final long[] perfect = new long[PERFECT_ENTRIES];
    private int perfectCount;
    private final int[] hash = new int[HASH_WORDS];

    /** Forgets everything: only broadcast passes. */
    void clear() {
        mode = Mode.PERFECT;
        perfectCount = 0;
        Arrays.fill(hash, 0);
    }

    /** Takes over the {@value #SETUP_BYTES} bytes of a setup frame, of which the first two of every four count. */
    void load(byte[] setup, Mode newMode) {
        clear();
        mode = newMode;
        if (newMode == Mode.PERFECT || newMode == Mode.INVERSE) {
            perfectCount = PERFECT_ENTRIES;
            for (int i = 0; i < PERFECT_ENTRIES; i++) {
                perfect[i] = setupAddress(setup, i * PERFECT_STRIDE);
            }
            return;
        }
        for (int i = 0; i < HASH_WORDS; i++) {
            hash[i] = setup[4 * i] & 0xff | (setup[4 * i + 1] & 0xff) << 8;
        }
        if (newMode == Mode.HASH) {
            perfectCount = 1;
            perfect[0] = setupAddress(setup, HASH_STATION);
        }
    }

    Mode mode() {
        return mode;
    }

    /** True when a frame to {@code destination} (48 bits, first byte on top) passes. */
    boolean accepts(long destination) {
        return switch (mode) {
            case PERFECT -> destination == BROADCAST || isListed(destination);
            case INVERSE -> !isListed(destination);
            case HASH -> destination == BROADCAST
                    || (isGroup(destination) ? isHashed(destination) : isListed(destination));
            case HASH_ONLY -> destination == BROADCAST || isHashed(destination);
        };
    }

    /** The destination address of a frame as a 48-bit number. */
    static long destination(byte[] frame) {
        long address = 0;
        for (int i = 0; i < 6; i++) {
            address = address << 8 | frame[i] & 0xff;
        }
        return address;
    }

    static boolean isGroup(long address) {
        return (address >>> 40 & 1) != 0;
    }

    /** Position of {@code address} in the hash table: the low 9 bits of its CRC-32, not complemented. */
    static int hashIndex(long address) {
        int crc = -1;
        for (int shift = 40; shift >= 0; shift -= 8) {
            crc ^= (int) (address >>> shift) & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) != 0 ? CRC_POLYNOMIAL : 0);
            }
        }
        return crc & 0x1ff;
    }

    private boolean isListed(long address) {
        for (int i = 0; i < perfectCount; i++) {
            if (perfect[i] == address) {
                return true;
            }
        }
        return false;
    }

    private boolean isHashed(long address) {
        int index = hashIndex(address);
        return (hash[index >> 4] >> (index & 15) & 1) != 0;
    }

    private static long setupAddress(byte[] setup, int at) {
        long address = 0;
        for (int i = 0; i < 3; i++) {
            address = address << 16 | (setup[at + 4 * i] & 0xff) << 8 | setup[at + 4 * i + 1] & 0xff;
        }
        return address;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putInt("mode", mode.ordinal());
        out.putInt("perfectCount", perfectCount);
        out.putLongs("perfect", perfect.clone());
        out.putInts("hash", hash.clone());
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        mode = Mode.values()[in.getInt("mode") & 3];
        perfectCount = Math.clamp(in.getInt("perfectCount"), 0, PERFECT_ENTRIES);
        in.getLongs("perfect", perfect);
        in.getInts("hash", hash);
    }
}
