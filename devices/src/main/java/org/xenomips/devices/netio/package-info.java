/**
 * Host ends of a link: AF_PACKET, TAP, UDP, TCP, UNIX, VDE, null, capture.
 *
 * <p>Thread: every port reads on a thread of its own and hands frames over through a {@link org.xenomips.net.FrameQueue}; see
 * {@link org.xenomips.devices.netio.HostPort}. Entry points: {@link org.xenomips.devices.netio.PortFactories} through the service
 * loader, {@link org.xenomips.devices.netio.CapturePort}, {@link org.xenomips.devices.netio.HostInterfaces}. Native calls are in
 * {@code devices.linux} and {@code netio.pcap}, work on frames in {@code netio.offload}. Not here: guest memory, chips.
 */
@NullMarked
package org.xenomips.devices.netio;

import org.jspecify.annotations.NullMarked;
