// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The console before its driver: polled output on channel A of the DUART, as the ROM has set it up.
 */
#include <linux/init.h>

#include <asm/setup.h>

#include <c7200.h>

#define DUART_STATUS_A	0x40c
#define DUART_TX_A	0x41c
#define DUART_TXRDY	0x04

void prom_putchar(char c)
{
	while (!(c7200_read(C7200_IOFPGA, DUART_STATUS_A) & DUART_TXRDY))
		;
	c7200_write(C7200_IOFPGA, DUART_TX_A, c);
}
