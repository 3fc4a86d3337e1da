/** Tests of the control domain's tools, with the real shells. */
@NullMarked
package org.xenomips.packaging.xl;

import org.jspecify.annotations.NullMarked;
