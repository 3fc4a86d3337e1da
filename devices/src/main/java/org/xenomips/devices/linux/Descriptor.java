package org.xenomips.devices.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open non-blocking file descriptor. Transfer methods return a byte count, or the negative error number of {@link Errno}.
 *
 * <p>Threads: any, but {@link #close} only when no other thread uses the descriptor any more: the kernel gives the number to
 * the next one who opens something.
 */
public final class Descriptor implements AutoCloseable {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOL_SOCKET = 1;
    public static final int SOL_PACKET = 263;
    public static final int SO_RCVBUF = 8;
    public static final int SO_RCVBUFFORCE = 33;

    private static final int SOCK_NONBLOCK_CLOEXEC = 0x80800;
    private static final int O_RDWR_NONBLOCK_CLOEXEC = 0x80802;
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x4040;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SUN_PATH = 2;
    private static final int CLOSED = -1;

    private final AtomicInteger fd;

    private Descriptor(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /** True when this host has the calls and numbers that this package uses. */
    public static boolean supported() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")
                && ValueLayout.ADDRESS.byteSize() == Long.BYTES;
    }

    /** A new socket; see socket(2). */
    public static Descriptor socket(int domain, int type, int protocol) throws NativeException {
        return new Descriptor(check("socket", SocketCalls.socket(domain, type | SOCK_NONBLOCK_CLOEXEC, protocol)));
    }

    /** Opens a file or device node for reading and writing. */
    public static Descriptor open(Path path) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            return new Descriptor(
                    check(path.toString(), Libc.open(arena.allocateFrom(path.toString()), O_RDWR_NONBLOCK_CLOEXEC)));
        }
    }

    /** An event counter: readable after somebody has written to it. */
    static Descriptor event() throws NativeException {
        return new Descriptor(check("eventfd", Libc.eventfd(0, SOCK_NONBLOCK_CLOEXEC)));
    }

    /** {@code result} if it is not an error number. */
    public static int check(String what, int result) throws NativeException {
        if (result < 0) {
            throw new NativeException(what, -result);
        }
        return result;
    }

    /** A {@code sockaddr_un} for {@code path}, 110 bytes; the path must have at most 107 bytes. */
    public static MemorySegment unixAddress(Arena arena, String path) {
        MemorySegment address = arena.allocate(UNIX_ADDRESS_BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        address.setString(SUN_PATH, path);
        return address;
    }

    /** Size of a {@code sockaddr_un}. */
    public static final int UNIX_ADDRESS_BYTES = 110;
    /** Most bytes a UNIX socket's path may have. */
    public static final int UNIX_PATH_BYTES = 107;

    int number() {
        return fd.get();
    }

    public void bind(String what, MemorySegment address) throws NativeException {
        check(what, SocketCalls.bind(number(), address, (int) address.byteSize()));
    }

    public void connect(String what, MemorySegment address) throws NativeException {
        check(what, SocketCalls.connect(number(), address, (int) address.byteSize()));
    }

    /** Sets an option whose value is an {@code int}; 0 or the negative error number. */
    public int setOption(int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            return setOption(level, option, arena.allocateFrom(ValueLayout.JAVA_INT, value));
        }
    }

    /** Sets an option whose value is a structure; 0 or the negative error number. */
    public int setOption(int level, int option, MemorySegment value) {
        return SocketCalls.setsockopt(number(), level, option, value, (int) value.byteSize());
    }

    /** Reads an option into {@code value}; 0 or the negative error number. */
    public int getOption(int level, int option, MemorySegment value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) value.byteSize());
            return SocketCalls.getsockopt(number(), level, option, value, length);
        }
    }

    /** Device control; the result, or the negative error number. */
    public int ioctl(long request, MemorySegment argument) {
        return Libc.ioctl(number(), request, argument);
    }

    public long read(MemorySegment into) {
        return Libc.read(number(), into, into.byteSize());
    }

    public long write(MemorySegment from, long length) {
        return Libc.write(number(), from, length);
    }

    /** Sends the first {@code length} bytes over a connected or bound socket. */
    public long send(MemorySegment from, long length) {
        return SocketCalls.sendto(number(), from, length, MSG_DONTWAIT_NOSIGNAL, MemorySegment.NULL, 0);
    }

    /** Sends the first {@code length} bytes to {@code address}. */
    public long sendTo(MemorySegment from, long length, MemorySegment address) {
        return SocketCalls.sendto(number(), from, length, MSG_DONTWAIT_NOSIGNAL, address, (int) address.byteSize());
    }

    public long receive(MemorySegment into) {
        return SocketCalls.recv(number(), into, into.byteSize(), MSG_DONTWAIT);
    }

    /** Receives into a {@code msghdr}. */
    public long receiveMessage(MemorySegment message) {
        return SocketCalls.recvmsg(number(), message, MSG_DONTWAIT);
    }

    @Override
    public void close() {
        int n = fd.getAndSet(CLOSED);
        if (n != CLOSED) {
            Libc.close(n);
        }
    }
}
