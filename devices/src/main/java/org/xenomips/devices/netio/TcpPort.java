package org.xenomips.devices.netio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xenomips.net.PortStatistics.Counter;

/**
 * Frames over a TCP connection, each preceded by its length as a 32-bit big-endian number. The client connects again whenever
 * the connection is lost, the server waits for the next peer; the link is up while there is one.
 *
 * <p>A length that no frame can have ends the connection: the stream cannot be trusted any more.
 *
 * <p>Threads: the connection belongs to the port's thread. The buffer of bytes to send, and writing to the connection, are
 * under the send lock, since what the machine thread cannot send at once the port's thread sends later.
 */
final class TcpPort extends HostPort {
    private static final int LENGTH_BYTES = 4;
    private static final int SEND_BUFFER = 256 << 10;
    private static final int RETRY_MS = 1000;
    /** A peer that vanishes without a word is noticed within a minute; by option name, since the JDK's set differs by host. */
    private static final Map<String, Integer> KEEPALIVE = Map.of("TCP_KEEPIDLE", 10, "TCP_KEEPINTERVAL", 10,
            "TCP_KEEPCOUNT", 3);

    private final Selector selector;
    private final @Nullable ServerSocketChannel listener;
    private final @Nullable InetSocketAddress server;
    private final ByteBuffer in = ByteBuffer.allocateDirect(2 * (LENGTH_BYTES + LONGEST_READ));
    private final ByteBuffer pending = ByteBuffer.allocateDirect(SEND_BUFFER);
    private @Nullable SocketChannel connecting;
    private volatile @Nullable SocketChannel peer;
    private volatile boolean flushWanted;

    private TcpPort(String name, Selector selector, @Nullable ServerSocketChannel listener,
            @Nullable InetSocketAddress server) {
        super(name);
        this.selector = selector;
        this.listener = listener;
        this.server = server;
    }

    /** A port that connects to {@code host}, now and whenever the connection is lost. */
    static TcpPort connect(String host, int port) throws IOException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("tcp_cli: host " + host + " is unknown; give an address or a name that resolves", e);
        }
        return new TcpPort("tcp_cli:" + host + ":" + port, Selector.open(), null, new InetSocketAddress(address, port));
    }

    /** A port that listens on {@code port} (0 = any free one) of all addresses. */
    static TcpPort listen(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(new InetSocketAddress(port), 1);
            listener.configureBlocking(false);
            Selector selector = Selector.open();
            listener.register(selector, SelectionKey.OP_ACCEPT);
            int bound = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            return new TcpPort("tcp_ser:" + bound, selector, listener, null);
        } catch (IOException e) {
            listener.close();
            throw new IOException("tcp_ser: port " + port + " cannot be used (" + e.getMessage()
                    + "); another program has it, or it is below 1024 and needs CAP_NET_BIND_SERVICE", e);
        }
    }

    /** The port number that is listened on. */
    int localPort() throws IOException {
        if (listener == null) {
            throw new IllegalStateException(name() + " does not listen");
        }
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    @Override
    void send(byte[] frame, int offset, int length) {
        SocketChannel channel = peer;
        if (channel == null || pending.remaining() < LENGTH_BYTES + length) {
            count(Counter.SEND_ERRORS);
            return;
        }
        boolean idle = pending.position() == 0;
        pending.putInt(length).put(frame, offset, length);
        sent(length);
        if (idle) {
            flush(channel);
        }
    }

    /** Writes what the connection takes; the rest stays. Under the send lock. */
    private void flush(SocketChannel channel) {
        pending.flip();
        try {
            channel.write(pending);
        } catch (IOException e) {
            // Reading notices the end as well and cleans up; the lost frames are the price of a lost connection.
            count(Counter.SEND_ERRORS);
            pending.position(pending.limit());
        }
        pending.compact();
        boolean more = pending.position() > 0;
        if (more && !flushWanted) {
            flushWanted = true;
            selector.wakeup();
        } else if (!more) {
            flushWanted = false;
        }
    }

    @Override
    void receive() {
        while (!closing()) {
            try {
                if (server != null && peer == null && connecting == null) {
                    startConnecting(server);
                }
                SocketChannel channel = peer;
                SelectionKey key = channel == null ? null : channel.keyFor(selector);
                if (key != null && key.isValid()) {
                    key.interestOps(SelectionKey.OP_READ | (flushWanted ? SelectionKey.OP_WRITE : 0));
                }
                selector.select(server != null && channel == null ? RETRY_MS : 0);
                selector.selectedKeys().clear();
                work();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", name(), e.getMessage());
                disconnect();
                pause();
            }
        }
        disconnect();
    }

    private void work() throws IOException {
        accept();
        SocketChannel half = connecting;
        if (half != null && half.finishConnect()) {
            connecting = null;
            connected(half);
        }
        SocketChannel channel = peer;
        if (channel != null) {
            whileOpen(() -> {
                if (pending.position() > 0) {
                    flush(channel);
                }
            });
            read(channel);
        }
    }

    private void startConnecting(InetSocketAddress to) throws IOException {
        SocketChannel channel = SocketChannel.open();
        connecting = channel;
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_CONNECT);
        channel.connect(to);
    }

    private void accept() throws IOException {
        if (listener == null) {
            return;
        }
        SocketChannel channel = listener.accept();
        if (channel == null) {
            return;
        }
        if (peer != null) {
            LOG.log(System.Logger.Level.INFO, "{0}: refused {1}: there is a peer already", name(),
                    channel.getRemoteAddress());
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        connected(channel);
    }

    private void connected(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (SocketOption<?> option : channel.supportedOptions()) {
            Integer value = KEEPALIVE.get(option.name());
            if (value != null) {
                setIntOption(channel, option, value);
            }
        }
        channel.register(selector, SelectionKey.OP_READ);
        in.clear();
        whileOpen(() -> {
            pending.clear();
            flushWanted = false;
            peer = channel;
        });
        setLink(true);
    }

    @SuppressWarnings("unchecked")
    private static void setIntOption(SocketChannel channel, SocketOption<?> option, int value) throws IOException {
        channel.setOption((SocketOption<Integer>) option, value);
    }

    private void read(SocketChannel channel) throws IOException {
        for (int i = 0; i < BURST && !closing(); i++) {
            int n = channel.read(in);
            if (n < 0) {
                throw new IOException("the peer has closed the connection");
            }
            if (n == 0) {
                return;
            }
            in.flip();
            takeRecords();
            in.compact();
        }
    }

    private void takeRecords() throws IOException {
        while (in.remaining() >= LENGTH_BYTES) {
            int length = in.getInt(in.position());
            if (length < 0 || length > LONGEST_READ) {
                count(Counter.RECEIVE_ERRORS);
                throw new IOException("a frame of " + Integer.toUnsignedString(length)
                        + " bytes was announced; the peer does not speak this protocol");
            }
            if (in.remaining() < LENGTH_BYTES + length) {
                return;
            }
            in.position(in.position() + LENGTH_BYTES);
            int limit = in.limit();
            int end = in.position() + length;
            if (length > 0) {
                in.limit(end);
                deliver(in);
                in.limit(limit).position(end);
            }
        }
    }

    private void disconnect() {
        SocketChannel channel = peer;
        whileOpen(() -> {
            peer = null;
            pending.clear();
            flushWanted = false;
        });
        closeQuietly(channel, connecting);
        connecting = null;
        setLink(false);
    }

    /** Keeps a client whose server refuses from trying without a break. */
    private void pause() {
        if (server == null || closing()) {
            return;
        }
        try {
            selector.select(RETRY_MS);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, name(), e);
        }
    }

    @Override
    void wake() {
        selector.wakeup();
    }

    @Override
    void release() {
        closeQuietly(peer, connecting, listener, selector);
    }
}
