/**
 * Random programs with hot code for comparing engines: {@link org.xenomips.exec.random.ProgramGenerator} makes them from a seed,
 * {@link org.xenomips.exec.random.EngineComparison} runs them on two engines in step, {@link org.xenomips.exec.random.Minimiser}
 * leaves out what does not matter for a difference.
 *
 * <p>Entry points: the abstract suites; a subclass names the engine that is compared with the interpreter.
 */
@NullMarked
package org.xenomips.exec.random;

import org.jspecify.annotations.NullMarked;
