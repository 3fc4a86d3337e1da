package org.xenomips.devices.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.xenomips.foreign.NativeFunctions.result;
import static org.xenomips.foreign.NativeFunctions.systemCall;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.xenomips.foreign.NativeFunctions;

/**
 * The C library's calls for descriptors of all kinds; those for sockets alone are in {@link SocketCalls}. Each method returns the
 * call's result, or the negative error number ({@link Errno}).
 *
 * <p>Threads: any. Calls that may block must come from platform threads.
 *
 * @see "open(2), ioctl(2), poll(2), eventfd(2), termios(3)"
 */
public final class Libc {
    private static final MethodHandle OPEN = systemCall("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    private static final MethodHandle CLOSE = systemCall("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle READ = systemCall("read",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE = systemCall("write",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle IOCTL = systemCall("ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
    private static final MethodHandle POLL = systemCall("poll",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENTFD = systemCall("eventfd",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle TCGETATTR = systemCall("tcgetattr",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle TCSETATTR = systemCall("tcsetattr",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle STRERROR = NativeFunctions.libc("strerror",
            FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    public static int open(MemorySegment path, int flags) {
        return (int) result(state -> (int) OPEN.invokeExact(state, path, flags));
    }

    public static int close(int fd) {
        return (int) result(state -> (int) CLOSE.invokeExact(state, fd));
    }

    public static long read(int fd, MemorySegment into, long length) {
        return result(state -> (long) READ.invokeExact(state, fd, into, length));
    }

    public static long write(int fd, MemorySegment from, long length) {
        return result(state -> (long) WRITE.invokeExact(state, fd, from, length));
    }

    static int ioctl(int fd, long request, MemorySegment argument) {
        return (int) result(state -> (int) IOCTL.invokeExact(state, fd, request, argument));
    }

    public static int poll(MemorySegment set, long count, int timeoutMs) {
        return (int) result(state -> (int) POLL.invokeExact(state, set, count, timeoutMs));
    }

    public static int eventfd(int initial, int flags) {
        return (int) result(state -> (int) EVENTFD.invokeExact(state, initial, flags));
    }

    public static int tcgetattr(int fd, MemorySegment termios) {
        return (int) result(state -> (int) TCGETATTR.invokeExact(state, fd, termios));
    }

    public static int tcsetattr(int fd, int when, MemorySegment termios) {
        return (int) result(state -> (int) TCSETATTR.invokeExact(state, fd, when, termios));
    }

    static String errorText(int errno) {
        MemorySegment text = NativeFunctions.call(() -> (MemorySegment) STRERROR.invokeExact(errno));
        return text.address() == 0 ? "error" : text.reinterpret(1024).getString(0);
    }
}
