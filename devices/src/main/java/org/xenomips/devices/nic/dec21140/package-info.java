/**
 * DEC 21140 Fast Ethernet controller with its MII PHY and serial ROM.
 *
 * <p>Thread: machine thread. Entry point: {@link org.xenomips.devices.nic.dec21140.Dec21140Device}, whose comment lists where the
 * chip departs from its manual. Not here: slots, interrupt routing, host ports.
 */
@NullMarked
package org.xenomips.devices.nic.dec21140;

import org.jspecify.annotations.NullMarked;
