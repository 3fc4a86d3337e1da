package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.devices.netio.offload.Packets;

@EnabledOnOs(OS.LINUX)
class VdePortTest {
    @TempDir
    Path dir;

    /** A switch with one port: answers one request; its data socket is a port of the unix type. */
    private final class Switch implements AutoCloseable {
        private final ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        private final CompletableFuture<SocketChannel> client = new CompletableFuture<>();
        private final UnixPort data;

        private Switch(String dataName) throws IOException {
            data = UnixPort.open(dir.resolve(dataName).toString(), dir.resolve("local").toString());
            Files.deleteIfExists(dir.resolve("ctl"));
            listener.bind(UnixDomainSocketAddress.of(dir.resolve("ctl")));
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    client.complete(answer(dir.resolve(dataName).toString()));
                } catch (IOException | RuntimeException | AssertionError e) {
                    client.completeExceptionally(e);
                }
            });
        }

        private SocketChannel answer(String dataPath) throws IOException {
            SocketChannel channel = listener.accept();
            ByteBuffer request = ByteBuffer.allocate(124).order(ByteOrder.nativeOrder());
            while (request.hasRemaining() && channel.read(request) >= 0) {
                assertThat(request.position()).isPositive();
            }
            request.flip();
            assertThat(request.getInt()).isEqualTo(0xfeedface);
            assertThat(request.getInt()).isEqualTo(3);
            assertThat(request.getInt()).isZero();
            assertThat(request.getShort()).isEqualTo((short) 1);
            byte[] path = new byte[108];
            request.get(path);
            assertThat(new String(path, StandardCharsets.UTF_8).trim()).isEqualTo(dir.resolve("local").toString());
            ByteBuffer reply = ByteBuffer.allocate(110).order(ByteOrder.nativeOrder());
            reply.putShort((short) 1).put(dataPath.getBytes(StandardCharsets.UTF_8)).position(0);
            channel.write(reply.slice(0, 50));
            channel.write(reply.slice(50, 60));
            return channel;
        }

        @Override
        public void close() throws IOException {
            data.close();
            listener.close();
            if (client.isDone()) {
                client.join().close();
            }
        }
    }

    private VdePort open() throws IOException {
        return VdePort.open(dir.toString(), dir.resolve("local").toString());
    }

    @Test
    void framesPassOverTheSwitchsDataSocketAndAReturningSwitchIsFound() throws Exception {
        byte[] frame = Packets.ethernet(100, 1, 1);
        Switch first = new Switch("d1");
        try (VdePort port = open()) {
            Inbox inbox = Inbox.start(port);
            Inbox atSwitch = Inbox.start(first.data);
            port.transmit(frame, 0, frame.length);
            assertThat(atSwitch.take()).isEqualTo(frame);
            first.data.transmit(frame, 0, 20);
            assertThat(inbox.take()).hasSize(60);

            first.client.join();
            first.close();
            inbox.until(() -> !port.linkUp(), "the switch has gone");
            Inbox.assertIdle(port);
            try (Switch second = new Switch("d2")) {
                Inbox atSecond = Inbox.start(second.data);
                inbox.until(port::linkUp, "the switch is back");
                port.transmit(frame, 0, frame.length);
                assertThat(atSecond.take()).isEqualTo(frame);
            }
        }
        assertThat(dir.resolve("local")).doesNotExist();
    }

    @Test
    void absentSwitchIsExplainedAndNothingStaysBehind() {
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("no switch answers");
        assertThat(dir.resolve("local")).doesNotExist();
    }

    @Test
    void listenerThatHangsUpIsNoSwitch() throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(dir.resolve("ctl")));
            Thread.ofPlatform().daemon().start(() -> {
                try (SocketChannel channel = listener.accept()) {
                    channel.read(ByteBuffer.allocate(10));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("refuses");
        }
    }
}
