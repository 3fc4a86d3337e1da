/** Tests of the measurement of interrupt latencies. */
@NullMarked
package org.xenomips.bench.latency;

import org.jspecify.annotations.NullMarked;
