/**
 * The command line: the program's only {@code main}, and the only user of picocli.
 */
@NullMarked
package org.xenomips.cli;

import org.jspecify.annotations.NullMarked;
