/**
 * Translated code at run time: what generated classes extend, are given and call.
 *
 * <p>A unit runs on the machine thread. While it runs, guest registers live in JVM locals; whenever it calls something or returns,
 * all state is in the processor. Generated classes are hidden classes of this package and are unloaded when nothing refers to them.
 */
@NullMarked
package org.xenomips.jit.unit;

import org.jspecify.annotations.NullMarked;
