/**
 * Functions of native libraries: how they are bound and called. No state, no dependencies. Entry point:
 * {@link org.xenomips.foreign.NativeFunctions}. Thread: any. Not here: what a function is for.
 */
@NullMarked
package org.xenomips.foreign;

import org.jspecify.annotations.NullMarked;
