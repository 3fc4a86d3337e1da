package org.xenomips.packaging;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Two hosts for the built-in forwarder, without any network interface: 10.0.0.2 behind its port in slot 0 and 10.0.1.2 behind the one in
 * slot 1, each a datagram socket that carries Ethernet frames.
 */
final class Traffic implements AutoCloseable {
    /** Packets sent through the router. */
    private static final int COUNT = 20_000;
    /** Packets under way at once: fewer than a receive ring of the guest holds. */
    private static final int WINDOW = 32;
    /** How long a packet may stay away before it counts as lost. */
    private static final int PATIENCE_MS = 1_000;
    private static final int LOSSES_BORNE = 3;

    private static final int ARP = 0x0806;
    private static final int IPV4 = 0x0800;
    private static final byte[] BROADCAST = { -1, -1, -1, -1, -1, -1 };
    private static final byte[] ROUTER = { 2, 0, 0, 0, 0x72, 0 };

    private final DatagramSocket[] hosts = new DatagramSocket[2];
    private final int[] routerPorts = new int[2];

    Traffic() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = new DatagramSocket(0, loopback);
            hosts[i].setSoTimeout(PATIENCE_MS);
            try (DatagramSocket free = new DatagramSocket(0, loopback)) {
                routerPorts[i] = free.getLocalPort();
            }
        }
    }

    /** The options that connect a router to these hosts. */
    List<String> options() {
        return List.of("-m", "02:00:00:00:72:00", "-s", connection(0), "-s", connection(1));
    }

    private String connection(int slot) {
        return slot + ":0:udp:" + routerPorts[slot] + ":127.0.0.1:" + hosts[slot].getLocalPort();
    }

    /** Introduces both hosts to the router and sends packets from the first to the second. */
    void exchange() throws IOException {
        for (int host = 0; host < hosts.length; host++) {
            send(host, arpRequest(host));
        }
        byte[] packet = packet();
        int losses = 0;
        int underWay = 0;
        for (int sent = 0; sent < COUNT && losses < LOSSES_BORNE; sent++) {
            send(0, packet);
            if (++underWay == WINDOW) {
                while (underWay > 0) {
                    if (!received()) {
                        losses++;
                        break;
                    }
                    underWay--;
                }
                underWay = 0;
            }
        }
    }

    private void send(int host, byte[] frame) throws IOException {
        InetSocketAddress router = new InetSocketAddress(InetAddress.getLoopbackAddress(), routerPorts[host]);
        hosts[host].send(new DatagramPacket(frame, frame.length, router));
    }

    /** Takes one IPv4 packet at the second host; false if none comes. */
    private boolean received() throws IOException {
        DatagramPacket frame = new DatagramPacket(new byte[2048], 2048);
        try {
            do {
                hosts[1].receive(frame);
            } while (ByteBuffer.wrap(frame.getData()).getShort(12) != IPV4);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static byte[] address(int host) {
        return new byte[]{ 2, 0, 0, 0, 0, (byte) host };
    }

    /** An ARP request of 10.0.{@code host}.2 for its gateway, which learns the asker from it. */
    private static byte[] arpRequest(int host) {
        byte net = (byte) host;
        return ByteBuffer.allocate(60)
                .put(BROADCAST)
                .put(address(host))
                .putShort((short) ARP)
                .putShort((short) 1) // Ethernet
                .putShort((short) IPV4)
                .put((byte) 6) // length of a hardware address
                .put((byte) 4) // length of a protocol address
                .putShort((short) 1) // request
                .put(address(host))
                .put(new byte[]{ 10, 0, net, 2 })
                .put(new byte[6])
                .put(new byte[]{ 10, 0, net, 1 })
                .array();
    }

    /** A UDP datagram without check sum from 10.0.0.2 to 10.0.1.2 in a minimal Ethernet frame. */
    private static byte[] packet() {
        ByteBuffer frame = ByteBuffer.allocate(60);
        frame.put(ROUTER)
                .put(address(0))
                .putShort((short) IPV4)
                .putShort((short) 0x4500) // version 4, header of five words
                .putShort((short) 46) // total length
                .putInt(0) // no fragment
                .putShort((short) 0x4011) // 64 hops, UDP
                .putShort((short) 0) // check sum, below
                .put(new byte[]{ 10, 0, 0, 2 })
                .put(new byte[]{ 10, 0, 1, 2 })
                .putShort((short) 9)
                .putShort((short) 9)
                .putShort((short) 26);
        int sum = 0;
        for (int at = 14; at < 34; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        frame.putShort(24, (short) ~sum);
        return frame.array();
    }

    @Override
    public void close() {
        for (DatagramSocket host : hosts) {
            host.close();
        }
    }
}
