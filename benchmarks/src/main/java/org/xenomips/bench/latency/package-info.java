/** How late interrupts come to a guest that computes: the command {@code benchmarks/latency}. */
@NullMarked
package org.xenomips.bench.latency;

import org.jspecify.annotations.NullMarked;
