/**
 * Life of a machine: configuration, run loop, stop, reload, save and restore.
 *
 * <p>Entry point: {@link org.xenomips.machine.Machine}. Not here: anything that only a Cisco 7200 has (boards).
 */
@NullMarked
package org.xenomips.machine;

import org.jspecify.annotations.NullMarked;
