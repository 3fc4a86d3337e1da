/**
 * How fast the open router forwards, measured from outside: the command {@code benchmarks/forwarding}.
 *
 * <p>Entry point: {@link org.xenomips.bench.forwarding.ForwardingCommand}. Needs root: hosts and cables are network namespaces and veth
 * pairs.
 */
@NullMarked
package org.xenomips.bench.forwarding;

import org.jspecify.annotations.NullMarked;
