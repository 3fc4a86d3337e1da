// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PCI of the Cisco 7200: one root behind a GT-64010, two behind a GT-64120. The two GT-64120 of an NPE-300 share their roots, so
 * the first one is enough.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/pci.h>

#include <c7200.h>
#include <irq.h>

#include "pci.h"

#define CONFIG_ENABLE	0x80000000

struct c7200_root {
	struct pci_controller controller;
	struct resource memory;
	struct resource io;
	/* Register with the configuration address; the data follow it. */
	unsigned int address_reg;
};

static struct c7200_root roots[];

static struct c7200_root *root_of(struct pci_bus *bus)
{
	return container_of((struct pci_controller *)bus->sysdata, struct c7200_root, controller);
}

/*
 * The roots do not know of each other: each calls its own bus number 0, whereas Linux counts on. Bridges only see bus numbers
 * that Linux has given them.
 */
static void select_register(struct pci_bus *bus, unsigned int devfn, int reg)
{
	unsigned int number = pci_is_root_bus(bus) ? 0 : bus->number;

	gt_write(C7200_GT0, root_of(bus)->address_reg, CONFIG_ENABLE | number << 16 | devfn << 8 | reg);
}

u32 c7200_config_read(struct pci_bus *bus, unsigned int devfn, int reg)
{
	select_register(bus, devfn, reg);
	return gt_read(C7200_GT0, root_of(bus)->address_reg + 4);
}

void c7200_config_write(struct pci_bus *bus, unsigned int devfn, int reg, u32 value)
{
	select_register(bus, devfn, reg);
	gt_write(C7200_GT0, root_of(bus)->address_reg + 4, value);
}

static u32 read_word(struct pci_bus *bus, unsigned int devfn, int reg)
{
	u32 value;

	if (c7200_bridge_read(bus, devfn, reg, &value))
		return value;
	return c7200_config_read(bus, devfn, reg);
}

static u32 lane_mask(int where, int size)
{
	return (size == 4 ? ~0U : (1U << 8 * size) - 1) << 8 * (where & 3);
}

static int config_read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *value)
{
	u32 word = read_word(bus, devfn, where & ~3);

	*value = (word & lane_mask(where, size)) >> 8 * (where & 3);
	return PCIBIOS_SUCCESSFUL;
}

/* The controllers only do whole words. Status bits, next to the command, are cleared by ones. */
static int config_write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 value)
{
	int reg = where & ~3;
	u32 mask = lane_mask(where, size);
	u32 word = 0;

	if (size != 4 && reg != PCI_COMMAND)
		word = read_word(bus, devfn, reg) & ~mask;
	word |= value << 8 * (where & 3) & mask;
	if (!c7200_bridge_write(bus, devfn, reg, word))
		c7200_config_write(bus, devfn, reg, word);
	return PCIBIOS_SUCCESSFUL;
}

static struct pci_ops c7200_pci_ops = {
	.read = config_read,
	.write = config_write,
};

#define ROOT(n, reg) {								\
	.controller = {								\
		.pci_ops = &c7200_pci_ops,					\
		.mem_resource = &roots[n].memory,				\
		.io_resource = &roots[n].io,					\
	},									\
	.memory = DEFINE_RES_MEM_NAMED(C7200_PCI_MEM + (n) * C7200_PCI_MEM_SIZE,	\
				       C7200_PCI_MEM_SIZE, "PCI" #n " memory"),	\
	.io = DEFINE_RES_IO_NAMED((n) * C7200_PCI_IO_SIZE, C7200_PCI_IO_SIZE,	\
				  "PCI" #n " I/O"),				\
	.address_reg = (reg),							\
}

static struct c7200_root roots[] = {
	ROOT(0, GT_PCI0_ADDRESS),
	ROOT(1, GT_PCI1_ADDRESS),
};

/**
 * slot_of_path - the chassis slot that a function is in
 * @root: number of its root
 * @path: device numbers from the root down, that of the function last
 * @length: of @path
 *
 * Return: the slot, or -1 for what is part of the NPE.
 */
static int slot_of_path(unsigned int root, const unsigned int *path, unsigned int length)
{
	switch (c7200_npe->layout) {
	case C7200_PCI_ONE_ROOT:
		if (length == 1 && path[0] == 6)
			return 0;
		if (length == 3 && (path[0] == 2 || path[0] == 4))
			return 2 * path[1] - (path[0] == 2);
		break;
	case C7200_PCI_TWO_ROOTS:
		if (length == 2 && root == 0 && path[0] == 1)
			return 0;
		if (length == 2 && path[0] >= 7)
			return 2 * (path[0] - 7) + 1 + root;
		break;
	case C7200_PCI_TWO_ROOTS_BRIDGED:
		if (length == 2 && root == 0 && path[0] == 1)
			return 0;
		if (length == 3)
			return 2 * path[1] - (root == 0);
		break;
	}
	return -1;
}

/* The number of a chip on its card is also that of its interrupt; a lone Ethernet controller on a root bus is the exception. */
int pcibios_map_irq(const struct pci_dev *dev, u8 device, u8 pin)
{
	const struct pci_bus *bus;
	unsigned int path[8];
	unsigned int at = ARRAY_SIZE(path);
	int slot;

	path[--at] = PCI_SLOT(dev->devfn);
	for (bus = dev->bus; !pci_is_root_bus((struct pci_bus *)bus) && at > 0; bus = bus->parent)
		path[--at] = PCI_SLOT(bus->self->devfn);
	slot = slot_of_path(root_of((struct pci_bus *)bus) - roots, path + at, ARRAY_SIZE(path) - at);
	if (slot < 0 || slot >= C7200_SLOTS)
		return 0;
	return C7200_IRQ_NET(slot, pci_is_root_bus(dev->bus) ? 0 : PCI_SLOT(dev->devfn));
}

int pcibios_plat_dev_init(struct pci_dev *dev)
{
	return 0;
}

static int __init c7200_pci_init(void)
{
	unsigned int count = c7200_npe->layout == C7200_PCI_ONE_ROOT ? 1 : ARRAY_SIZE(roots);
	unsigned int i;

	/*
	 * I/O space begins at the physical address 2^32, where a 32-bit kernel does not reach. Ports can be assigned, which keeps
	 * drivers happy that prefer memory, but end in a place that has no effect.
	 */
	set_io_port_base((unsigned long)c7200_reg(C7200_BIT_BUCKET, 0));
	ioport_resource.end = ARRAY_SIZE(roots) * C7200_PCI_IO_SIZE - 1;
	PCIBIOS_MIN_IO = 0x1000;
	for (i = 0; i < count; i++) {
		roots[i].controller.io_map_base = mips_io_port_base;
		register_pci_controller(&roots[i].controller);
	}
	return 0;
}
arch_initcall(c7200_pci_init);
