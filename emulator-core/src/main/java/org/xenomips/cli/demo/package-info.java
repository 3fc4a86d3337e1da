/**
 * {@code xenomips demo}: two routers of the built-in image in one process, what is asked at their consoles, and the terminal they
 * share. Knows what the open router prints; the emulator behind it does not. Entry point: {@link org.xenomips.cli.demo.DemoCommand}.
 */
@NullMarked
package org.xenomips.cli.demo;

import org.jspecify.annotations.NullMarked;
