/**
 * One router as a program: its options, what they mean for a machine, the files it keeps, its life from start to signal. Entry point:
 * {@link org.xenomips.cli.router.RouterCommand}; other programs with routers in them begin with
 * {@link org.xenomips.cli.router.HostedMachine}.
 */
@NullMarked
package org.xenomips.cli.router;

import org.jspecify.annotations.NullMarked;
