/**
 * The console/AUX DUART.
 *
 * <p>Thread: machine thread.
 */
@NullMarked
package org.xenomips.devices.serial;

import org.jspecify.annotations.NullMarked;
