/**
 * The interpreting execution engine: predecoded pages, run loop, generated dispatch.
 *
 * <p>Thread: machine thread.
 */
@NullMarked
package org.xenomips.cpu.interpreter;

import org.jspecify.annotations.NullMarked;
