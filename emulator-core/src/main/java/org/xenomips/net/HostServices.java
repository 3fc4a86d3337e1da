package org.xenomips.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the host side of networking offers beside ports; found with {@link java.util.ServiceLoader}. Thread: any. */
public interface HostServices {
    /** The interfaces a port can be bound to, one line each: {@code name : description}. */
    List<String> interfaces();

    /** {@code port} with all its frames, both directions, written to the pcap file {@code file}. */
    FramePort capture(FramePort port, Path file) throws IOException;
}
