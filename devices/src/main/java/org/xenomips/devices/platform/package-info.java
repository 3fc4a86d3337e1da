/**
 * The boards: all addresses and all interrupt wiring of a Cisco 7200 live here and only here.
 *
 * <p>Thread: machine thread. A board reads like a parts list: create, map, wire.
 */
@NullMarked
package org.xenomips.devices.platform;

import org.jspecify.annotations.NullMarked;
