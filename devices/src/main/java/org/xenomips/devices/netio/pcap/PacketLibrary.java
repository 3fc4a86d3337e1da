package org.xenomips.devices.netio.pcap;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What the program wants of a packet capture library: descriptions of interfaces and compiled filters. Everything else works
 * without one.
 *
 * <p>The one implementation binds the system's libpcap; another library, such as jNetPcap, can take its place in {@link #find}.
 */
public interface PacketLibrary {
    /** Name and version for messages. */
    String version();

    /** Descriptions by interface name, of those that have one. Thread: any. */
    Map<String, String> descriptions();

    /**
     * Compiles a filter expression (pcap-filter(7)) for frames in memory. Thread: any.
     *
     * @param linkType number of the link type, 1 = Ethernet
     * @throws IllegalArgumentException with the library's message if the expression is wrong
     */
    PacketFilter compile(String expression, int linkType);

    /** The library of this host, or nothing. */
    static Optional<PacketLibrary> find() {
        return Libpcap.instance();
    }

    /** The library of this host. */
    static PacketLibrary require(String forWhat) throws IOException {
        return find().orElseThrow(() -> new IOException(
                forWhat + " needs libpcap, which this host does not have; install it (Debian: apt install libpcap0.8)"));
    }
}
