package org.xenomips.devices.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.xenomips.foreign.NativeFunctions.count;
import static org.xenomips.foreign.NativeFunctions.libc;
import static org.xenomips.foreign.NativeFunctions.result;
import static org.xenomips.foreign.NativeFunctions.systemCall;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's calls for sockets. Each method returns the call's result, or the negative error number ({@link Errno}).
 *
 * <p>Threads: any.
 */
final class SocketCalls {
    private static final MethodHandle SOCKET = systemCall("socket",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = systemCall("bind",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CONNECT = systemCall("connect",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT = systemCall("setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT = systemCall("getsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    // Called for each frame, and without capturing the error number, for which the JVM allocates. A call that has failed has done
    // nothing, so it is made again by the other handle, which does.
    private static final FunctionDescriptor SEND_TYPE = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_INT, ADDRESS, JAVA_INT);
    private static final FunctionDescriptor RECEIVE_TYPE = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_LONG, JAVA_INT);
    private static final FunctionDescriptor MESSAGE_TYPE = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS,
            JAVA_INT);
    private static final MethodHandle SENDTO = libc("sendto", SEND_TYPE);
    private static final MethodHandle SENDTO_AGAIN = systemCall("sendto", SEND_TYPE);
    private static final MethodHandle RECV = libc("recv", RECEIVE_TYPE);
    private static final MethodHandle RECV_AGAIN = systemCall("recv", RECEIVE_TYPE);
    private static final MethodHandle RECVMSG = libc("recvmsg", MESSAGE_TYPE);
    private static final MethodHandle RECVMSG_AGAIN = systemCall("recvmsg", MESSAGE_TYPE);

    private SocketCalls() {}

    static int socket(int domain, int type, int protocol) {
        return (int) result(state -> (int) SOCKET.invokeExact(state, domain, type, protocol));
    }

    static int bind(int fd, MemorySegment address, int length) {
        return (int) result(state -> (int) BIND.invokeExact(state, fd, address, length));
    }

    static int connect(int fd, MemorySegment address, int length) {
        return (int) result(state -> (int) CONNECT.invokeExact(state, fd, address, length));
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value, int length) {
        return (int) result(state -> (int) SETSOCKOPT.invokeExact(state, fd, level, option, value, length));
    }

    static int getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment length) {
        return (int) result(state -> (int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length));
    }

    static long sendto(int fd, MemorySegment from, long length, int flags, MemorySegment address, int addressLength) {
        long sent = count(() -> (long) SENDTO.invokeExact(fd, from, length, flags, address, addressLength));
        return sent >= 0
                ? sent
                : result(state -> (long) SENDTO_AGAIN.invokeExact(state, fd, from, length, flags, address,
                        addressLength));
    }

    static long recv(int fd, MemorySegment into, long length, int flags) {
        long received = count(() -> (long) RECV.invokeExact(fd, into, length, flags));
        return received >= 0
                ? received
                : result(state -> (long) RECV_AGAIN.invokeExact(state, fd, into, length, flags));
    }

    static long recvmsg(int fd, MemorySegment message, int flags) {
        long received = count(() -> (long) RECVMSG.invokeExact(fd, message, flags));
        return received >= 0
                ? received
                : result(state -> (long) RECVMSG_AGAIN.invokeExact(state, fd, message, flags));
    }
}
