/** What does a guest access to a device register cost? */
@NullMarked
package org.xenomips.bench.mmio;

import org.jspecify.annotations.NullMarked;
