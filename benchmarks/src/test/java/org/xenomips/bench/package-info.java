/** Tests of the benchmarks themselves, and the one figure that must not get worse. */
@NullMarked
package org.xenomips.bench;

import org.jspecify.annotations.NullMarked;
