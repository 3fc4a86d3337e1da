/* Polling a device register, with a little arithmetic in between as drivers do. */
#include "bench.h"

#define READS 5000000u

const char program_name[] = "mmio";

static u32 history[64];

void prepare(void)
{
}

u32 work(void)
{
	volatile u32 *quiet = board_quiet_register();
	u32 reads = times(READS);
	u32 ready = 0;
	u32 result = 1;

	for (u32 i = 0; i < reads; i++) {
		if (*quiet & 0x80000000u)
			ready++;
		result = result * 5 + i;
		history[i & 63] = result;
	}
	return result ^ ready ^ history[reads & 63];
}
