/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef C7200_PCI_H
#define C7200_PCI_H

#include <linux/pci.h>

/* Configuration words of the hardware; 4-byte aligned. */
u32 c7200_config_read(struct pci_bus *bus, unsigned int devfn, int reg);
void c7200_config_write(struct pci_bus *bus, unsigned int devfn, int reg, u32 value);

/*
 * The same for bridges that lack most of their header. False: the register is not one of those, ask the hardware.
 */
bool c7200_bridge_read(struct pci_bus *bus, unsigned int devfn, int reg, u32 *value);
bool c7200_bridge_write(struct pci_bus *bus, unsigned int devfn, int reg, u32 value);

#endif /* C7200_PCI_H */
