/**
 * From regions to class files.
 *
 * <p>Entry point: {@link org.xenomips.jit.emit.UnitEmitter}. Thread: the translator's.
 */
@NullMarked
package org.xenomips.jit.emit;

import org.jspecify.annotations.NullMarked;
