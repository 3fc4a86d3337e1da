/**
 * Opening guest images: ELF, compressed containers, raw files.
 *
 * <p>Entry point: {@code ImageLoader}.
 */
@NullMarked
package org.xenomips.image;

import org.jspecify.annotations.NullMarked;
