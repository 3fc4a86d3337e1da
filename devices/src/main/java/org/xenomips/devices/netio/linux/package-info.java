/**
 * The C library's sockets, device nodes and interface controls through the foreign function interface; Linux on 64-bit hosts.
 *
 * <p>Entry point: {@link org.xenomips.devices.netio.linux.Descriptor}. Thread: any, each class says what it needs. Not here:
 * frames, ports, statistics.
 */
@NullMarked
package org.xenomips.devices.netio.linux;

import org.jspecify.annotations.NullMarked;
