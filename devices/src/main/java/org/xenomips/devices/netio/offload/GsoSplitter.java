package org.xenomips.devices.netio.offload;

/**
 * Cuts a super frame, which the host's kernel left for the network card to segment, into frames that a wire would carry.
 *
 * <p>Handles TCP and UDP over IPv4 and IPv6, behind up to three VLAN tags in line. The kinds and sizes are those of the header
 * that the kernel puts before a frame (virtio specification, "Packet Transmission").
 *
 * <p>Thread: one at a time; the segment buffer is reused.
 */
public final class GsoSplitter {
    /** Takes the segments in order. */
    public interface Sink {
        /** {@code frame} is valid during the call only. */
        void segment(byte[] frame, int length);
    }

    public static final int TCP_V4 = 1;
    public static final int TCP_V6 = 4;
    public static final int UDP = 5;
    /** Added to a kind when congestion notification is in use; of no consequence here. */
    public static final int ECN = 0x80;

    private static final int SMALLEST_SEGMENT = 8;
    private static final int MOST_TAGS = 3;
    private static final int MOST_EXTENSIONS = 8;
    private static final int PROTOCOL_TCP = 6;
    private static final int PROTOCOL_UDP = 17;
    private static final int FIN_PSH = 0x09;
    private static final int CWR = 0x80;

    private final byte[] segment;
    private int network;
    private int transport;
    private int headerEnd;
    private boolean version6;

    /** Segments have at most {@code longestFrame} bytes; what needs longer ones is refused. */
    public GsoSplitter(int longestFrame) {
        segment = new byte[longestFrame];
    }

    /**
     * Splits the first {@code length} bytes of {@code frame}.
     *
     * @param kind one of the constants of this class
     * @param size payload bytes per segment
     * @return number of segments given to {@code sink}; 0 if the frame is not what {@code kind} says, and nothing was given
     */
    public int split(byte[] frame, int length, int kind, int size, Sink sink) {
        int protocol = (kind & ~ECN) == UDP ? PROTOCOL_UDP : PROTOCOL_TCP;
        if (size < SMALLEST_SEGMENT || length > frame.length || !locate(frame, length, protocol)
                || (kind & ~ECN) == TCP_V4 && version6 || (kind & ~ECN) == TCP_V6 && !version6
                || headerEnd >= length || headerEnd + size > segment.length) {
            return 0;
        }
        int count = 0;
        for (int at = headerEnd; at < length; at += size) {
            int payload = Math.min(size, length - at);
            System.arraycopy(frame, 0, segment, 0, headerEnd);
            System.arraycopy(frame, at, segment, headerEnd, payload);
            int end = headerEnd + payload;
            fixNetwork(end, count);
            if (protocol == PROTOCOL_TCP) {
                fixTcp(at - headerEnd, at + payload == length);
            } else {
                Checksums.putShort(segment, transport + 4, end - transport);
            }
            fixChecksum(end, protocol);
            sink.segment(segment, end);
            count++;
        }
        return count;
    }

    /** Finds the headers; false if the frame is something else or ends inside them. */
    private boolean locate(byte[] frame, int length, int protocol) {
        int at = VlanTags.ADDRESSES;
        for (int tags = 0; at + 2 <= length && VlanTags.isTag(Checksums.getShort(frame, at)); tags++) {
            if (tags == MOST_TAGS) {
                return false;
            }
            at += VlanTags.TAG_BYTES;
        }
        if (at + 2 > length) {
            return false;
        }
        network = at + 2;
        version6 = Checksums.getShort(frame, at) == 0x86dd;
        boolean found = version6
                ? locateBehindIpv6(frame, length, protocol)
                : Checksums.getShort(frame, at) == 0x0800 && locateBehindIpv4(frame, length, protocol);
        if (!found) {
            return false;
        }
        if (protocol == PROTOCOL_UDP) {
            headerEnd = transport + 8;
            return headerEnd <= length;
        }
        if (transport + 20 > length) {
            return false;
        }
        int headerBytes = (frame[transport + 12] >> 4 & 0xf) * 4;
        headerEnd = transport + headerBytes;
        return headerBytes >= 20 && headerEnd <= length;
    }

    private boolean locateBehindIpv4(byte[] frame, int length, int protocol) {
        if (network + 20 > length) {
            return false;
        }
        int headerBytes = (frame[network] & 0xf) * 4;
        transport = network + headerBytes;
        boolean fragment = (Checksums.getShort(frame, network + 6) & 0x3fff) != 0;
        return frame[network] >> 4 == 4 && headerBytes >= 20 && transport <= length && !fragment
                && frame[network + 9] == protocol;
    }

    private boolean locateBehindIpv6(byte[] frame, int length, int protocol) {
        if (network + 40 > length) {
            return false;
        }
        int next = frame[network + 6] & 0xff;
        transport = network + 40;
        for (int i = 0; next != protocol; i++) {
            boolean extension = next == 0 || next == 43 || next == 60;
            if (!extension || i == MOST_EXTENSIONS || transport + 8 > length) {
                return false;
            }
            next = frame[transport] & 0xff;
            transport += ((frame[transport + 1] & 0xff) + 1) * 8;
        }
        return transport <= length;
    }

    private void fixNetwork(int end, int index) {
        if (version6) {
            Checksums.putShort(segment, network + 4, end - network - 40);
            return;
        }
        Checksums.putShort(segment, network + 2, end - network);
        Checksums.putShort(segment, network + 4, Checksums.getShort(segment, network + 4) + index);
        Checksums.putShort(segment, network + 10, 0);
        Checksums.putShort(segment, network + 10, Checksums.fold(Checksums.sum(segment, network, transport - network)));
    }

    private void fixTcp(int dataOffset, boolean last) {
        Checksums.putInt(segment, transport + 4, Checksums.getInt(segment, transport + 4) + dataOffset);
        int flags = segment[transport + 13];
        if (!last) {
            flags &= ~FIN_PSH;
        }
        if (dataOffset != 0) {
            flags &= ~CWR;
        }
        segment[transport + 13] = (byte) flags;
    }

    private void fixChecksum(int end, int protocol) {
        int field = transport + (protocol == PROTOCOL_TCP ? 16 : 6);
        Checksums.putShort(segment, field, 0);
        long pseudoHeader = (version6
                ? Checksums.sum(segment, network + 8, 32)
                : Checksums.sum(segment, network + 12, 8)) + protocol + (end - transport);
        int checksum = Checksums.fold(pseudoHeader + Checksums.sum(segment, transport, end - transport));
        Checksums.putShort(segment, field, protocol == PROTOCOL_UDP ? Checksums.nonZero(checksum) : checksum);
    }
}
