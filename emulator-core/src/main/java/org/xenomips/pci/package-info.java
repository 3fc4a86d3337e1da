/**
 * PCI configuration space: buses, functions, bridges, base address registers.
 *
 * <p>Thread: machine thread. Entry point: {@link org.xenomips.pci.PciHost}. Not here: chips, and the system controller
 * registers through which a CPU makes configuration cycles.
 */
@NullMarked
package org.xenomips.pci;

import org.jspecify.annotations.NullMarked;
