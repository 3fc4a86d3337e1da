/**
 * What a device is: register files that are declared, interrupt lines, serial ports, reset and snapshot.
 *
 * <p>Thread: machine thread, except where a type says otherwise. A device sees an offset, a size and a value; it raises a line;
 * it asks for DMA. Not here: addresses and wiring (boards), host I/O.
 */
@NullMarked
package org.xenomips.device;

import org.jspecify.annotations.NullMarked;
