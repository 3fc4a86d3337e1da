package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.xenomips.net.Namespaces;

/** Sends megabytes over TCP between two namespaces and compares every byte. */
final class TcpTransfer {
    private static final int BYTES = 4 << 20;

    private TcpTransfer() {}

    /** Four megabytes. */
    static void run(String sender, String receiver, String address, int port) throws Exception {
        run(sender, receiver, address, port, BYTES);
    }

    /** From namespace {@code sender} to {@code address}, which belongs to namespace {@code receiver}. */
    static void run(String sender, String receiver, String address, int port, int bytes) throws Exception {
        byte[] data = new byte[bytes];
        new Random(port).nextBytes(data);
        ServerSocket listener = Namespaces.in(receiver,
                () -> new ServerSocket(port, 1, InetAddress.getByName(address)));
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> readAll(listener));
        Namespaces.in(sender, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 20_000);
                socket.getOutputStream().write(data);
            }
            return true;
        });
        assertThat(received.get()).as("transfer to %s, port %d", address, port).isEqualTo(data);
    }

    private static byte[] readAll(ServerSocket listener) {
        try (listener; Socket socket = listener.accept(); InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(60_000);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
