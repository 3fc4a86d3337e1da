package org.xenomips.devices.netio.pcap;

/** A compiled packet filter. Thread: one at a time. */
public interface PacketFilter extends AutoCloseable {
    /** True if the first {@code length} bytes of {@code frame}, tags in line, match. */
    boolean matches(byte[] frame, int length);

    @Override
    void close();
}
