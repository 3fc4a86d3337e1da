/** What the benchmarks share. Each package below asks one question; one class per aspect. */
@NullMarked
package org.xenomips.bench;

import org.jspecify.annotations.NullMarked;
