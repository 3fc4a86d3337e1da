package org.xenomips.devices.netio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.Errno;
import org.xenomips.devices.linux.NativeException;

/** Binding UNIX datagram sockets to paths. Stateless. */
final class UnixPaths {
    private UnixPaths() {}

    /** {@code path} if it fits into a socket address. */
    static String require(String type, String path) {
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > Descriptor.UNIX_PATH_BYTES || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(type + ": the socket path \"" + path + "\" has " + bytes
                    + " bytes; 1 to " + Descriptor.UNIX_PATH_BYTES + " are possible");
        }
        return path;
    }

    /** Binds {@code socket} to {@code path}; a socket file that nobody listens on any more is replaced. */
    static void bind(String type, Descriptor socket, String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = Descriptor.unixAddress(arena, path);
            try {
                socket.bind(path, address);
            } catch (NativeException e) {
                if (e.errno() != Errno.EADDRINUSE || !abandoned(address)) {
                    throw e;
                }
                Files.deleteIfExists(Path.of(path));
                socket.bind(path, address);
            }
        } catch (NativeException e) {
            throw new IOException(type + ": cannot create the socket " + e.getMessage() + switch (e.errno()) {
                case Errno.EADDRINUSE -> "; another program is using it, or the file is no socket";
                case Errno.ENOENT -> "; the directory does not exist";
                case Errno.EACCES -> "; the directory is not writable for this user";
                default -> "";
            }, e);
        }
    }

    /** True if {@code address} is a socket that its owner has left behind. */
    private static boolean abandoned(MemorySegment address) throws NativeException {
        try (Descriptor probe = Descriptor.socket(Descriptor.AF_UNIX, Descriptor.SOCK_DGRAM, 0)) {
            probe.connect("probe", address);
            return false;
        } catch (NativeException e) {
            // Connecting to a regular file is refused with the same number; only sockets may be deleted.
            return e.errno() == Errno.ECONNREFUSED && isSocket(address);
        }
    }

    private static boolean isSocket(MemorySegment address) {
        Path path = Path.of(address.getString(Short.BYTES));
        return !Files.isRegularFile(path) && !Files.isDirectory(path) && !Files.isSymbolicLink(path);
    }
}
