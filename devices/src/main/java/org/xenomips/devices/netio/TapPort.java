package org.xenomips.devices.netio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.Errno;
import org.xenomips.devices.linux.InterfaceControl;
import org.xenomips.devices.linux.NativeException;
import org.xenomips.net.PortStatistics.Counter;

/**
 * A TAP device: the host sees an Ethernet interface whose cable ends here. No offload is negotiated, so the kernel hands over
 * frames as a wire would carry them.
 *
 * <p>A device that did not exist is created and brought up, and vanishes with the port; one that exists is left as it is.
 */
final class TapPort extends DescriptorPort {
    private static final Path NODE = Path.of("/dev/net/tun");
    private static final long TUNSETIFF = 0x400454caL;
    private static final int IFF_TAP_NO_PI = 0x1002;
    private static final int REQUEST_BYTES = 40;
    private static final int REQUEST_FLAGS = 16;
    private static final int RECEIVE_BYTES = 65_536 + 256;

    private final String interfaceName;
    private final InterfaceWatch watch;

    private TapPort(String interfaceName, Descriptor device, InterfaceWatch watch) throws NativeException {
        super("tap:" + interfaceName, device, watch.descriptor(), RECEIVE_BYTES, 0);
        this.interfaceName = interfaceName;
        this.watch = watch;
    }

    /** Opens the device {@code wanted}; with an empty name the kernel chooses one. */
    static TapPort open(String wanted) throws IOException {
        Descriptor device = null;
        InterfaceWatch watch = null;
        try {
            HostInterfaces.requireLinux("tap");
            boolean existed = wanted.isEmpty() ? false : InterfaceControl.names().contains(wanted);
            device = openNode();
            String name = attach(device, wanted);
            watch = new InterfaceWatch(name);
            if (!existed && watch.control().setUp(name) < 0) {
                LOG.log(System.Logger.Level.WARNING, "tap: {0} was created but could not be brought up; "
                        + "ip link set {0} up", name);
            }
            TapPort port = new TapPort(name, device, watch);
            port.checkLink();
            if (existed && watch.disabled()) {
                LOG.log(System.Logger.Level.WARNING, "tap: {0} is down; ip link set {0} up", name);
            }
            return port;
        } catch (IOException e) {
            closeQuietly(device, watch);
            throw e;
        }
    }

    private static Descriptor openNode() throws IOException {
        try {
            return Descriptor.open(NODE);
        } catch (NativeException e) {
            throw switch (e.errno()) {
                case Errno.ENOENT, Errno.ENODEV, Errno.ENXIO -> new IOException(
                        "tap: this host has no working " + NODE + "; load the driver with: modprobe tun", e);
                case Errno.EACCES, Errno.EPERM -> new IOException("tap: no permission to open " + NODE
                        + "; give this user access to it (usual mode is 0666), or run as root", e);
                default -> new IOException("tap: " + e.getMessage(), e);
            };
        }
    }

    /** Attaches {@code device} to the interface; the name it has. */
    private static String attach(Descriptor device, String wanted) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(REQUEST_BYTES, Long.BYTES);
            byte[] bytes = wanted.getBytes(StandardCharsets.UTF_8);
            MemorySegment.copy(bytes, 0, request, ValueLayout.JAVA_BYTE, 0, bytes.length);
            request.set(ValueLayout.JAVA_SHORT, REQUEST_FLAGS, (short) IFF_TAP_NO_PI);
            int result = device.ioctl(TUNSETIFF, request);
            if (result >= 0) {
                return request.getString(0);
            }
            throw new IOException("tap: " + wanted + switch (-result) {
                case Errno.EBUSY -> " is in use by another program (or another port of this one)";
                case Errno.EPERM -> " may not be used; create it for this user as root: ip tuntap add dev " + wanted
                        + " mode tap user USER, or give the program CAP_NET_ADMIN";
                case Errno.EINVAL -> " exists and is no TAP device, or is not a valid name";
                default -> ": " + Errno.describe(-result);
            });
        }
    }

    /** The interface's name on the host. */
    String interfaceName() {
        return interfaceName;
    }

    @Override
    void checkLink() {
        setLink(watch.up());
    }

    @Override
    int checkIntervalMs() {
        return watch.intervalMs();
    }

    @Override
    void failed(int errno) {
        if (errno == Errno.EBADFD) {
            hint(Counter.RECEIVE_ERRORS,
                    interfaceName + " was deleted; the port stays down until the router is started again");
        }
        super.failed(errno);
    }

    @Override
    long read() {
        return descriptor.read(in);
    }

    @Override
    void take(int length) {
        takeEthernet(length);
    }

    @Override
    long write(int length) {
        return descriptor.write(out, length);
    }

    @Override
    void release() {
        super.release();
        watch.close();
    }
}
