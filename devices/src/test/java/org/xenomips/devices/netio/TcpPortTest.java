package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.xenomips.devices.netio.offload.Packets;
import org.xenomips.net.Frame;
import org.xenomips.net.PortStatistics.Counter;

class TcpPortTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static Socket client(TcpPort port) throws IOException {
        Socket socket = new Socket(HERE, port.localPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] record(byte[] frame) {
        return ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array();
    }

    @Test
    void clientAndServerExchangeFrames() throws Exception {
        try (TcpPort server = TcpPort.listen(0)) {
            Inbox atServer = Inbox.start(server);
            assertThat(server.linkUp()).isFalse();
            try (TcpPort client = TcpPort.connect(HERE.getHostAddress(), server.localPort())) {
                Inbox atClient = Inbox.start(client);
                atClient.until(client::linkUp, "client up");
                atServer.until(server::linkUp, "server up");
                byte[] a = Packets.ethernet(1514, 1, 1);
                byte[] b = Packets.ethernet(64, 1, 2);

                client.transmit(a, 0, a.length);
                server.transmit(b, 0, b.length);

                assertThat(atServer.take()).isEqualTo(a);
                assertThat(atClient.take()).isEqualTo(b);
            }
            atServer.until(() -> !server.linkUp(), "server down after the client has gone");
            Inbox.assertIdle(server);
        }
    }

    @Test
    void recordsAreFoundHoweverTheStreamIsCut() throws Exception {
        try (TcpPort server = TcpPort.listen(0)) {
            Inbox inbox = Inbox.start(server);
            try (Socket socket = client(server)) {
                socket.setTcpNoDelay(true);
                byte[] first = Packets.ethernet(100, 1, 1);
                byte[] second = Packets.ethernet(200, 1, 2);
                byte[] stream = ByteBuffer.allocate(312)
                        .put(record(first))
                        .put(record(new byte[0]))
                        .put(record(second))
                        .array();
                for (byte b : stream) {
                    socket.getOutputStream().write(b);
                }
                socket.getOutputStream().write(stream);

                assertThat(inbox.take(4)).containsExactly(first, second, first, second);
            }
        }
    }

    @Test
    void overlongFrameIsDroppedAndTheStreamStaysInStep() throws Exception {
        try (TcpPort server = TcpPort.listen(0)) {
            Inbox inbox = Inbox.start(server);
            try (Socket socket = client(server)) {
                socket.getOutputStream().write(record(new byte[Frame.CAPACITY + 1]));
                socket.getOutputStream().write(record(new byte[32_768]));
                byte[] good = Packets.ethernet(60, 1, 1);
                socket.getOutputStream().write(record(good));

                assertThat(inbox.take()).isEqualTo(good);
                assertThat(server.statistics().get(Counter.OVERSIZED)).isEqualTo(2);
            }
        }
    }

    @Test
    void impossibleLengthEndsTheConnectionAndTheNextPeerIsServed() throws Exception {
        try (TcpPort server = TcpPort.listen(0)) {
            Inbox inbox = Inbox.start(server);
            for (int length : new int[]{ 32_769, -1, Integer.MIN_VALUE }) {
                try (Socket socket = client(server)) {
                    socket.getOutputStream().write(ByteBuffer.allocate(4).putInt(length).array());
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                }
            }
            try (Socket socket = client(server)) {
                byte[] good = Packets.ethernet(60, 1, 1);
                socket.getOutputStream().write(record(good));
                assertThat(inbox.take()).isEqualTo(good);
            }
            assertThat(server.statistics().get(Counter.RECEIVE_ERRORS)).isEqualTo(3);
        }
    }

    @Test
    void secondClientIsTurnedAway() throws Exception {
        try (TcpPort server = TcpPort.listen(0)) {
            Inbox inbox = Inbox.start(server);
            try (Socket first = client(server)) {
                inbox.until(server::linkUp, "first client");
                try (Socket second = client(server)) {
                    assertThat(second.getInputStream().read()).isEqualTo(-1);
                }
                byte[] frame = Packets.ethernet(60, 1, 1);
                first.getOutputStream().write(record(frame));
                assertThat(inbox.take()).isEqualTo(frame);
            }
        }
    }

    @Test
    void peerThatDoesNotReadCostsWholeFramesOnly() throws Exception {
        try (TcpPort server = TcpPort.listen(0)) {
            Inbox inbox = Inbox.start(server);
            try (Socket socket = client(server)) {
                inbox.until(server::linkUp, "client");
                int frames = 0;
                while (server.statistics().get(Counter.SEND_ERRORS) == 0) {
                    byte[] frame = Packets.ethernet(1000 + frames % 500, 1, frames);
                    server.transmit(frame, 0, frame.length);
                    frames++;
                }
                long sent = server.statistics().get(Counter.FRAMES_OUT);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                for (int i = 0; i < sent; i++) {
                    byte[] frame = new byte[in.readInt()];
                    in.readFully(frame);
                    assertThat(frame).isEqualTo(Packets.ethernet(1000 + i % 500, 1, i));
                }
            }
        }
    }

    @Test
    void clientConnectsAgainWhenTheServerIsBack() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, HERE);
                TcpPort client = TcpPort.connect(HERE.getHostAddress(), listener.getLocalPort())) {
            Inbox inbox = Inbox.start(client);
            listener.accept().close();
            try (Socket again = listener.accept()) {
                byte[] frame = Packets.ethernet(60, 1, 1);
                again.getOutputStream().write(record(frame));
                assertThat(inbox.take()).isEqualTo(frame);
                assertThat(client.linkUp()).isTrue();
            }
        }
    }

    @Test
    void clientWithoutAServerIsDownAndClosesAtOnce() throws Exception {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, HERE)) {
            free = probe.getLocalPort();
        }
        TcpPort client = TcpPort.connect(HERE.getHostAddress(), free);
        Inbox.start(client);
        client.transmit(new byte[60], 0, 60);
        Inbox.assertIdle(client);
        client.close();

        assertThat(client.linkUp()).isFalse();
        assertThat(client.statistics().get(Counter.SEND_ERRORS)).isEqualTo(1);
    }

    @Test
    void portInUseIsExplained() throws Exception {
        try (TcpPort server = TcpPort.listen(0)) {
            int taken = server.localPort();
            assertThatThrownBy(() -> TcpPort.listen(taken)).isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken + " cannot be used");
        }
    }
}
