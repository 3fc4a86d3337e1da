/**
 * Virtual terminals: standard I/O, TCP with telnet.
 *
 * <p>Thread: host threads; bytes reach the machine through a bounded queue.
 */
@NullMarked
package org.xenomips.devices.console;

import org.jspecify.annotations.NullMarked;
