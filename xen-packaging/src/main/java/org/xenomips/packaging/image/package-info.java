/**
 * Builds what a Xen guest boots from: kernel, initrd and the shared root, out of Debian packages, the files in {@code guest} and the
 * self-contained runtime. Needs no root rights and makes the same bytes from the same packages. Entry point: {@link
 * org.xenomips.packaging.image.ImageCommand}. Not here: anything that runs in the guest (shell scripts) or in the dom0.
 */
@NullMarked
package org.xenomips.packaging.image;

import org.jspecify.annotations.NullMarked;
