// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which network processing engine this is, from the serial EEPROMs on it.
 */
#include <linux/bits.h>
#include <linux/init.h>
#include <linux/kernel.h>

#include <asm/cpu-info.h>
#include <asm/cpu.h>

#include <c7200.h>

#define COMMAND_BITS	9
#define COMMAND_READ	3	/* start bit and opcode; the FPGA shifts the least significant bit first */
#define WORD_BITS	16

#define FORMAT_1	1
#define FORMAT_4	4

/**
 * struct eeprom_port - lines of a serial EEPROM in a register of the I/O FPGA
 * @reg: register
 * @select: chip select, mask
 * @clock: shift clock, mask
 * @data_in: data to the EEPROM, mask
 * @data_out: data from the EEPROM, mask
 */
struct eeprom_port {
	unsigned int reg;
	u32 select;
	u32 clock;
	u32 data_in;
	u32 data_out;
};

static const struct eeprom_port npe_port __initconst = {
	IOFPGA_EEPROM, BIT(2), BIT(1), BIT(0), BIT(6)
};

static const struct eeprom_port pem_port __initconst = {
	IOFPGA_PEM_EEPROM, BIT(1), BIT(0), BIT(2), BIT(3)
};

static u16 __init eeprom_word(const struct eeprom_port *port, unsigned int address)
{
	u32 command = COMMAND_READ | address << 3;
	u16 word = 0;
	int i;

	c7200_write(C7200_IOFPGA, port->reg, 0);
	c7200_write(C7200_IOFPGA, port->reg, port->select);
	for (i = 0; i < COMMAND_BITS; i++) {
		u32 lines = port->select | (command & BIT(i) ? port->data_in : 0);

		c7200_write(C7200_IOFPGA, port->reg, lines);
		c7200_write(C7200_IOFPGA, port->reg, lines | port->clock);
	}
	for (i = 0; i < WORD_BITS; i++) {
		c7200_write(C7200_IOFPGA, port->reg, port->select);
		c7200_write(C7200_IOFPGA, port->reg, port->select | port->clock);
		/* Valid from the rising clock edge to the next write only. */
		if (c7200_read(C7200_IOFPGA, port->reg) & port->data_out)
			word |= BIT(i);
	}
	c7200_write(C7200_IOFPGA, port->reg, 0);
	return word;
}

/* The product id: the low byte of the first word in format 1; behind the tag 0x40 in format 4. */
static u16 __init product_id(const struct eeprom_port *port)
{
	u16 first = eeprom_word(port, 0);

	switch (first >> 8) {
	case FORMAT_1:
		return first & 0xff;
	case FORMAT_4:
		return (eeprom_word(port, 1) & 0xff) << 8 | eeprom_word(port, 2) >> 8;
	default:
		return 0;
	}
}

static const struct {
	u16 product;
	u16 power_module;	/* product id, 0 if it does not matter */
	struct c7200_npe npe;
} npes[] = {
	{ 0x035, 0x00, { "NPE-100", 100, C7200_PCI_ONE_ROOT } },
	{ 0x015, 0x00, { "NPE-150", 150, C7200_PCI_ONE_ROOT } },
	{ 0x069, 0x00, { "NPE-200", 200, C7200_PCI_ONE_ROOT } },
	{ 0x0c2, 0xc3, { "NPE-175", 200, C7200_PCI_TWO_ROOTS } },
	{ 0x0c2, 0xd5, { "NPE-225", 262, C7200_PCI_TWO_ROOTS } },
	{ 0x0ae, 0x00, { "NPE-300", 262, C7200_PCI_TWO_ROOTS_BRIDGED } },
	/* Also what is assumed for an NPE that is not known. */
	{ 0x1f8, 0x00, { "NPE-400", 350, C7200_PCI_TWO_ROOTS } },
};

const struct c7200_npe * __init c7200_identify_npe(void)
{
	u16 product = product_id(&npe_port);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(npes) - 1; i++)
		if (npes[i].product == product &&
		    (!npes[i].power_module || npes[i].power_module == product_id(&pem_port)))
			break;
	return &npes[i].npe;
}
