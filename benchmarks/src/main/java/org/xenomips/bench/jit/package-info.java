/** How many guest instructions does the translator execute per second, beside the interpreter? */
@NullMarked
package org.xenomips.bench.jit;

import org.jspecify.annotations.NullMarked;
