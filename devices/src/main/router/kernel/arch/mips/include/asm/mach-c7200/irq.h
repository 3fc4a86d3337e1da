/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Interrupt numbers of the Cisco 7200. User space may rely on the formula for network interrupts: from it follow the slot and
 * port of a network interface.
 */
#ifndef __ASM_MACH_C7200_IRQ_H
#define __ASM_MACH_C7200_IRQ_H

#define MIPS_CPU_IRQ_BASE	0

#define C7200_IRQ_NETWORK	(MIPS_CPU_IRQ_BASE + 2)	/* cascade: controllers on port adapters */
#define C7200_IRQ_DUART		(MIPS_CPU_IRQ_BASE + 5)

#define C7200_IRQ_NET_BASE	32
#define C7200_SLOTS		8
#define C7200_IRQ_NET(slot, port)	(C7200_IRQ_NET_BASE + (slot) * 8 + (port))

#define NR_IRQS			(C7200_IRQ_NET_BASE + C7200_SLOTS * 8)

#endif /* __ASM_MACH_C7200_IRQ_H */
