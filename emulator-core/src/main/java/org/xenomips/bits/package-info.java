/**
 * Bit fields, sign extension and unsigned helpers. No state, no dependencies; usable from any thread.
 *
 * <p>What does not belong here: anything that knows what a bit means.
 */
@NullMarked
package org.xenomips.bits;

import org.jspecify.annotations.NullMarked;
