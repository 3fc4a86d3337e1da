/** Tests of the comparison with the interpreter, and the engine suites under it. */
@NullMarked
package org.xenomips.jit.lockstep;

import org.jspecify.annotations.NullMarked;
