/**
 * What the benchmarks share: a small machine, the guest programs, the engines. Each package below asks one question; one class per
 * aspect.
 */
@NullMarked
package org.xenomips.bench;

import org.jspecify.annotations.NullMarked;
