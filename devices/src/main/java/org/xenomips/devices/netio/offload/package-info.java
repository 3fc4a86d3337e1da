/**
 * What a network card would do to frames and the host's kernel leaves to it: checksums, segmentation, VLAN tags. Knows bytes of frames
 * and nothing of ports.
 *
 * <p>Thread: any, each class says what it needs. Not here: where the kernel says what is left to do.
 */
@NullMarked
package org.xenomips.devices.netio.offload;

import org.jspecify.annotations.NullMarked;
