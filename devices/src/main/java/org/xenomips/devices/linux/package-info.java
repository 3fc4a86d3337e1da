/**
 * The C library's descriptors, sockets, terminals and interface controls through the foreign function interface; Linux on 64-bit hosts.
 *
 * <p>Entry points: {@link org.xenomips.devices.linux.Descriptor} and, for descriptors that somebody else has opened,
 * {@link org.xenomips.devices.linux.Libc}. Thread: any, each class says what it needs. Not here:
 * frames, ports, statistics.
 */
@NullMarked
package org.xenomips.devices.linux;

import org.jspecify.annotations.NullMarked;
