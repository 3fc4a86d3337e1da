/**
 * DEC 21140 Fast Ethernet controller with its MII PHY and serial ROM.
 *
 * <p>Thread: machine thread.
 */
@NullMarked
package org.xenomips.devices.nic.dec21140;

import org.jspecify.annotations.NullMarked;
