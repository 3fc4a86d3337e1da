/**
 * Translated code for human readers: what stands in a unit for which guest instruction.
 *
 * <p>Entry point: {@link org.xenomips.jit.view.UnitView}. It reads the class file and its line numbers
 * ({@link org.xenomips.jit.emit.GuestLines}) and knows nothing about how code is made. Thread: any.
 */
@NullMarked
package org.xenomips.jit.view;

import org.jspecify.annotations.NullMarked;
