package org.xenomips.devices.console;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConfigurationException;

/**
 * A console for telnet clients: all see the output, all may type, a new one sees the last {@value #REPLAY_BYTES} bytes.
 *
 * <p>A client that does not read loses output (and is told so once it reads again) while more than {@value #CLIENT_BYTES} bytes
 * wait for it; nobody else notices.
 *
 * <p>Threads: one event loop does everything; {@link #outputWaiting} and {@link #close} from any thread.
 */
final class TcpConsole implements TerminalBackend {
    /** Output kept for clients that come later. */
    static final int REPLAY_BYTES = 4096;
    /** Output that can wait for one client. */
    static final int CLIENT_BYTES = 1 << 20;
    /** More clients at once are turned away. */
    static final int MOST_CLIENTS = 32;

    private static final int CHUNK = 16384;
    private static final int CHUNKS_AT_ONCE = 16;
    private static final long CLOSE_MS = 2_000;
    /** How long a client may take to notice that the console is closed, before its connection is. */
    private static final long HALF_CLOSED_MS = 250;

    /** What clients are told and what their keys do. */
    record Manners(@Nullable String greeting, String title, Supplier<@Nullable String> warning, Monitor monitor,
            int escape) {
    }

    private final Manners manners;
    private final MultiThreadIoEventLoopGroup group;
    private final Channel server;
    private final EventLoop loop;
    private final Set<Client> clients = new LinkedHashSet<>();
    private final byte[] replay = new byte[REPLAY_BYTES];
    private final byte[] chunk = new byte[CHUNK];
    private long shown;
    private volatile @Nullable Terminal terminal;
    private boolean closed;

    private TcpConsole(InetSocketAddress address, Manners manners) throws ConfigurationException {
        this.manners = manners;
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("terminal-tcp", true),
                NioIoHandler.newFactory());
        ServerBootstrap bootstrap = new ServerBootstrap().group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(CLIENT_BYTES / 2, CLIENT_BYTES))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Client(channel));
                    }
                });
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopLoop();
            throw new ConfigurationException(
                    "a console cannot listen on %s port %d: %s; choose another port, or stop the program that uses it"
                            .formatted(address.getHostString(), address.getPort(), bound.cause().getMessage()),
                    bound.cause());
        }
        server = bound.channel();
        loop = server.eventLoop();
    }

    /**
     * Listens on {@code address}; clients are served after {@link #start}.
     *
     * @throws ConfigurationException if the port is taken or the address is not this host's
     */
    static TcpConsole listen(InetSocketAddress address, Manners manners) throws ConfigurationException {
        return new TcpConsole(address, manners);
    }

    /** The port listened on. */
    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void start(Terminal owner) {
        terminal = owner;
        server.config().setAutoRead(true);
    }

    @Override
    public String describe() {
        InetSocketAddress address = (InetSocketAddress) server.localAddress();
        return "tcp " + address.getHostString() + ":" + address.getPort();
    }

    @Override
    public void outputWaiting() {
        if (!loop.isShuttingDown()) {
            loop.execute(this::pump);
        }
    }

    /** Shows what the machine has written, a bounded amount at a time. */
    private void pump() {
        Terminal from = terminal;
        if (from == null) {
            return;
        }
        for (int i = 0; i < CHUNKS_AT_ONCE; i++) {
            int length = from.takeOutput(chunk);
            if (length == 0) {
                return;
            }
            remember(length);
            byte[] bytes = doubled(Arrays.copyOf(chunk, length));
            clients.forEach(client -> client.show(bytes));
        }
        outputWaiting();
    }

    private void remember(int length) {
        for (int i = Math.max(0, length - REPLAY_BYTES); i < length; i++) {
            replay[(int) ((shown + i) % REPLAY_BYTES)] = chunk[i];
        }
        shown += length;
    }

    private byte[] remembered() {
        int length = (int) Math.min(shown, REPLAY_BYTES);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = replay[(int) ((shown - length + i) % REPLAY_BYTES)];
        }
        return bytes;
    }

    /** {@code bytes} with each 255 sent twice, as telnet wants data bytes of that value. */
    private static byte[] doubled(byte[] bytes) {
        int extra = 0;
        for (byte b : bytes) {
            extra += b == -1 ? 1 : 0;
        }
        if (extra == 0) {
            return bytes;
        }
        byte[] result = new byte[bytes.length + extra];
        int at = 0;
        for (byte b : bytes) {
            result[at++] = b;
            if (b == -1) {
                result[at++] = b;
            }
        }
        return result;
    }

    /** One connection. */
    private final class Client extends ChannelInboundHandlerAdapter implements TelnetFilter.Client {
        private final SocketChannel channel;
        private final TelnetFilter telnet;
        private long lost;

        Client(SocketChannel channel) {
            this.channel = channel;
            InputFilter filter = new InputFilter(this::typed,
                    key -> manners.monitor().key(key, text -> answer(Monitor.lines(text))), manners.escape());
            telnet = new TelnetFilter(filter::accept, this);
        }

        private void typed(int character) {
            Terminal to = terminal;
            if (to != null) {
                to.typed(character);
            }
        }

        /** Called on whatever thread has the answer. */
        private void answer(byte[] text) {
            if (!loop.isShuttingDown()) {
                loop.execute(() -> show(text));
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (clients.size() >= MOST_CLIENTS) {
                channel.close();
                return;
            }
            send(TelnetFilter.opening());
            String greeting = manners.greeting();
            if (greeting != null) {
                send(Monitor.lines(greeting));
            }
            send(doubled(remembered()));
            String warning = manners.warning().get();
            if (warning != null) {
                send(Monitor.lines(warning));
            }
            clients.add(this);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            clients.remove(this);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                while (bytes.isReadable()) {
                    telnet.accept(bytes.readUnsignedByte());
                }
            } finally {
                bytes.release();
            }
            Terminal to = terminal;
            if (to != null) {
                to.announceInput();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (channel.isWritable() && lost != 0) {
                long count = lost;
                lost = 0;
                send(Monitor.lines("\n[%d bytes of output lost]\n".formatted(count)));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            channel.close();
        }

        void show(byte[] bytes) {
            if (channel.isWritable()) {
                send(bytes);
            } else {
                lost += bytes.length;
            }
        }

        @Override
        public void send(byte[] bytes) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes), channel.voidPromise());
        }

        @Override
        public void canShowTitle() {
            send(Monitor.lines("\u001b]0;" + manners.title().replaceAll("\\p{Cntrl}", "") + "\u0007"));
        }

        /** Sends what waits, says so to the peer, and closes a little later. */
        void finish() {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) done -> {
                channel.shutdownOutput();
                loop.schedule(() -> channel.close(), HALF_CLOSED_MS, TimeUnit.MILLISECONDS);
            });
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.close().awaitUninterruptibly();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MS);
        loop.submit(() -> {
            Terminal from = terminal;
            while (from != null && from.hasOutput()) {
                pump();
            }
            clients.forEach(Client::finish);
        }).awaitUninterruptibly(CLOSE_MS);
        while (System.nanoTime() < deadline
                && !Boolean.TRUE.equals(loop.submit(clients::isEmpty).awaitUninterruptibly().getNow())) {
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
        stopLoop();
    }

    /** Ends the event loop, which closes every descriptor: the port is free when this returns. */
    private void stopLoop() {
        group.shutdownGracefully(0, CLOSE_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
