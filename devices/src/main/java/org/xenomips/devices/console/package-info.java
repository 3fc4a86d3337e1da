/**
 * Virtual terminals: where a machine's serial lines end on the host (standard I/O, TCP with telnet, a serial device), and the
 * monitor that answers behind an escape character.
 *
 * <p>Thread: host threads; bytes cross to and from the machine thread through the bounded rings of
 * {@link org.xenomips.devices.console.Terminal}. Entry point: {@link org.xenomips.devices.console.Terminals}. Not here: the UART
 * that a guest sees.
 */
@NullMarked
package org.xenomips.devices.console;

import org.jspecify.annotations.NullMarked;
