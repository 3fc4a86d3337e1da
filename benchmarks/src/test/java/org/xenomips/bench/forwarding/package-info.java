/** Tests of the measurement of forwarding. */
@NullMarked
package org.xenomips.bench.forwarding;

import org.jspecify.annotations.NullMarked;
