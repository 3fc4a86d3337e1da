/**
 * Frames, ports and the bounded queue between a host thread and the machine thread; no host sockets.
 *
 * <p>Entry point: {@link org.xenomips.net.FramePort} (host end), {@link org.xenomips.net.NetworkLink} (guest end).
 */
@NullMarked
package org.xenomips.net;

import org.jspecify.annotations.NullMarked;
