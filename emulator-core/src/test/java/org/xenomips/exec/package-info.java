/** What every execution engine must do: the suite of tests, and the small machine that it runs guest programs on. */
@NullMarked
package org.xenomips.exec;

import org.jspecify.annotations.NullMarked;
