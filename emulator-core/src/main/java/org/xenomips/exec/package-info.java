/**
 * The contract between a CPU and whatever executes its instructions.
 *
 * <p>Thread: machine thread. Entry point: {@link org.xenomips.exec.ExecutionEngine}, whose documentation says where a slice ends.
 */
@NullMarked
package org.xenomips.exec;

import org.jspecify.annotations.NullMarked;
