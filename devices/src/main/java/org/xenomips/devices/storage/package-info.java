/**
 * NVRAM, boot flash, PCMCIA disks, ID EEPROMs, and the files behind them.
 *
 * <p>Thread: machine thread; files are written so that a killed process leaves the old or the new content.
 */
@NullMarked
package org.xenomips.devices.storage;

import org.jspecify.annotations.NullMarked;
