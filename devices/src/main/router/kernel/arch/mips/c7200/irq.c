// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Interrupts of the Cisco 7200. Interrupt controllers of slots end in status words of the FPGAs, eight bits for a slot; IP2 is
 * the OR of all status words AND their masks. Status bits are levels that follow the chips: there is nothing to acknowledge.
 */
#include <linux/bits.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/irqchip/chained_irq.h>
#include <linux/kernel.h>

#include <asm/irq_cpu.h>

#include <c7200.h>
#include <irq.h>

#define BITS_PER_SLOT	8
#define NO_SLOT		0xff

static struct net_word {
	phys_addr_t fpga;
	unsigned int status;
	unsigned int mask;
	u32 enabled;
	/* The slot that each byte belongs to, least significant byte first. */
	u8 slots[4];
} net_words[] = {
	{ C7200_MPFPGA, MPFPGA_NET_STATUS0, MPFPGA_NET_MASK0, 0, { 0, 1, 4, 3 } },
	{ C7200_MPFPGA, MPFPGA_NET_STATUS1, MPFPGA_NET_MASK1, 0, { NO_SLOT, 2, 6, 5 } },
	{ C7200_IOFPGA, IOFPGA_NET_STATUS2, IOFPGA_NET_MASK2, 0, { NO_SLOT, NO_SLOT, NO_SLOT, 7 } },
};

/* The word and the bit of an interrupt are its chip data and its handler data. */
static void net_enable(struct irq_data *data, bool enable)
{
	struct net_word *word = irq_data_get_irq_chip_data(data);
	u32 bit = (uintptr_t)irq_data_get_irq_handler_data(data);

	word->enabled = enable ? word->enabled | bit : word->enabled & ~bit;
	c7200_write(word->fpga, word->mask, word->enabled);
}

static void net_mask(struct irq_data *data)
{
	net_enable(data, false);
}

static void net_unmask(struct irq_data *data)
{
	net_enable(data, true);
}

static struct irq_chip net_chip = {
	.name = "C7200-slot",
	.irq_mask = net_mask,
	.irq_unmask = net_unmask,
};

static void net_cascade(struct irq_desc *desc)
{
	struct irq_chip *chip = irq_desc_get_chip(desc);
	unsigned int i;

	chained_irq_enter(chip, desc);
	for (i = 0; i < ARRAY_SIZE(net_words); i++) {
		struct net_word *word = &net_words[i];
		u32 pending;

		if (!word->enabled)
			continue;
		pending = c7200_read(word->fpga, word->status) & word->enabled;
		while (pending) {
			unsigned int bit = __ffs(pending);

			generic_handle_irq(C7200_IRQ_NET(word->slots[bit / BITS_PER_SLOT], bit % BITS_PER_SLOT));
			pending &= ~BIT(bit);
		}
	}
	chained_irq_exit(chip, desc);
}

/*
 * Handlers run with interrupts off, and a level that stays comes back when they have ended: nothing has to be masked around
 * them. What is disabled must be masked at once then.
 */
static void __init net_init(struct net_word *word, unsigned int bit)
{
	unsigned int irq = C7200_IRQ_NET(word->slots[bit / BITS_PER_SLOT], bit % BITS_PER_SLOT);

	irq_set_chip_and_handler(irq, &net_chip, handle_simple_irq);
	irq_set_chip_data(irq, word);
	irq_set_handler_data(irq, (void *)(uintptr_t)BIT(bit));
	irq_set_status_flags(irq, IRQ_LEVEL | IRQ_DISABLE_UNLAZY);
}

void __init arch_init_irq(void)
{
	unsigned int i, bit;

	mips_cpu_irq_init();
	for (i = 0; i < ARRAY_SIZE(net_words); i++) {
		struct net_word *word = &net_words[i];

		c7200_write(word->fpga, word->mask, 0);
		for (bit = 0; bit < 4 * BITS_PER_SLOT; bit++)
			if (word->slots[bit / BITS_PER_SLOT] != NO_SLOT)
				net_init(word, bit);
	}
	irq_set_chained_handler(C7200_IRQ_NETWORK, net_cascade);
}
