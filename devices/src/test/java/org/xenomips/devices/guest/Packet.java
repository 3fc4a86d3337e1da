package org.xenomips.devices.guest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds and reads the frames of the forwarder's tests. */
final class Packet {
    static final int IP = 0x0800;
    static final int ARP = 0x0806;
    static final int ICMP = 1;
    static final int UDP = 17;
    static final byte[] BROADCAST = { -1, -1, -1, -1, -1, -1 };
    private static final int ETHERNET_BYTES = 14;
    private static final int HEADER_BYTES = 20;
    private static final int SHORTEST = 60;

    private Packet() {}

    static byte[] arp(int operation, byte[] senderMac, String sender, byte[] targetMac, String target) {
        ByteBuffer b = ByteBuffer.allocate(SHORTEST);
        b.put(targetMac).put(senderMac).putShort((short) ARP);
        b.putShort((short) 1).putShort((short) IP).put((byte) 6).put((byte) 4).putShort((short) operation);
        b.put(senderMac).put(address(sender)).put(targetMac).put(address(target));
        return b.array();
    }

    static byte[] ip(byte[] from, byte[] to, String source, String destination, int ttl, int protocol, byte[] data) {
        int length = HEADER_BYTES + data.length;
        ByteBuffer b = ByteBuffer.allocate(Math.max(SHORTEST, ETHERNET_BYTES + length));
        b.put(to).put(from).putShort((short) IP);
        b.putShort((short) 0x4500).putShort((short) length).putInt(0x1234_0000);
        b.put((byte) ttl).put((byte) protocol).putShort((short) 0).put(address(source)).put(address(destination));
        b.put(data);
        b.putShort(ETHERNET_BYTES + 10, (short) sum(b.array(), ETHERNET_BYTES, HEADER_BYTES));
        return b.array();
    }

    /** An ICMP echo message of {@code type}. */
    static byte[] echo(int type, String text) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(8 + data.length);
        b.putShort((short) (type << 8)).putShort((short) 0).putInt(0x7777_0001).put(data);
        b.putShort(2, (short) sum(b.array(), 0, b.capacity()));
        return b.array();
    }

    /** The complement of the one's-complement sum: 0 over a header whose check sum is right. */
    private static int sum(byte[] bytes, int offset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[offset + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~(sum + (sum >>> 16)) & 0xffff;
    }

    static int headerSum(byte[] frame) {
        return sum(frame, ETHERNET_BYTES, HEADER_BYTES);
    }

    static byte[] destinationMac(byte[] frame) {
        return Arrays.copyOfRange(frame, 0, 6);
    }

    static byte[] sourceMac(byte[] frame) {
        return Arrays.copyOfRange(frame, 6, 12);
    }

    static int ttl(byte[] frame) {
        return frame[ETHERNET_BYTES + 8] & 0xff;
    }

    static String source(byte[] frame) {
        return text(frame, ETHERNET_BYTES + 12);
    }

    static byte[] payload(byte[] frame) {
        int length = (frame[ETHERNET_BYTES + 2] & 0xff) << 8 | frame[ETHERNET_BYTES + 3] & 0xff;
        return Arrays.copyOfRange(frame, ETHERNET_BYTES + HEADER_BYTES, ETHERNET_BYTES + length);
    }

    static int arpOperation(byte[] frame) {
        return frame[ETHERNET_BYTES + 7];
    }

    static String arpTarget(byte[] frame) {
        return text(frame, ETHERNET_BYTES + 24);
    }

    private static byte[] address(String dotted) {
        byte[] bytes = new byte[4];
        String[] parts = dotted.split("\\.", -1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    private static String text(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) + "." + (bytes[offset + 1] & 0xff) + "." + (bytes[offset + 2] & 0xff) + "."
                + (bytes[offset + 3] & 0xff);
    }
}
