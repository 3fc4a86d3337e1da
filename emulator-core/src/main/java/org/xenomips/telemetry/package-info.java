/**
 * Counters and the log.
 */
@NullMarked
package org.xenomips.telemetry;

import org.jspecify.annotations.NullMarked;
