/**
 * How fast is the whole emulator beside other emulators, and how soon? Runs the guest programs as processes, in alternation, and
 * compares the CPU time of the threads that emulate the processor.
 *
 * <p>Entry point: {@link org.xenomips.bench.compare.CompareCommand}, started by the script {@code benchmarks/compare}. Linux only: all
 * figures come from {@code /proc}.
 */
@NullMarked
package org.xenomips.bench.compare;

import org.jspecify.annotations.NullMarked;
