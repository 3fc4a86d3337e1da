/**
 * The interpreter: the engine that needs nothing else, and the reference for every other one.
 *
 * <p>Instructions are decoded once per physical page ({@code DecodedPage}) into longs that {@code HotLoop}, generated from the
 * instruction table, switches on. The loop calls nothing; whatever it cannot do (slow memory accesses, CP0, exceptions, changes
 * of page that the look-aside does not know) makes it return to {@code InterpreterEngine}, which does it through the likewise
 * generated {@code Executor} and enters the loop again. A store to a page with decoded words takes the slow path and forgets
 * exactly the words it changed. {@code IdleDetector} finds loops that wait.
 *
 * <p>It is also the lower half of engines that compile: they implement {@code Tier}, are told about transfers until they have heard
 * enough of one, and get control where they have put marks. Both are numbers in the decoded words on which the loop leaves, so that
 * all other code runs as if there was nothing.
 *
 * <p>Thread: machine thread. Entry points: {@code InterpreterEngineFactory}, {@code InterpreterEngine}. The generator is in the tests: DispatchGenerator.
 */
@NullMarked
package org.xenomips.cpu.interpreter;

import org.jspecify.annotations.NullMarked;
