/** Tests of the whole program: processes started by the launcher, real consoles, sockets and network interfaces. */
@NullMarked
package org.xenomips.packaging;

import org.jspecify.annotations.NullMarked;
