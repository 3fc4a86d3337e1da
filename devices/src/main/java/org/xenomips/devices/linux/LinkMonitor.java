package org.xenomips.devices.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Becomes readable when any interface of the network namespace appears, vanishes, goes up or down (rtnetlink(7), link group).
 * What has changed is to be asked with {@link InterfaceControl}.
 *
 * <p>Thread: the one that polls.
 */
public final class LinkMonitor implements AutoCloseable {
    private static final int NETLINK_ROUTE = 0;
    private static final int RTMGRP_LINK = 1;
    private static final int ADDRESS_BYTES = 12;
    private static final int GROUPS = 8;
    private static final int BUFFER_BYTES = 16384;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
    private final Descriptor socket;

    /** Fails where netlink is not available; then the caller polls. */
    public LinkMonitor() throws NativeException {
        socket = Descriptor.socket(Descriptor.AF_NETLINK, Descriptor.SOCK_RAW, NETLINK_ROUTE);
        try (Arena local = Arena.ofConfined()) {
            MemorySegment address = local.allocate(ADDRESS_BYTES, Integer.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) Descriptor.AF_NETLINK);
            address.set(ValueLayout.JAVA_INT, GROUPS, RTMGRP_LINK);
            socket.bind("netlink", address);
        } catch (NativeException e) {
            close();
            throw e;
        }
    }

    public Descriptor descriptor() {
        return socket;
    }

    /** Forgets what has been reported; an overrun of the socket's buffer counts as one more report. */
    public void drain() {
        long n;
        do {
            n = socket.receive(buffer);
        } while (n >= 0 || n == -Errno.ENOBUFS);
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
