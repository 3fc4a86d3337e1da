package org.xenomips.devices.netio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.linux.Errno;
import org.xenomips.devices.linux.NativeException;
import org.xenomips.devices.linux.Poller;

/**
 * The control connection to a VDE switch: asks for a port and learns where its data socket is. The switch frees its port when
 * the connection ends.
 *
 * <p>Request, 124 bytes in host byte order: magic, version, kind, local data address; reply: the switch's data address.
 */
final class VdeControl {
    private static final int MAGIC = 0xfeed_face;
    private static final int VERSION = 3;
    private static final int LOCAL_ADDRESS = 12;
    private static final int REQUEST_BYTES = 124;
    private static final int REPLY_TIMEOUT_MS = 2000;

    private VdeControl() {}

    /** The socket of a switch given either the socket or the switch's directory. */
    static String socketOf(String controlPath) {
        Path path = Path.of(controlPath);
        return Files.isDirectory(path) ? path.resolve("ctl").toString() : controlPath;
    }

    /**
     * Connects to the switch and writes its data address to {@code dataAddress}.
     *
     * @return the control connection, to be kept open as long as frames are exchanged
     */
    static Descriptor connect(String controlPath, String localPath, MemorySegment dataAddress) throws IOException {
        String path = socketOf(controlPath);
        Descriptor control = Descriptor.socket(Descriptor.AF_UNIX, Descriptor.SOCK_STREAM, 0);
        try (Arena arena = Arena.ofConfined()) {
            control.connect(path, Descriptor.unixAddress(arena, UnixPaths.require("vde", path)));
            MemorySegment request = arena.allocate(REQUEST_BYTES, Integer.BYTES);
            request.set(ValueLayout.JAVA_INT, 0, MAGIC);
            request.set(ValueLayout.JAVA_INT, 4, VERSION);
            MemorySegment.copy(Descriptor.unixAddress(arena, localPath), 0, request, LOCAL_ADDRESS,
                    Descriptor.UNIX_ADDRESS_BYTES);
            if (control.send(request, REQUEST_BYTES) != REQUEST_BYTES) {
                throw new IOException("vde: the switch at " + path + " takes no request");
            }
            readReply(control, path, dataAddress);
            return control;
        } catch (NativeException e) {
            control.close();
            throw new IOException("vde: no switch answers at " + e.getMessage()
                    + "; give the directory of vde_switch -s, or its ctl socket", e);
        } catch (IOException | IllegalArgumentException e) {
            control.close();
            throw e;
        }
    }

    private static void readReply(Descriptor control, String path, MemorySegment dataAddress) throws IOException {
        long deadline = System.nanoTime() + REPLY_TIMEOUT_MS * 1_000_000L;
        int have = 0;
        try (Poller poller = new Poller(control)) {
            while (have < Descriptor.UNIX_ADDRESS_BYTES) {
                long n = control.receive(dataAddress.asSlice(have));
                long left = deadline - System.nanoTime();
                if (n > 0) {
                    have += (int) n;
                } else if (n != -Errno.EAGAIN || left <= 0) {
                    throw new IOException(
                            "vde: the switch at " + path + " refuses the connection (no data address after "
                                    + have + " bytes)");
                } else {
                    poller.await((int) (left / 1_000_000L) + 1);
                }
            }
        }
        if (dataAddress.get(ValueLayout.JAVA_SHORT, 0) != Descriptor.AF_UNIX) {
            throw new IOException("vde: what listens at " + path + " is no VDE switch");
        }
    }
}
