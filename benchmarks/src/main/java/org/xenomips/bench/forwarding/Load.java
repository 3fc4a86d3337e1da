package org.xenomips.bench.forwarding;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Datagrams from one host to the other as fast as they get through: at most a window of them is under way, so what is
 * measured is the path, not how fast a sender can fill queues.
 *
 * <p>Threads: one sends, one receives; the counters are for anybody.
 */
final class Load implements AutoCloseable {
    /** Frame bytes besides the payload: Ethernet header, IPv4, UDP. */
    static final int HEADERS = 14 + 20 + 8;

    private static final int WINDOW = 64;
    /** After that long without an arrival those under way are given up. */
    private static final int PATIENCE_MS = 200;

    private final DatagramSocket sender;
    private final DatagramSocket receiver;
    private final InetSocketAddress destination;
    private final byte[] payload;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean over;

    /** Starts a load of frames of {@code frameBytes} (without FCS) from host {@code from} to the other one. */
    Load(Lab lab, int from, int port, int frameBytes) throws IOException {
        destination = new InetSocketAddress(InetAddress.getByName(Lab.address(1 - from)), port);
        payload = new byte[frameBytes - HEADERS];
        sender = lab.open(from, () -> new DatagramSocket(null));
        receiver = lab.open(1 - from, () -> new DatagramSocket(destination));
        receiver.setReceiveBufferSize(1 << 20);
        receiver.setSoTimeout(PATIENCE_MS);
        Thread.ofPlatform().daemon().name("load-receiver").start(this::receive);
        Thread.ofPlatform().daemon().name("load-sender").start(this::send);
    }

    private void send() {
        DatagramPacket packet = new DatagramPacket(payload, payload.length, destination);
        try {
            while (!over) {
                while (sent.get() - arrived.get() - lost.get() >= WINDOW && !over) {
                    LockSupport.parkNanos(20_000);
                }
                ByteBuffer.wrap(payload).putLong(sent.getAndIncrement());
                sender.send(packet);
            }
        } catch (IOException e) {
            if (!over) {
                System.err.println("forwarding: sending: " + e);
            }
        }
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        long expected = 0;
        while (!over) {
            try {
                receiver.receive(packet);
                long number = ByteBuffer.wrap(packet.getData()).getLong();
                if (number >= expected) {
                    lost.addAndGet(number - expected);
                    expected = number + 1;
                    arrived.incrementAndGet();
                }
            } catch (SocketTimeoutException e) {
                lost.addAndGet(sent.get() - expected);
                expected = sent.get();
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                System.err.println("forwarding: receiving: " + e);
                return;
            }
        }
    }

    long arrived() {
        return arrived.get();
    }

    long lost() {
        return lost.get();
    }

    @Override
    public void close() {
        over = true;
        sender.close();
        receiver.close();
    }
}
