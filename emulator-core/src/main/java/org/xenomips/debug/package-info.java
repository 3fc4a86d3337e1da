/**
 * Register, TLB and memory-map dumps, tracing.
 */
@NullMarked
package org.xenomips.debug;

import org.jspecify.annotations.NullMarked;
