package org.xenomips.devices.netio;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.NativeException;
import org.xenomips.net.Frame;

/**
 * UNIX datagram sockets: one datagram per frame from the local path to the remote path. The peer need not exist; the link is
 * always up. A peer whose queue is full (the kernel allows about ten frames) loses frames instead of stopping the router.
 */
final class UnixPort extends DescriptorPort {
    private final Path localPath;
    private final MemorySegment peer;

    private UnixPort(Descriptor socket, String localPath, String remotePath) throws NativeException {
        super("unix:" + localPath + ":" + remotePath, socket, null, LONGEST_READ, 0);
        this.localPath = Path.of(localPath);
        this.peer = Descriptor.unixAddress(arena, remotePath);
    }

    static UnixPort open(String localPath, String remotePath) throws IOException {
        UnixPaths.require("unix", localPath);
        UnixPaths.require("unix", remotePath);
        HostInterfaces.requireLinux("unix");
        Descriptor socket = Descriptor.socket(Descriptor.AF_UNIX, Descriptor.SOCK_DGRAM, 0);
        try {
            UnixPaths.bind("unix", socket, localPath);
            UnixPort port = new UnixPort(socket, localPath, remotePath);
            port.setLink(true);
            return port;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    void checkLink() {
        setLink(true);
    }

    @Override
    long read() {
        return descriptor.receive(in);
    }

    @Override
    void take(int length) {
        if (length == 0) {
            return;
        }
        Frame frame = claim(length);
        if (frame != null) {
            MemorySegment.copy(in, ValueLayout.JAVA_BYTE, 0, frame.data(), 0, length);
            publish(frame, length);
        }
    }

    @Override
    long write(int length) {
        return descriptor.sendTo(out, length, peer);
    }

    @Override
    void release() {
        super.release();
        try {
            Files.deleteIfExists(localPath);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} stays behind: {1}", localPath, e.getMessage());
        }
    }
}
