/**
 * Comparison of our processor with an independent implementation of the architecture, by running the same bare-metal program on
 * both.
 *
 * <p>Entry point: {@link org.xenomips.differential.QemuDifferentialSuite}. A case that differs is reduced to the instructions that matter and printed with
 * its seed.
 */
@NullMarked
package org.xenomips.differential;

import org.jspecify.annotations.NullMarked;
