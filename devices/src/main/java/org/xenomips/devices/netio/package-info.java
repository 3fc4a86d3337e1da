/**
 * Host ends of a link: AF_PACKET, TAP, UDP, TCP, UNIX, VDE, null, capture.
 *
 * <p>Thread: every port reads on a thread of its own and hands frames over through a {@link org.xenomips.net.FrameQueue}.
 * Not here: guest memory, chips.
 */
@NullMarked
package org.xenomips.devices.netio;

import org.jspecify.annotations.NullMarked;
