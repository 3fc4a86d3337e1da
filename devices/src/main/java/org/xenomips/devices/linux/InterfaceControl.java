package org.xenomips.devices.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Questions and orders about network interfaces by name (netdevice(7)), in the network namespace of the thread that made the
 * object.
 *
 * <p>Threads: any.
 */
public final class InterfaceControl implements AutoCloseable {
    /** Most bytes an interface name may have. */
    public static final int NAME_BYTES = 15;
    public static final int IFF_UP = 0x1;
    public static final int IFF_LOOPBACK = 0x8;
    public static final int IFF_RUNNING = 0x40;
    /** Hardware type of Ethernet; {@link #hardwareType}. */
    public static final int ARPHRD_ETHER = 1;
    /** Hardware type of the loopback interface. */
    public static final int ARPHRD_LOOPBACK = 772;

    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int SIOCGIFMTU = 0x8921;
    private static final int SIOCGIFHWADDR = 0x8927;
    private static final int SIOCGIFINDEX = 0x8933;
    private static final int REQUEST_BYTES = 40;
    private static final int VALUE = 16;
    private static final int MAC_BYTES = 6;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment request = arena.allocate(REQUEST_BYTES, Long.BYTES);
    private final Descriptor socket;
    private boolean closed;

    public InterfaceControl() throws NativeException {
        socket = Descriptor.socket(Descriptor.AF_INET, Descriptor.SOCK_DGRAM, 0);
    }

    /** Names of all interfaces of the calling thread's network namespace, with or without addresses, sorted. */
    public static List<String> names() {
        return InterfaceNames.list();
    }

    /** Flags such as {@link #IFF_UP}, or the negative error number ({@link Errno#ENODEV}: no such interface). */
    public synchronized int flags(String name) {
        int result = ask(SIOCGIFFLAGS, name);
        return result < 0 ? result : Short.toUnsignedInt(request.get(ValueLayout.JAVA_SHORT, VALUE));
    }

    /** Interface number, or the negative error number. */
    public synchronized int index(String name) {
        int result = ask(SIOCGIFINDEX, name);
        return result < 0 ? result : request.get(ValueLayout.JAVA_INT, VALUE);
    }

    /** Largest payload in bytes, or the negative error number. */
    public synchronized int mtu(String name) {
        int result = ask(SIOCGIFMTU, name);
        return result < 0 ? result : request.get(ValueLayout.JAVA_INT, VALUE);
    }

    /** Kind of link such as {@link #ARPHRD_ETHER}, or the negative error number. */
    public synchronized int hardwareType(String name) {
        int result = ask(SIOCGIFHWADDR, name);
        return result < 0 ? result : Short.toUnsignedInt(request.get(ValueLayout.JAVA_SHORT, VALUE));
    }

    /** Station address, 6 bytes; empty if the interface has none or does not exist. */
    public synchronized byte[] mac(String name) {
        if (ask(SIOCGIFHWADDR, name) < 0) {
            return new byte[0];
        }
        return request.asSlice(VALUE + Short.BYTES, MAC_BYTES).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Brings the interface up; 0 or the negative error number ({@link Errno#EPERM}: CAP_NET_ADMIN is missing). */
    public synchronized int setUp(String name) {
        int flags = ask(SIOCGIFFLAGS, name);
        if (flags < 0) {
            return flags;
        }
        request.set(ValueLayout.JAVA_SHORT, VALUE,
                (short) (request.get(ValueLayout.JAVA_SHORT, VALUE) | IFF_UP | IFF_RUNNING));
        return socket.ioctl(SIOCSIFFLAGS, request);
    }

    private int ask(int what, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (closed || bytes.length > NAME_BYTES) {
            return -Errno.ENODEV;
        }
        request.fill((byte) 0);
        MemorySegment.copy(bytes, 0, request, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return socket.ioctl(what, request);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            socket.close();
            arena.close();
        }
    }
}
