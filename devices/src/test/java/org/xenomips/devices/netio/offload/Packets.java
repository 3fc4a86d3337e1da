package org.xenomips.devices.netio.offload;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Frames made by hand and an independent look at their checksums. */
public final class Packets {
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final byte[] A = HexFormat.of().parseHex("020000000001");
    public static final byte[] B = HexFormat.of().parseHex("020000000002");

    private Packets() {}

    /** An Ethernet frame whose payload counts up from {@code seed}. */
    public static byte[] ethernet(int length, int ethertype, int seed) {
        byte[] frame = new byte[length];
        ByteBuffer.wrap(frame).put(B).put(A).putShort((short) ethertype);
        for (int i = 14; i < length; i++) {
            frame[i] = (byte) (seed + i);
        }
        return frame;
    }

    /** {@code frame} with {@code tag} (type and control information) behind its addresses. */
    public static byte[] tagged(byte[] frame, int tag) {
        byte[] result = new byte[frame.length + 4];
        ByteBuffer.wrap(result).put(frame, 0, 12).putInt(tag).put(frame, 12, frame.length - 12);
        return result;
    }

    /** An IPv4 frame with {@code payload} bytes behind a TCP or UDP header; all checksums 0. */
    public static byte[] ipv4(int protocol, int payload) {
        int header = protocol == TCP ? 20 : 8;
        byte[] frame = ethernet(34 + header + payload, 0x0800, 0);
        ByteBuffer b = ByteBuffer.wrap(frame, 14, frame.length - 14);
        b.put((byte) 0x45).put((byte) 0).putShort((short) (20 + header + payload)).putShort((short) 0xfffe);
        b.putShort((short) 0x4000).put((byte) 64).put((byte) protocol).putShort((short) 0);
        b.putInt(0x0a000001).putInt(0x0a000002);
        transport(b, protocol, payload);
        return frame;
    }

    /** The same over IPv6, behind one hop-by-hop header. */
    public static byte[] ipv6(int protocol, int payload) {
        int header = protocol == TCP ? 20 : 8;
        byte[] frame = ethernet(14 + 40 + 8 + header + payload, 0x86dd, 0);
        ByteBuffer b = ByteBuffer.wrap(frame, 14, frame.length - 14);
        b.putInt(0x6000_0000).putShort((short) (8 + header + payload)).put((byte) 0).put((byte) 64);
        b.putLong(0xfe80_0000_0000_0000L).putLong(1).putLong(0xfe80_0000_0000_0000L).putLong(2);
        b.put((byte) protocol).put((byte) 0).put(HexFormat.of().parseHex("010400000000"));
        transport(b, protocol, payload);
        return frame;
    }

    private static void transport(ByteBuffer b, int protocol, int payload) {
        b.putShort((short) 1000).putShort((short) 2000);
        if (protocol == TCP) {
            // CWR, ACK, PSH and FIN are set.
            b.putInt(0xffff_ff00).putInt(7).put((byte) 0x50).put((byte) 0x99).putShort((short) 512).putInt(0);
        } else {
            b.putShort((short) (8 + payload)).putShort((short) 0);
        }
    }

    /** Offset of the network header, behind any tags. */
    public static int network(byte[] frame) {
        int at = 12;
        while (VlanTags.isTag(u16(frame, at))) {
            at += 4;
        }
        return at + 2;
    }

    public static int u16(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    public static long u32(byte[] frame, int at) {
        return (long) u16(frame, at) << 16 | u16(frame, at + 2);
    }

    /** Offset of the transport header of an IP frame. */
    public static int transport(byte[] frame) {
        int ip = network(frame);
        return frame[ip] >> 4 == 4 ? ip + (frame[ip] & 0xf) * 4 : ip + (frame[ip + 6] == 0 ? 48 : 40);
    }

    /** TCP or UDP, or -1 for anything else. */
    public static int protocol(byte[] frame) {
        int ip = network(frame);
        int type = u16(frame, ip - 2);
        int p = type == 0x0800 ? frame[ip + 9] : type == 0x86dd ? frame[ip + (frame[ip + 6] == 0 ? 40 : 6)] : -1;
        return p == TCP || p == UDP ? p : -1;
    }

    /** True if the IPv4 header and the TCP or UDP checksum are right, summed byte by byte. */
    public static boolean checksumsRight(byte[] frame) {
        int ip = network(frame);
        boolean v4 = frame[ip] >> 4 == 4;
        int end = v4 ? ip + u16(frame, ip + 2) : ip + 40 + u16(frame, ip + 4);
        int l4 = transport(frame);
        int addresses = v4 ? ip + 12 : ip + 8;
        byte[] pseudo = Arrays.copyOfRange(frame, addresses, addresses + (v4 ? 8 : 32));
        long sum = slowSum(pseudo, 0, pseudo.length) + protocol(frame) + (end - l4) + slowSum(frame, l4, end);
        return fold(sum) == 0xffff && (!v4 || fold(slowSum(frame, ip, l4)) == 0xffff);
    }

    private static long slowSum(byte[] data, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += (data[i] & 0xffL) << ((i - from) % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    private static long fold(long sum) {
        long s = sum;
        while (s > 0xffff) {
            s = (s >> 16) + (s & 0xffff);
        }
        return s;
    }

    /** Puts the pseudo header's sum into the checksum field, as a sender that leaves the rest to the card does. */
    public static void leaveChecksumUnfinished(byte[] frame) {
        int ip = network(frame);
        int l4 = transport(frame);
        boolean v4 = frame[ip] >> 4 == 4;
        int end = v4 ? ip + u16(frame, ip + 2) : ip + 40 + u16(frame, ip + 4);
        int addresses = v4 ? ip + 12 : ip + 8;
        long sum = fold(slowSum(frame, addresses, addresses + (v4 ? 8 : 32)) + protocol(frame) + (end - l4));
        int field = l4 + (protocol(frame) == TCP ? 16 : 6);
        frame[field] = (byte) (sum >> 8);
        frame[field + 1] = (byte) sum;
        if (v4) {
            frame[ip + 10] = 0;
            frame[ip + 11] = 0;
            long header = 0xffff ^ fold(slowSum(frame, ip, l4));
            frame[ip + 10] = (byte) (header >> 8);
            frame[ip + 11] = (byte) header;
        }
    }
}
