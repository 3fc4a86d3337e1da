// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where only the bus numbers of a PCI-to-PCI bridge exist, because the software of this platform asks for nothing else, the rest
 * of its header is kept here. Such a bridge says that it is one by its class but not by its header type, and forwards everything.
 * Real DEC 21050 and 21150 say so by both and are left alone.
 */
#include <linux/kernel.h>
#include <linux/pci.h>

#include "pci.h"

/* An NPE has ten at most. */
#define MOST_BRIDGES	16

#define FIRST_WINDOW_REG	PCI_IO_BASE
#define REGS			(0x40 / 4)

struct bridge {
	struct pci_bus *bus;
	unsigned int devfn;
	u32 regs[REGS];
};

static struct bridge bridges[MOST_BRIDGES];
static unsigned int bridge_count;

/* Bits that can be written, from PCI_IO_BASE on: windows of 4 KB and 1 MB, none for prefetching, interrupt line and control. */
static u32 writable(int reg)
{
	switch (reg) {
	case PCI_COMMAND:
		return PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER | PCI_COMMAND_PARITY | PCI_COMMAND_SERR;
	case PCI_CACHE_LINE_SIZE:
		return 0xffff;
	case PCI_IO_BASE:
		return 0xf0f0;
	case PCI_MEMORY_BASE:
		return 0xfff0fff0;
	case PCI_INTERRUPT_LINE:
		return 0x0fff00ff;
	default:
		return 0;
	}
}

static bool is_bare_bridge(struct pci_bus *bus, unsigned int devfn)
{
	return PCI_FUNC(devfn) == 0 &&
	       c7200_config_read(bus, devfn, PCI_CLASS_REVISION) >> 16 == PCI_CLASS_BRIDGE_PCI &&
	       !(c7200_config_read(bus, devfn, PCI_CACHE_LINE_SIZE) >> 16 & PCI_HEADER_TYPE_MASK);
}

static struct bridge *find(struct pci_bus *bus, unsigned int devfn)
{
	unsigned int i;

	for (i = 0; i < bridge_count; i++)
		if (bridges[i].bus == bus && bridges[i].devfn == devfn)
			return &bridges[i];
	if (bridge_count == MOST_BRIDGES || !is_bare_bridge(bus, devfn))
		return NULL;
	bridges[i].bus = bus;
	bridges[i].devfn = devfn;
	bridges[i].regs[PCI_CACHE_LINE_SIZE / 4] = PCI_HEADER_TYPE_BRIDGE << 16;
	bridge_count++;
	return &bridges[i];
}

static bool is_kept(int reg)
{
	return reg == PCI_COMMAND || reg == PCI_CACHE_LINE_SIZE || (reg >= FIRST_WINDOW_REG && reg < 4 * REGS);
}

bool c7200_bridge_read(struct pci_bus *bus, unsigned int devfn, int reg, u32 *value)
{
	struct bridge *bridge = is_kept(reg) ? find(bus, devfn) : NULL;

	if (!bridge)
		return false;
	*value = bridge->regs[reg / 4];
	return true;
}

bool c7200_bridge_write(struct pci_bus *bus, unsigned int devfn, int reg, u32 value)
{
	struct bridge *bridge = is_kept(reg) ? find(bus, devfn) : NULL;

	if (!bridge)
		return false;
	bridge->regs[reg / 4] = (bridge->regs[reg / 4] & ~writable(reg)) | (value & writable(reg));
	return true;
}
