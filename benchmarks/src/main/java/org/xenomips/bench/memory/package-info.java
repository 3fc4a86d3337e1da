/** What does an access to guest memory cost? */
@NullMarked
package org.xenomips.bench.memory;

import org.jspecify.annotations.NullMarked;
