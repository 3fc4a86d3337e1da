package org.xenomips.devices.netio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.Errno;
import org.xenomips.devices.linux.InterfaceControl;
import org.xenomips.devices.linux.NativeException;
import org.xenomips.devices.netio.offload.Checksums;
import org.xenomips.devices.netio.offload.GsoSplitter;
import org.xenomips.devices.netio.offload.VlanTags;
import org.xenomips.devices.netio.pcap.PacketFilter;
import org.xenomips.net.Frame;
import org.xenomips.net.PortStatistics;
import org.xenomips.net.PortStatistics.Counter;

/**
 * A host interface through a packet socket (packet(7)): both {@code linux_eth} and {@code gen_eth}.
 *
 * <p>What arrives is made what the wire would have carried: unfinished checksums are finished, super frames cut, VLAN tags
 * that the kernel took out put back, short frames padded.
 *
 * <p>One socket serves both directions, so that own frames do not come back; it is opened with protocol 0 and bound after its
 * options are set, so that no frame of another interface or without its tag gets in.
 */
final class PacketPort extends DescriptorPort implements GsoSplitter.Sink {
    private static final int VNET_HEADER = 10;
    private static final int RECEIVE_BYTES = 65_536 + 256;
    private static final int SOCKET_BUFFER = 8 << 20;
    private static final long STATISTICS_INTERVAL_NS = 1_000_000_000L;

    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_AUXDATA = 8;
    private static final int PACKET_VNET_HDR = 15;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int PACKET_MR_PROMISC = 1;
    private static final int NEEDS_CHECKSUM = 1;

    private final String interfaceName;
    private final boolean acceptOutgoing;
    private final InterfaceWatch watch;
    private final @Nullable PacketFilter filter;
    private final PacketMessage message;
    private final MemorySegment kernelCounts;
    private final byte[] superFrame = new byte[RECEIVE_BYTES];
    private final GsoSplitter splitter = new GsoSplitter(Frame.CAPACITY - VlanTags.TAG_BYTES);
    private int boundIndex;
    private int segmentTag;
    private long nextStatisticsNs = System.nanoTime();

    private PacketPort(String name, String interfaceName, Descriptor socket, InterfaceWatch watch,
            boolean acceptOutgoing, @Nullable PacketFilter filter) throws NativeException {
        super(name, socket, watch.descriptor(), RECEIVE_BYTES, VNET_HEADER);
        this.interfaceName = interfaceName;
        this.watch = watch;
        this.acceptOutgoing = acceptOutgoing;
        this.filter = filter;
        this.message = new PacketMessage(arena, in);
        this.kernelCounts = arena.allocate(2L * Integer.BYTES, Integer.BYTES);
    }

    /**
     * Opens {@code interfaceName}.
     *
     * @param acceptOutgoing also receive what this host sends on the interface, including other routers on it
     * @param filter frames it does not match are not received; closed with the port
     */
    static PacketPort open(String name, String interfaceName, boolean acceptOutgoing, @Nullable PacketFilter filter)
            throws IOException {
        InterfaceWatch watch = null;
        Descriptor socket = null;
        try {
            HostInterfaces.requireLinux(name);
            watch = new InterfaceWatch(interfaceName);
            int index = watch.index();
            if (index < 0) {
                throw HostInterfaces.notFound(name, interfaceName);
            }
            int type = watch.control().hardwareType(interfaceName);
            if (type != InterfaceControl.ARPHRD_ETHER && type != InterfaceControl.ARPHRD_LOOPBACK) {
                throw new IOException(
                        name + ": " + interfaceName + " is not an Ethernet interface (type " + type + ")");
            }
            socket = Descriptor.socket(Descriptor.AF_PACKET, Descriptor.SOCK_RAW, 0);
            configure(socket, acceptOutgoing);
            PacketPort port = new PacketPort(name, interfaceName, socket, watch, acceptOutgoing, filter);
            port.attach(index);
            port.checkLink();
            if (watch.disabled()) {
                LOG.log(System.Logger.Level.WARNING, "{0}: {1} is down; ip link set {1} up", name, interfaceName);
            }
            return port;
        } catch (IOException e) {
            closeQuietly(socket, watch, filter);
            throw e instanceof NativeException n ? explain(name, n) : e;
        }
    }

    private static IOException explain(String name, NativeException e) {
        return switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES -> new IOException(name
                    + ": raw access to an interface needs the capability CAP_NET_RAW; run as root, or under systemd with "
                    + "AmbientCapabilities=CAP_NET_RAW, or use a tap device made for this user", e);
            default -> new IOException(name + ": " + e.getMessage(), e);
        };
    }

    private static void configure(Descriptor socket, boolean acceptOutgoing) throws NativeException {
        Descriptor.check("PACKET_AUXDATA", socket.setOption(Descriptor.SOL_PACKET, PACKET_AUXDATA, 1));
        Descriptor.check("PACKET_VNET_HDR", socket.setOption(Descriptor.SOL_PACKET, PACKET_VNET_HDR, 1));
        if (!acceptOutgoing) {
            // Kernels before 4.20 lack the option; the packet type is looked at as well.
            socket.setOption(Descriptor.SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
        }
        if (socket.setOption(Descriptor.SOL_SOCKET, Descriptor.SO_RCVBUFFORCE, SOCKET_BUFFER) < 0) {
            socket.setOption(Descriptor.SOL_SOCKET, Descriptor.SO_RCVBUF, SOCKET_BUFFER);
        }
    }

    /** Binds to the interface that has {@code index} now and makes it take frames for all addresses. */
    private void attach(int index) throws NativeException {
        try (Arena local = Arena.ofConfined()) {
            descriptor.bind("bind to " + interfaceName, PacketMessage.address(local, index));
            MemorySegment membership = local.allocate(16, Integer.BYTES);
            membership.set(ValueLayout.JAVA_INT, 0, index);
            membership.set(ValueLayout.JAVA_SHORT, 4, (short) PACKET_MR_PROMISC);
            Descriptor.check("promiscuous mode",
                    descriptor.setOption(Descriptor.SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership));
        }
        boundIndex = index;
    }

    @Override
    void checkLink() {
        int index = watch.index();
        if (index > 0 && index != boundIndex) {
            try {
                attach(index);
            } catch (NativeException e) {
                hint(Counter.RECEIVE_ERRORS, "cannot attach to the new " + interfaceName + ": " + e.getMessage());
            }
        }
        setLink(watch.up() && index == boundIndex);
    }

    @Override
    int checkIntervalMs() {
        return watch.intervalMs();
    }

    @Override
    void failed(int errno) {
        if (errno == Errno.EINVAL) {
            // The kernel could not describe the frame's offload state in the header and threw it away.
            count(Counter.GSO_DROPPED);
        } else if (errno == Errno.ENETDOWN) {
            checkLink();
        } else {
            super.failed(errno);
        }
    }

    @Override
    long read() {
        return message.receive(descriptor);
    }

    @Override
    void take(int received) {
        long now = System.nanoTime();
        if (now - nextStatisticsNs >= 0) {
            nextStatisticsNs = now + STATISTICS_INTERVAL_NS;
            whileOpen(this::readKernelCounts);
        }
        int length = received - VNET_HEADER;
        if (message.outgoing() && !acceptOutgoing) {
            return;
        }
        if (length < ETHERNET_HEADER || length > in.byteSize()) {
            count(Counter.RECEIVE_ERRORS);
            return;
        }
        int tag = message.tag();
        if (message.gsoKind() != 0 || message.truncated()) {
            splitSuperFrame(length, tag);
            return;
        }
        Frame frame = claim(length + (tag == 0 ? 0 : VlanTags.TAG_BYTES));
        if (frame == null) {
            return;
        }
        int total = VlanTags.copy(in, length, tag, frame.data());
        if ((message.flags() & NEEDS_CHECKSUM) != 0) {
            if (!Checksums.finish(frame.data(), total, message.checksumStart() + total - length,
                    message.checksumOffset())) {
                count(Counter.RECEIVE_ERRORS);
                return;
            }
            count(Counter.CHECKSUM_FINISHED);
        }
        finishAndPublish(frame, total, tag);
    }

    private void finishAndPublish(Frame frame, int length, int tag) {
        if (tag != 0) {
            count(Counter.TAG_RESTORED);
        }
        int padded = pad(frame.data(), length);
        if (filter == null || filter.matches(frame.data(), padded)) {
            publish(frame, padded);
        }
    }

    private void splitSuperFrame(int length, int tag) {
        segmentTag = tag;
        int segments = 0;
        if (!message.truncated()) {
            MemorySegment.copy(in, ValueLayout.JAVA_BYTE, 0, superFrame, 0, length);
            segments = splitter.split(superFrame, length, message.gsoKind(), message.gsoSize(), this);
        }
        if (segments > 0) {
            count(Counter.GSO_SPLIT);
        } else {
            count(Counter.GSO_DROPPED);
            hint(Counter.GSO_DROPPED,
                    "a frame of " + length + " bytes was left to the network card to segment and could not be split; "
                            + "switch the offload off: ethtool -K " + interfaceName
                            + " gro off lro off, and on a virtual peer: ethtool -K PEER tx off tso off gso off");
        }
    }

    @Override
    public void segment(byte[] segment, int length) {
        int shift = segmentTag == 0 ? 0 : VlanTags.TAG_BYTES;
        Frame frame = claim(length + shift);
        if (frame == null) {
            return;
        }
        byte[] data = frame.data();
        System.arraycopy(segment, 0, data, 0, VlanTags.ADDRESSES);
        if (shift != 0) {
            Checksums.putInt(data, VlanTags.ADDRESSES, segmentTag);
        }
        System.arraycopy(segment, VlanTags.ADDRESSES, data, VlanTags.ADDRESSES + shift, length - VlanTags.ADDRESSES);
        finishAndPublish(frame, length + shift, segmentTag);
    }

    @Override
    long write(int length) {
        return descriptor.send(out, length);
    }

    @Override
    @Nullable
    String sendHint(int errno) {
        return errno == Errno.EMSGSIZE
                ? "a frame is longer than the interface's MTU allows; ip link set " + interfaceName
                        + " mtu 1540 (or more) for stacked tags and ISL"
                : null;
    }

    /** The counters, with what the kernel has dropped up to now. */
    @Override
    public PortStatistics statistics() {
        whileOpen(this::readKernelCounts);
        return super.statistics();
    }

    private void readKernelCounts() {
        if (descriptor.getOption(Descriptor.SOL_PACKET, PACKET_STATISTICS, kernelCounts) == 0) {
            count(Counter.KERNEL_DROPPED,
                    Integer.toUnsignedLong(kernelCounts.get(ValueLayout.JAVA_INT, Integer.BYTES)));
        }
    }

    @Override
    void release() {
        readKernelCounts();
        super.release();
        closeQuietly(watch, filter);
    }
}
