/** How many guest instructions does the interpreter execute per second? */
@NullMarked
package org.xenomips.bench.interpreter;

import org.jspecify.annotations.NullMarked;
