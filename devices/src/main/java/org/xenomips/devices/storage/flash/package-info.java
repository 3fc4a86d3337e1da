/** Boot flash: its memory chips and the journal by which a burst of writes reaches the file whole. */
@NullMarked
package org.xenomips.devices.storage.flash;

import org.jspecify.annotations.NullMarked;
