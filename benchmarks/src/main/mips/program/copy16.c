/* Memory copy and checksum over 16 MB. */
#include "copy.h"

#define BYTES (16u << 20)
#define ROUNDS 2u

const char program_name[] = "copy16";

void prepare(void)
{
	fill_source(BYTES);
}

u32 work(void)
{
	return copy_and_sum(BYTES, times(ROUNDS));
}
