/**
 * The instruction table and what follows from it alone: decoder, disassembler, assembler.
 *
 * <p>No state; usable from any thread. Entry point: {@code Op}. Not here: what an instruction does (that is
 * {@code org.xenomips.cpu}).
 */
@NullMarked
package org.xenomips.isa;

import org.jspecify.annotations.NullMarked;
