/**
 * The command line: the program's only {@code main}, which knows its commands: the {@link org.xenomips.cli.router router} itself and
 * the {@link org.xenomips.cli.demo demo}. These packages are the only users of picocli.
 */
@NullMarked
package org.xenomips.cli;

import org.jspecify.annotations.NullMarked;
