package org.xenomips.devices.console;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.xenomips.devices.linux.Errno;
import org.xenomips.devices.linux.Libc;

/**
 * The few system calls that consoles need of Linux: descriptors that can be waited for together, and terminal attributes.
 *
 * <p>Thread: any; every call stands alone.
 *
 * @see "termios(3), poll(2), eventfd(2)"
 */
final class HostTty {
    static final int POLLIN = 1;
    static final int POLLOUT = 4;
    /** Size of {@code struct pollfd}: descriptor (4), events (2), what happened (2). */
    static final int POLLFD_BYTES = 8;
    static final int EINTR = Errno.EINTR;
    static final int EAGAIN = Errno.EAGAIN;

    private static final int O_RDWR_NOCTTY_NONBLOCK_CLOEXEC = 0x8_0902;
    private static final int EFD_NONBLOCK_CLOEXEC = 0x8_0800;
    private static final int TCSADRAIN = 1;

    private HostTty() {}

    /** Opens a terminal device for both directions without waiting for a carrier. */
    static int open(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return check("open", Libc.open(arena.allocateFrom(path), O_RDWR_NOCTTY_NONBLOCK_CLOEXEC));
        }
    }

    static void close(int fd) {
        Libc.close(fd);
    }

    /** Reads; 0 at the end, negative error number on failure. */
    static int read(int fd, MemorySegment into) {
        return (int) Libc.read(fd, into, into.byteSize());
    }

    /** Writes {@code length} bytes; how many were taken, or the negative error number. */
    static int write(int fd, MemorySegment from, long length) {
        return (int) Libc.write(fd, from, length);
    }

    /** Waits until a descriptor of the {@code struct pollfd} array is ready or {@code timeoutMs} have passed (-1 = for ever). */
    static int poll(MemorySegment pollfds, int timeoutMs) {
        return Libc.poll(pollfds, pollfds.byteSize() / POLLFD_BYTES, timeoutMs);
    }

    /** An event counter: readable after somebody has {@link #signal signalled} it. */
    static int eventfd() throws IOException {
        return check("eventfd", Libc.eventfd(0, EFD_NONBLOCK_CLOEXEC));
    }

    /** Makes an event counter readable. */
    static void signal(int eventfd) {
        try (Arena arena = Arena.ofConfined()) {
            write(eventfd, arena.allocateFrom(ValueLayout.JAVA_LONG, 1L), Long.BYTES);
        }
    }

    /** The attributes of a terminal. */
    static Termios attributes(int fd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(Termios.BYTES, Long.BYTES);
            check("tcgetattr", Libc.tcgetattr(fd, raw));
            return new Termios(raw.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** Changes the attributes of a terminal after its output has been sent. */
    static void setAttributes(int fd, Termios attributes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(Termios.BYTES, Long.BYTES)
                    .copyFrom(MemorySegment.ofArray(attributes.raw()));
            check("tcsetattr", Libc.tcsetattr(fd, TCSADRAIN, raw));
        }
    }

    private static int check(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": error " + -result);
        }
        return result;
    }
}
