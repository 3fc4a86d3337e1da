/** What does a frame cost on its way between a host port and guest memory? */
@NullMarked
package org.xenomips.bench.net;

import org.jspecify.annotations.NullMarked;
