/**
 * The interpreter: the engine that needs nothing else, and the reference for every other one.
 *
 * <p>Instructions are decoded once per physical page ({@code DecodedPage}) into longs that {@code HotLoop}, generated from the
 * instruction table, switches on. The loop calls nothing; whatever it cannot do (slow memory accesses, CP0, exceptions, changes
 * of page that the look-aside does not know) makes it return to {@code InterpreterEngine}, which does it through the likewise
 * generated {@code Executor} and enters the loop again. A store to a page with decoded words takes the slow path and forgets
 * exactly the words it changed. Budgets end at control transfers only. {@code IdleDetector} finds loops that wait.
 *
 * <p>Thread: machine thread. Entry point: {@code InterpreterEngineFactory}. The generator is in the tests: DispatchGenerator.
 */
@NullMarked
package org.xenomips.cpu.interpreter;

import org.jspecify.annotations.NullMarked;
