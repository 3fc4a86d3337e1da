/** Tests of the guest's shell scripts, run by the shells that run them in the guest. */
@NullMarked
package org.xenomips.packaging.guest;

import org.jspecify.annotations.NullMarked;
