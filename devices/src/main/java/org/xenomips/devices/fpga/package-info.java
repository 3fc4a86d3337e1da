/**
 * Midplane and I/O FPGA: slot presence, EEPROM ports, sensors, network interrupt fan-in, remote-control device.
 *
 * <p>Thread: machine thread.
 */
@NullMarked
package org.xenomips.devices.fpga;

import org.jspecify.annotations.NullMarked;
