package org.xenomips.packaging;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.xenomips.net.Namespaces;

/**
 * Numbered datagrams of all sizes from one host to another, each checked on arrival.
 *
 * <p>The sender never has more than {@link #WINDOW} datagrams under way, so the router sets the pace and a busy test machine
 * cannot overrun it. A datagram that does not come is a loss; nothing is repeated.
 */
final class DatagramFlow {
    /** Datagrams under way; fewer than the guest's receive ring has buffers. */
    private static final int WINDOW = 64;
    private static final int SMALLEST = 8;
    private static final int LARGEST = 1472;
    /** How long a datagram may stay away before it is given up. */
    private static final int PATIENCE_MS = 5_000;

    private final int count;
    private final InetSocketAddress destination;
    private final DatagramSocket sender;
    private final DatagramSocket receiver;
    private final AtomicLong arrived = new AtomicLong();
    private volatile boolean over;

    /** A flow of {@code count} datagrams to {@code address} in namespace {@code to}, not yet started. */
    DatagramFlow(String from, String to, String address, int port, int count) throws Exception {
        this.count = count;
        destination = new InetSocketAddress(InetAddress.getByName(address), port);
        sender = Namespaces.in(from, () -> new DatagramSocket(null));
        receiver = Namespaces.in(to, () -> new DatagramSocket(destination));
        receiver.setReceiveBufferSize(1 << 20);
        receiver.setSoTimeout(PATIENCE_MS);
    }

    /** Starts both ends; completes with the number of datagrams that came, complete, unchanged and in order. */
    CompletableFuture<Long> start() {
        CompletableFuture<Long> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(receiveAll());
            } catch (IOException | AssertionError e) {
                result.completeExceptionally(e);
            } finally {
                over = true;
                receiver.close();
            }
        });
        Thread.ofPlatform().daemon().start(this::sendAll);
        return result;
    }

    private static int size(long number) {
        return SMALLEST + (int) (number * 37 % (LARGEST - SMALLEST + 1));
    }

    private static void fill(byte[] payload, int size, long number) {
        Arrays.fill(payload, 8, size, (byte) number);
        ByteBuffer.wrap(payload).putLong(number);
    }

    private void sendAll() {
        byte[] payload = new byte[LARGEST];
        try (sender) {
            for (long number = 0; number < count && !over; number++) {
                while (number - arrived.get() >= WINDOW && !over) {
                    LockSupport.parkNanos(50_000);
                }
                fill(payload, LARGEST, number);
                sender.send(new DatagramPacket(payload, size(number), destination));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private long receiveAll() throws IOException {
        byte[] buffer = new byte[2048];
        byte[] expected = new byte[LARGEST];
        for (long number = 0; number < count; number++) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                receiver.receive(packet);
            } catch (java.net.SocketTimeoutException e) {
                return number;
            }
            int size = size(number);
            fill(expected, LARGEST, number);
            if (packet.getLength() != size || !Arrays.equals(buffer, 0, size, expected, 0, size)) {
                throw new AssertionError("datagram " + number + " is missing, late or damaged: "
                        + packet.getLength() + " bytes, number " + ByteBuffer.wrap(buffer).getLong());
            }
            arrived.incrementAndGet();
        }
        return count;
    }
}
