/** The translator's tests: the engine suites of the core, and its own. */
@NullMarked
package org.xenomips.jit;

import org.jspecify.annotations.NullMarked;
