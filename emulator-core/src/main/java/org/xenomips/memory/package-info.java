/**
 * Guest RAM and the physical address map.
 *
 * <p>Thread: machine thread. Entry points: {@link org.xenomips.memory.PhysicalMap}, {@link org.xenomips.memory.GuestRam}.
 * {@link org.xenomips.memory.HostMemory} is the only class of the project that touches raw host addresses. Not here: virtual
 * addresses (CPU), which address holds which chip (boards).
 */
@NullMarked
package org.xenomips.memory;

import org.jspecify.annotations.NullMarked;
