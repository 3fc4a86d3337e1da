/**
 * What is translated as one unit: the control-flow region that is reached from one entry, as basic blocks.
 *
 * <p>Thread: regions are found on the machine thread, which may look at memory and the interpreter; a {@link Region} is immutable.
 * Entry point: {@link org.xenomips.jit.region.RegionFinder}. Nothing here knows about bytecode.
 */
@NullMarked
package org.xenomips.jit.region;

import org.jspecify.annotations.NullMarked;
