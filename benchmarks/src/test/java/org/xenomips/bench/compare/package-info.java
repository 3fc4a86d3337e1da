/** Tests of the comparison with other emulators, with shell scripts in their place. */
@NullMarked
package org.xenomips.bench.compare;

import org.jspecify.annotations.NullMarked;
