package org.xenomips.devices.netio.offload;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** VLAN tags (IEEE 802.1Q) of frames. Stateless. */
public final class VlanTags {
    /** Bytes before the first tag: destination and source address. */
    public static final int ADDRESSES = 12;
    /** Bytes of a tag: type and control information. */
    public static final int TAG_BYTES = 4;
    /** Ethertype of a customer tag, and of a tag whose type the kernel does not tell. */
    public static final int CUSTOMER = 0x8100;

    private VlanTags() {}

    /** True for the ethertypes that announce a tag: 802.1Q, 802.1ad, and the older 9100 and 9200. */
    static boolean isTag(int ethertype) {
        return ethertype == CUSTOMER || ethertype == 0x88a8 || ethertype == 0x9100 || ethertype == 0x9200;
    }

    /**
     * Copies a frame of {@code length} bytes (at least {@link #ADDRESSES}) and puts {@code tag} (type and control information,
     * 32 bits; 0 = none) behind its addresses.
     *
     * @return the length in {@code to}
     */
    public static int copy(MemorySegment from, int length, int tag, byte[] to) {
        if (tag == 0) {
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, 0, to, 0, length);
            return length;
        }
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, 0, to, 0, ADDRESSES);
        Checksums.putInt(to, ADDRESSES, tag);
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, ADDRESSES, to, ADDRESSES + TAG_BYTES, length - ADDRESSES);
        return length + TAG_BYTES;
    }
}
