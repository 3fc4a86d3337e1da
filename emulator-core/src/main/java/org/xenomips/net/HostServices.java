package org.xenomips.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the host side of networking offers beside ports; found with {@link java.util.ServiceLoader}. Thread: any. */
public interface HostServices {
    /**
     * A network interface of the host.
     *
     * @param name name for port parameters, such as {@code eth1}
     * @param description everything worth knowing in one line
     */
    record HostInterface(String name, String description) {
    }

    /** The interfaces a port can be bound to. */
    List<HostInterface> interfaces();

    /** {@code port} with all its frames, both directions, written to the pcap file {@code file}. */
    FramePort capture(FramePort port, Path file) throws IOException;
}
