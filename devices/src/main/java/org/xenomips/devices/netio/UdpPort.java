package org.xenomips.devices.netio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.xenomips.net.PortStatistics.Counter;

/**
 * One datagram per frame to and from one peer; the payload is the frame and nothing else.
 *
 * <p>Datagrams are taken on all addresses of the host, but only from the peer's address and port. The socket is not connected
 * in the kernel: that would tie it to one local address, and would turn every frame sent to a peer that is not there yet into
 * an exception.
 */
final class UdpPort extends HostPort {
    private static final int SOCKET_BUFFER = 1 << 20;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress peer;
    private final ByteBuffer out = ByteBuffer.allocateDirect(LONGEST_SENT);
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST_READ + 1);

    private UdpPort(String name, DatagramChannel channel, Selector selector, InetSocketAddress peer) {
        super(name);
        this.channel = channel;
        this.selector = selector;
        this.peer = peer;
        setLink(true);
    }

    /** Opens a port that listens on {@code localPort} (0 = any free one). */
    static UdpPort open(int localPort, String host, int remotePort) throws IOException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("udp: host " + host + " is unknown; give an address or a name that resolves", e);
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(localPort));
            channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new UdpPort("udp:" + bound + ":" + host + ":" + remotePort, channel, selector,
                    new InetSocketAddress(address, remotePort));
        } catch (IOException e) {
            channel.close();
            throw new IOException("udp: local port " + localPort + " cannot be used (" + e.getMessage()
                    + "); another connection or program has it, or it is below 1024 and needs CAP_NET_BIND_SERVICE", e);
        }
    }

    /** The local port number. */
    int localPort() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    void send(byte[] frame, int offset, int length) {
        try {
            out.clear();
            out.put(frame, offset, length).flip();
            if (channel.send(out, peer) == length) {
                sent(length);
            } else {
                count(Counter.SEND_ERRORS);
            }
        } catch (IOException e) {
            count(Counter.SEND_ERRORS);
        }
    }

    @Override
    void receive() {
        while (!closing()) {
            try {
                selector.select();
                selector.selectedKeys().clear();
                drain();
            } catch (IOException e) {
                count(Counter.RECEIVE_ERRORS);
            }
        }
    }

    private void drain() throws IOException {
        for (int i = 0; i < BURST && !closing(); i++) {
            in.clear();
            SocketAddress source = channel.receive(in);
            if (source == null) {
                return;
            }
            in.flip();
            if (!source.equals(peer)) {
                count(Counter.RECEIVE_ERRORS);
            } else if (in.hasRemaining()) {
                deliver(in);
            }
        }
    }

    @Override
    void wake() {
        selector.wakeup();
    }

    @Override
    void release() {
        closeQuietly(selector, channel);
    }
}
