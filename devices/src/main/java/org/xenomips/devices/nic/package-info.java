/**
 * What every network controller has in common; each chip has a sub-package of its own.
 *
 * <p>Thread: machine thread.
 */
@NullMarked
package org.xenomips.devices.nic;

import org.jspecify.annotations.NullMarked;
