/**
 * The system's packet capture library: filters and descriptions of interfaces. Everything else works without one.
 *
 * <p>Thread: any. Entry point: {@link org.xenomips.devices.netio.pcap.PacketLibrary}. Not here: capture files, which need no library.
 */
@NullMarked
package org.xenomips.devices.netio.pcap;

import org.jspecify.annotations.NullMarked;
