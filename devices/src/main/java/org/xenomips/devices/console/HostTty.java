package org.xenomips.devices.console;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

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
    static final int EINTR = 4;
    static final int EAGAIN = 11;

    private static final int O_RDWR_NOCTTY_NONBLOCK_CLOEXEC = 0x8_0902;
    private static final int EFD_NONBLOCK_CLOEXEC = 0x8_0800;
    private static final int TCSADRAIN = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle OPEN = bind("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle CLOSE = bind("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle READ = bind("read", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle WRITE = bind("write",
            FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle POLL = bind("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
    private static final MethodHandle EVENTFD = bind("eventfd", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle TCGETATTR = bind("tcgetattr",
            FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));
    private static final MethodHandle TCSETATTR = bind("tcsetattr",
            FunctionDescriptor.of(INT, INT, INT, ValueLayout.ADDRESS));

    private HostTty() {}

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor,
                Linker.Option.captureCallState("errno"));
    }

    /** A call that returns -1 and sets {@code errno} on failure. */
    private interface Call {
        long invoke(MemorySegment state) throws Throwable;
    }

    /** The call's result, or the negative error number. */
    private static long call(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.invoke(state);
            return result < 0 ? -state.get(INT, ERRNO_AT) : result;
        } catch (Throwable e) {
            throw new IllegalStateException("system call", e);
        }
    }

    /** Opens a terminal device for both directions without waiting for a carrier. */
    static int open(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return (int) check("open",
                    call(state -> (int) OPEN.invokeExact(state, name, O_RDWR_NOCTTY_NONBLOCK_CLOEXEC)));
        }
    }

    static void close(int fd) {
        call(state -> (int) CLOSE.invokeExact(state, fd));
    }

    /** Reads; 0 at the end, negative error number on failure. */
    static int read(int fd, MemorySegment into) {
        return (int) call(state -> (long) READ.invokeExact(state, fd, into, into.byteSize()));
    }

    /** Writes {@code length} bytes; how many were taken, or the negative error number. */
    static int write(int fd, MemorySegment from, long length) {
        return (int) call(state -> (long) WRITE.invokeExact(state, fd, from, length));
    }

    /** Waits until a descriptor of the {@code struct pollfd} array is ready or {@code timeoutMs} have passed (-1 = for ever). */
    static int poll(MemorySegment pollfds, int timeoutMs) {
        return (int) call(
                state -> (int) POLL.invokeExact(state, pollfds, pollfds.byteSize() / POLLFD_BYTES, timeoutMs));
    }

    /** An event counter: readable after somebody has {@link #signal signalled} it. */
    static int eventfd() throws IOException {
        return (int) check("eventfd", call(state -> (int) EVENTFD.invokeExact(state, 0, EFD_NONBLOCK_CLOEXEC)));
    }

    /** Makes an event counter readable. */
    static void signal(int eventfd) {
        try (Arena arena = Arena.ofConfined()) {
            write(eventfd, arena.allocateFrom(LONG, 1L), Long.BYTES);
        }
    }

    /** The attributes of a terminal. */
    static Termios attributes(int fd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(Termios.BYTES, Long.BYTES);
            check("tcgetattr", call(state -> (int) TCGETATTR.invokeExact(state, fd, raw)));
            return new Termios(raw.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** Changes the attributes of a terminal after its output has been sent. */
    static void setAttributes(int fd, Termios attributes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(Termios.BYTES, Long.BYTES)
                    .copyFrom(MemorySegment.ofArray(attributes.raw()));
            check("tcsetattr", call(state -> (int) TCSETATTR.invokeExact(state, fd, TCSADRAIN, raw)));
        }
    }

    private static long check(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": error " + -result);
        }
        return result;
    }
}
