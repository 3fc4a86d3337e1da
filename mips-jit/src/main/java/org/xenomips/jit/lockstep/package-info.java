/**
 * Runs translated code and the interpreter side by side and stops at the first difference.
 *
 * <p>What is compared is a <em>segment</em>: all that translated code does between two visits to a dispatcher. In it only registers,
 * the budget and plain memory change, so it can be undone and executed again by the interpreter on the same machine, with whatever
 * devices and clocks that has. The interpreter's result is the one that stays. Units that are translated for this report each of
 * their stores before they do it; apart from that they are the same as always, cut at the same places.
 *
 * <p>Thread: machine thread. Entry point: {@link org.xenomips.jit.lockstep.Lockstep}.
 */
@NullMarked
package org.xenomips.jit.lockstep;

import org.jspecify.annotations.NullMarked;
