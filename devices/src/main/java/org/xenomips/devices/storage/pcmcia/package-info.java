/** PCMCIA: the controller of the two slots and the ATA disks in them. */
@NullMarked
package org.xenomips.devices.storage.pcmcia;

import org.jspecify.annotations.NullMarked;
