/**
 * Facts about a region that decide how its registers are kept: which are read and written, which hold 32-bit values only, and
 * between which points they must be in the processor's array.
 *
 * <p>Thread: the translator's. Nothing here knows about bytecode.
 */
@NullMarked
package org.xenomips.jit.analysis;

import org.jspecify.annotations.NullMarked;
