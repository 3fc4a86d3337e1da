package org.xenomips.devices.netio;

import org.jspecify.annotations.Nullable;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.InterfaceControl;
import org.xenomips.devices.linux.LinkMonitor;
import org.xenomips.devices.linux.NativeException;

/**
 * Link state of one host interface, by name, so that an interface that is removed and made again is the same one.
 *
 * <p>Thread: the port's, except {@link #close}, which comes after it.
 */
final class InterfaceWatch implements AutoCloseable {
    private static final int POLL_MS = 1000;

    private final String name;
    private final InterfaceControl control;
    private final @Nullable LinkMonitor monitor;

    InterfaceWatch(String name) throws NativeException {
        this.name = name;
        this.control = new InterfaceControl();
        LinkMonitor m = null;
        try {
            m = new LinkMonitor();
        } catch (NativeException e) {
            HostPort.LOG.log(System.Logger.Level.DEBUG, "no link events, polling: {0}", e.getMessage());
        }
        this.monitor = m;
    }

    InterfaceControl control() {
        return control;
    }

    /** Readable after a change; null if the link has to be looked at every {@link #intervalMs}. */
    @Nullable
    Descriptor descriptor() {
        return monitor == null ? null : monitor.descriptor();
    }

    int intervalMs() {
        return monitor == null ? POLL_MS : -1;
    }

    /** True if the interface is there, up, and has a carrier. Changes reported so far are forgotten. */
    boolean up() {
        if (monitor != null) {
            monitor.drain();
        }
        int wanted = InterfaceControl.IFF_UP | InterfaceControl.IFF_RUNNING;
        int flags = control.flags(name);
        return flags >= 0 && (flags & wanted) == wanted;
    }

    /** True if the interface is there but nobody has brought it up; a missing carrier is another matter. */
    boolean disabled() {
        int flags = control.flags(name);
        return flags >= 0 && (flags & InterfaceControl.IFF_UP) == 0;
    }

    /** Number of the interface now, or the negative error number. */
    int index() {
        return control.index(name);
    }

    @Override
    public void close() {
        HostPort.closeQuietly(monitor, control);
    }
}
