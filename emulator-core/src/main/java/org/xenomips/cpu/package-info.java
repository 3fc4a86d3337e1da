/**
 * Architectural state of a MIPS64 processor and the meaning of every instruction.
 *
 * <p>Thread: machine thread. Entry point: {@code Cpu}. Not here: how instructions are fetched and dispatched (engines).
 */
@NullMarked
package org.xenomips.cpu;

import org.jspecify.annotations.NullMarked;
