package org.xenomips.devices.netio;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.Errno;
import org.xenomips.devices.linux.NativeException;
import org.xenomips.net.PortStatistics.Counter;

/**
 * A port of a VDE switch. The switch must run when the port is opened; when it goes away the link is down until it is back.
 *
 * <p>Threads: as {@link HostPort}; the switch's data address is changed under the send lock.
 */
final class VdePort extends DescriptorPort {
    private static final int RETRY_MS = 1000;

    private final String controlPath;
    private final String localPath;
    private final MemorySegment dataAddress;
    private final MemorySegment scratch;
    private @Nullable Descriptor control;

    private VdePort(Descriptor socket, String controlPath, String localPath) throws NativeException {
        super("vde:" + controlPath + ":" + localPath, socket, null, LONGEST_READ, 0);
        this.controlPath = controlPath;
        this.localPath = localPath;
        this.dataAddress = arena.allocate(Descriptor.UNIX_ADDRESS_BYTES, Short.BYTES);
        this.scratch = arena.allocate(Descriptor.UNIX_ADDRESS_BYTES, Short.BYTES);
    }

    static VdePort open(String controlPath, String localPath) throws IOException {
        UnixPaths.require("vde", controlPath);
        UnixPaths.require("vde", localPath);
        HostInterfaces.requireLinux("vde");
        Descriptor socket = Descriptor.socket(Descriptor.AF_UNIX, Descriptor.SOCK_DGRAM, 0);
        VdePort port = null;
        try {
            UnixPaths.bind("vde", socket, localPath);
            port = new VdePort(socket, controlPath, localPath);
            port.connect();
            port.setLink(true);
            return port;
        } catch (IOException e) {
            if (port == null) {
                socket.close();
            } else {
                port.close();
            }
            throw e;
        }
    }

    private void connect() throws IOException {
        Descriptor connected = VdeControl.connect(controlPath, localPath, scratch);
        control = connected;
        whileOpen(() -> dataAddress.copyFrom(scratch));
        watch(connected);
    }

    /** The switch never says anything on the control connection after its reply: what is readable is its end. */
    @Override
    void checkLink() {
        if (control != null && control.receive(scratch) != -Errno.EAGAIN) {
            watch(null);
            control.close();
            control = null;
        }
        if (control == null) {
            try {
                connect();
            } catch (IOException e) {
                hint(Counter.SEND_ERRORS, "the switch has gone: " + e.getMessage());
            }
        }
        setLink(control != null);
    }

    @Override
    int checkIntervalMs() {
        return control == null ? RETRY_MS : -1;
    }

    @Override
    long read() {
        return descriptor.receive(in);
    }

    @Override
    void take(int length) {
        takeEthernet(length);
    }

    @Override
    long write(int length) {
        return descriptor.sendTo(out, length, dataAddress);
    }

    @Override
    void release() {
        super.release();
        closeQuietly(control);
        try {
            Files.deleteIfExists(Path.of(localPath));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} stays behind: {1}", localPath, e.getMessage());
        }
    }
}
