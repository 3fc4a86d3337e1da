/**
 * System controllers (GT64010, GT64120) and PCI bridges.
 *
 * <p>Thread: machine thread.
 */
@NullMarked
package org.xenomips.devices.chipset;

import org.jspecify.annotations.NullMarked;
