/**
 * Translator from guest code to JVM bytecode.
 *
 * <p>The engine registers itself as an {@link org.xenomips.exec.ExecutionEngineFactory}; without it the emulator interprets.
 *
 * <h2>Terms</h2>
 *
 * <p>A <em>unit</em> is the code of one <em>region</em>: what is reached from one <em>entry</em> (a function or the head of a loop) along
 * direct branches and observed register jumps, small functions that are called included. A <em>link</em> is the way to the unit of an entry. A <em>side exit</em> leaves a unit in
 * its middle. The <em>dispatcher</em> is the loop in {@link org.xenomips.jit.JitEngine} that runs units where there are any and the
 * interpreter everywhere else; a unit that waits for a callee nests another one.
 *
 * <h2>Life of a unit</h2>
 *
 * <ol>
 * <li>The interpreter reports calls, jumps and backward branches until they are settled; {@code HotSpots} counts where they go.</li>
 * <li>A hot entry's region is found at once, on the machine thread ({@code region}), and its words are watched from now on.</li>
 * <li>The translator thread makes a hidden class of it ({@code analysis}, {@code emit}).</li>
 * <li>Where a slice begins, the unit is installed: its link is set and the entry is marked, so that the interpreter stops there.</li>
 * <li>It is retired when one of its words is overwritten (by a store, by DMA), when one of its instructions turns out to be the head
 * of an idle loop, when a better translation replaces it, and when it is the oldest and there are too many. It is set aside while
 * one of its virtual pages is mapped to other memory.</li>
 * </ol>
 *
 * <h2>Rules of generated code</h2>
 *
 * <ul>
 * <li>Guest registers live in locals. Before anything is called, all that may have changed is written to the processor's array;
 * afterwards what is needed is read again.</li>
 * <li>No call sits where guest registers are live: HotSpot has no callee-saved registers and would keep them on the stack in the hot
 * path too. Cold paths are jumps to side exits. Instructions of coprocessor 0 and the FPU are the exception: they are calls of their
 * meanings, which HotSpot inlines as far as it matters. The interpreter executes the instruction again and raises the exact exception.</li>
 * <li>A register that only ever gets sign-extended words is an {@code int}; which registers hold something
 * else is a set in the slice, tested where registers are read from the array.</li>
 * <li>The budget is counted exactly and tested at backward transfers only, the places where slices may end, so that both engines
 * take timer interrupts at the same instruction.</li>
 * <li>Guest calls are nested calls of the callee's {@code run}. If the callee returns elsewhere than expected, a nested dispatcher
 * goes on until the guest comes back, or until everything must unwind: code was retired, the engine must return, the stack is
 * deep.</li>
 * <li>A system call is a call of its handler's unit, ERET the return from it ({@code ExceptionCalls}). A unit returns a bare address only
 * in the mode it was made for: ERET to another mode asks for a look, which a caller outside of kernel mode takes itself.</li>
 * <li>The code depends on {@code Cp0.contextKey} (mode, 64-bit addressing, ERL, MIPS IV) and on the virtual address; both are in the
 * link's key. Status.CU1 is not and is tested by each instruction of the FPU; while instructions are watched no unit runs.</li>
 * </ul>
 *
 * <p>In lockstep mode ({@code lockstep}) units report when they begin and what they store, against the second rule, so that the
 * engine can have the interpreter do the same again wherever a dispatcher is reached.
 */
@NullMarked
package org.xenomips.jit;

import org.jspecify.annotations.NullMarked;
