/* Memory copy and checksum over 1 MB. */
#include "copy.h"

#define BYTES (1u << 20)
#define ROUNDS 40u

const char program_name[] = "copy1";

void prepare(void)
{
	fill_source(BYTES);
}

u32 work(void)
{
	return copy_and_sum(BYTES, times(ROUNDS));
}
