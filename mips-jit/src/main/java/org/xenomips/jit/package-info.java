/**
 * Translator from guest code to JVM bytecode.
 *
 * <p>The engine registers itself as an {@link org.xenomips.exec.ExecutionEngineFactory}; without it the emulator interprets.
 */
@NullMarked
package org.xenomips.jit;

import org.jspecify.annotations.NullMarked;
