/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Cisco 7200 as seen by the kernel: physical addresses and registers. All of it lies below 512 MB and is used through
 * kseg1. Registers are big-endian words; only those of the system controller are little-endian.
 */
#ifndef __ASM_MACH_C7200_C7200_H
#define __ASM_MACH_C7200_C7200_H

#ifndef __ASSEMBLY__

#include <linux/io.h>
#include <linux/types.h>
#include <asm/addrspace.h>

/* System controllers; the second one is on the NPE-300 only. */
#define C7200_GT0		0x14000000
#define C7200_GT1		0x15000000
/* What an emulator tells about itself; absent (reads 0) on hardware. */
#define C7200_REMOTE		0x16000000
#define C7200_NVRAM		0x1e000000
#define C7200_MPFPGA		0x1e800000
#define C7200_IOFPGA		0x1e840000
/* Reads 0 and ignores writes. */
#define C7200_BIT_BUCKET	0x1f000000
#define C7200_ROM_RESET		0x1fc00000
/* I/O memory of an NPE-300, and RAM of an NPE-400 beyond 256 MB. */
#define C7200_IOMEM		0x20000000

/* Where the base address registers are put. The space between RAM and the first system controller is free on every NPE. */
#define C7200_PCI_MEM		0x10000000
#define C7200_PCI_MEM_SIZE	0x02000000
#define C7200_PCI_IO_SIZE	0x8000

/* System controller */
#define GT_PCI_COMMAND		0xc00
#define GT_PCI_NO_MASTER_SWAP	0x00000001
#define GT_PCI_NO_SLAVE_SWAP	0x00010000
#define GT_PCI1_ADDRESS		0xcf0
#define GT_PCI0_ADDRESS		0xcf8

/* Remote control of an emulator */
#define REMOTE_ID		0x00
#define REMOTE_ID_VALUE		0x1e94b3df
#define REMOTE_RAM_MB		0x14
#define REMOTE_NVRAM_KB		0x1c
#define REMOTE_IOMEM_MB		0x20
#define REMOTE_VAR_DATA		0x54
#define REMOTE_VAR_COMMAND	0x58
#define REMOTE_VAR_GET		2
#define REMOTE_VAR_REWIND	3
#define REMOTE_RELOAD		0x5c
#define REMOTE_RANDOM		0x64

/* Midplane FPGA */
#define MPFPGA_NET_STATUS0	0x10
#define MPFPGA_NET_STATUS1	0x18
#define MPFPGA_NET_MASK0	0x20
#define MPFPGA_NET_MASK1	0x28
#define MPFPGA_POWER		0x68

/* I/O FPGA */
#define IOFPGA_EEPROM		0x21c
#define IOFPGA_NET_STATUS2	0x294
#define IOFPGA_NET_MASK2	0x2a4
#define IOFPGA_PEM_EEPROM	0x388
#define IOFPGA_DUART		0x404
#define IOFPGA_DUART_SIZE	0x80

static inline void __iomem *c7200_reg(phys_addr_t block, unsigned int offset)
{
	return (void __iomem *)(unsigned long)CKSEG1ADDR(block + offset);
}

static inline u32 c7200_read(phys_addr_t block, unsigned int offset)
{
	return __raw_readl(c7200_reg(block, offset));
}

static inline void c7200_write(phys_addr_t block, unsigned int offset, u32 value)
{
	__raw_writel(value, c7200_reg(block, offset));
}

/* Registers of a system controller are little-endian, whatever its byte exchange for PCI is set to. */
static inline u32 gt_read(phys_addr_t gt, unsigned int offset)
{
	return le32_to_cpu((__force __le32)c7200_read(gt, offset));
}

static inline void gt_write(phys_addr_t gt, unsigned int offset, u32 value)
{
	c7200_write(gt, offset, (__force u32)cpu_to_le32(value));
}

/**
 * enum c7200_pci_layout - how the PCI buses of an NPE are arranged
 * @C7200_PCI_ONE_ROOT: port adapters behind two bridges, the I/O controller's Ethernet on the root itself
 * @C7200_PCI_TWO_ROOTS: port adapters' bridges on two roots, the I/O controller behind a bridge
 * @C7200_PCI_TWO_ROOTS_BRIDGED: as before, with one more bridge between root and port adapters
 */
enum c7200_pci_layout {
	C7200_PCI_ONE_ROOT,
	C7200_PCI_TWO_ROOTS,
	C7200_PCI_TWO_ROOTS_BRIDGED,
};

/**
 * struct c7200_npe - what network processing engines differ in
 * @name: Cisco's name
 * @mhz: pipeline clock; Count runs at half of it
 * @layout: PCI buses
 */
struct c7200_npe {
	const char *name;
	unsigned int mhz;
	enum c7200_pci_layout layout;
};

extern const struct c7200_npe *c7200_npe;

const struct c7200_npe *c7200_identify_npe(void);
unsigned int c7200_nvram_bytes(void);

/* What to make of the cache sizes in the processor's Config register. */
unsigned int plat_cache_config(unsigned int config);

#endif /* !__ASSEMBLY__ */

#endif /* __ASM_MACH_C7200_C7200_H */
