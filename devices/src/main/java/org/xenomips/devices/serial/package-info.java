/**
 * The console/AUX DUART. Entry point: {@link org.xenomips.devices.serial.Duart}.
 *
 * <p>Thread: machine thread. Not here: terminals on the host (they implement {@link org.xenomips.device.SerialPort}),
 * and where in the I/O FPGA the chip is.
 */
@NullMarked
package org.xenomips.devices.serial;

import org.jspecify.annotations.NullMarked;
