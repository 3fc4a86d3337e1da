/** Whole machines that run the boot ROM and the forwarder, observed from the console and the wires. */
@NullMarked
package org.xenomips.devices.guest;

import org.jspecify.annotations.NullMarked;
