/** What the build of a distribution runs beside the program: start-up cache, self-contained directory; and, among the tests, those of the whole program as a process. */
@NullMarked
package org.xenomips.packaging;

import org.jspecify.annotations.NullMarked;
