package org.xenomips.devices.netio.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The calls of the C library that network ports need. Each method returns the call's result, or the negative error number.
 *
 * <p>Threads: any; the error number is captured into memory of the calling thread. Calls that may block must come from
 * platform threads. Nothing is allocated per call after a thread's first.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> THREAD_STATE = ThreadLocal
            .withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final int VARIADIC_FROM_2 = 2;
    private static final MethodHandle SOCKET = handle("socket",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = handle("bind",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CONNECT = handle("connect",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT = handle("setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT = handle("getsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle IOCTL = variadic("ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle OPEN = variadic("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle READ = handle("read",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE = handle("write",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle SENDTO = handle("sendto",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECV = handle("recv",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECVMSG = handle("recvmsg",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle POLL = handle("poll",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENTFD = handle("eventfd",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle IF_NAMEINDEX = handle("if_nameindex", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle IF_FREENAMEINDEX = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("if_freenameindex"), FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("strerror"),
            FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor,
                Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor,
                Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(VARIADIC_FROM_2));
    }

    private static int result(int value, MemorySegment state) {
        return value >= 0 ? value : -state.get(JAVA_INT, ERRNO_OFFSET);
    }

    private static long result(long value, MemorySegment state) {
        return value >= 0 ? value : -state.get(JAVA_INT, ERRNO_OFFSET);
    }

    private static IllegalStateException broken(String call, Throwable e) {
        return new IllegalStateException("native call " + call, e);
    }

    static int socket(int domain, int type, int protocol) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) SOCKET.invokeExact(state, domain, type, protocol), state);
        } catch (Throwable e) {
            throw broken("socket", e);
        }
    }

    static int bind(int fd, MemorySegment address, int length) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) BIND.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw broken("bind", e);
        }
    }

    static int connect(int fd, MemorySegment address, int length) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) CONNECT.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw broken("connect", e);
        }
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value, int length) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) SETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
        } catch (Throwable e) {
            throw broken("setsockopt", e);
        }
    }

    static int getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment length) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
        } catch (Throwable e) {
            throw broken("getsockopt", e);
        }
    }

    static int ioctl(int fd, long request, MemorySegment argument) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) IOCTL.invokeExact(state, fd, request, argument), state);
        } catch (Throwable e) {
            throw broken("ioctl", e);
        }
    }

    static int open(MemorySegment path, int flags) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) OPEN.invokeExact(state, path, flags), state);
        } catch (Throwable e) {
            throw broken("open", e);
        }
    }

    static int close(int fd) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw broken("close", e);
        }
    }

    static long read(int fd, MemorySegment into, long length) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((long) READ.invokeExact(state, fd, into, length), state);
        } catch (Throwable e) {
            throw broken("read", e);
        }
    }

    static long write(int fd, MemorySegment from, long length) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((long) WRITE.invokeExact(state, fd, from, length), state);
        } catch (Throwable e) {
            throw broken("write", e);
        }
    }

    static long sendto(int fd, MemorySegment from, long length, int flags, MemorySegment address, int addressLength) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((long) SENDTO.invokeExact(state, fd, from, length, flags, address, addressLength), state);
        } catch (Throwable e) {
            throw broken("sendto", e);
        }
    }

    static long recv(int fd, MemorySegment into, long length, int flags) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((long) RECV.invokeExact(state, fd, into, length, flags), state);
        } catch (Throwable e) {
            throw broken("recv", e);
        }
    }

    static long recvmsg(int fd, MemorySegment message, int flags) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((long) RECVMSG.invokeExact(state, fd, message, flags), state);
        } catch (Throwable e) {
            throw broken("recvmsg", e);
        }
    }

    static int poll(MemorySegment set, long count, int timeoutMs) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) POLL.invokeExact(state, set, count, timeoutMs), state);
        } catch (Throwable e) {
            throw broken("poll", e);
        }
    }

    static int eventfd(int initial, int flags) {
        MemorySegment state = THREAD_STATE.get();
        try {
            return result((int) EVENTFD.invokeExact(state, initial, flags), state);
        } catch (Throwable e) {
            throw broken("eventfd", e);
        }
    }

    /** Names of all interfaces of the calling thread's network namespace, sorted; empty if the kernel does not tell. */
    static List<String> interfaceNames() {
        MemorySegment state = THREAD_STATE.get();
        List<String> names = new ArrayList<>();
        try {
            MemorySegment table = (MemorySegment) IF_NAMEINDEX.invokeExact(state);
            if (table.address() == 0) {
                return names;
            }
            MemorySegment entries = table.reinterpret(Long.MAX_VALUE);
            for (long at = 0; entries.get(JAVA_INT, at) != 0; at += 16) {
                names.add(entries.get(ADDRESS, at + 8).reinterpret(256).getString(0));
            }
            IF_FREENAMEINDEX.invokeExact(table);
        } catch (Throwable e) {
            throw broken("if_nameindex", e);
        }
        Collections.sort(names);
        return names;
    }

    static String errorText(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.address() == 0 ? "error" : text.reinterpret(1024).getString(0);
        } catch (Throwable e) {
            throw broken("strerror", e);
        }
    }
}
