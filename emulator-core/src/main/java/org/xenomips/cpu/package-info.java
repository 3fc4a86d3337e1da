/**
 * Architectural state of a MIPS64 processor and the meaning of every instruction.
 *
 * <p>{@code Cpu} holds the registers and the events engines look at; {@code Cp0} the mode, exceptions and CP0 registers;
 * {@code Tlb} and {@code AddressSpace} translate; {@code CpuMemory} is what loads and stores do when an engine's inline access
 * through {@code PageTables} is not possible; {@code CountCompare} is the timer. The {@code Semantics} classes hold one method
 * per instruction, see {@code Executes}.
 *
 * <p>Thread: machine thread. Entry point: {@code Cpu}. Not here: how instructions are fetched and dispatched (engines).
 */
@NullMarked
package org.xenomips.cpu;

import org.jspecify.annotations.NullMarked;
