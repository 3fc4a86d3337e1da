/**
 * Port adapters and I/O cards: a name, an EEPROM, and which chips sit on which PCI slots.
 *
 * <p>Thread: machine thread.
 */
@NullMarked
package org.xenomips.devices.adapter;

import org.jspecify.annotations.NullMarked;
