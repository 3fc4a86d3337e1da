/** Tests of the interpreter, and the generator of its dispatch code. */
@NullMarked
package org.xenomips.cpu.interpreter;

import org.jspecify.annotations.NullMarked;
