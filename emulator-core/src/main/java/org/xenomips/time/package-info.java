/**
 * The guest clock and the timer queue: the only package that reads the host's clock.
 *
 * <p>Thread: everything here belongs to the machine thread. Entry points: {@link org.xenomips.time.GuestClock},
 * {@link org.xenomips.time.TimerQueue}. Not here: sleeping, threads, device behaviour.
 */
@NullMarked
package org.xenomips.time;

import org.jspecify.annotations.NullMarked;
