/* The Cisco 7200: console half of the DUART behind the I/O card's FPGA. */
#include "bench.h"

#define DUART_SRA 0xBE84040Cu
#define DUART_THRA 0xBE84041Cu

void board_put(int c)
{
	*(volatile u32 *)DUART_THRA = (u8)c;
}

volatile u32 *board_quiet_register(void)
{
	return (volatile u32 *)DUART_SRA;
}
