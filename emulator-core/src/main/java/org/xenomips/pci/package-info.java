/**
 * PCI configuration space: buses, functions, bridges, base address registers.
 *
 * <p>Thread: machine thread. Entry points: {@link org.xenomips.pci.PciHost} (configuration cycles),
 * {@link org.xenomips.pci.ConfigSpace} (the header of a function). Not here: chips, and the system controller
 * registers through which a CPU makes configuration cycles.
 */
@NullMarked
package org.xenomips.pci;

import org.jspecify.annotations.NullMarked;
