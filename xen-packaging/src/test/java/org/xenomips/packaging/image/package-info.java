/** Tests of the image builders; that what they build boots is shown by {@code GuestImageIT}. */
@NullMarked
package org.xenomips.packaging.image;

import org.jspecify.annotations.NullMarked;
