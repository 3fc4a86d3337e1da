/**
 * The contract between a CPU and whatever executes its instructions.
 *
 * <p>Thread: machine thread. Entry point: {@link org.xenomips.exec.ExecutionEngine}.
 */
@NullMarked
package org.xenomips.exec;

import org.jspecify.annotations.NullMarked;
