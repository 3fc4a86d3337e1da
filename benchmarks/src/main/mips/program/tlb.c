/* Walking 2 MB of mapped memory page by page; the TLB of no processor concerned holds more than a quarter of it.
 * The refill handler is in start.S. */
#include "bench.h"

#define PAGE 4096u
#define PAGES 512u
#define BASE 0x00400000u
#define WORDS_PER_VISIT 48u
#define ROUNDS 400u
#define TABLE 0x80800000u		/* a multiple of 8 MB, as Context wants it */
#define ENTRY_FLAGS 0x1Fu		/* cacheable noncoherent, dirty, valid, global */

const char program_name[] = "tlb";

static NOINLINE u32 visit(u32 *page, u32 number)
{
	u32 sum = 0;

	for (u32 i = 0; i < WORDS_PER_VISIT; i++)
		sum += page[i];
	page[number % WORDS_PER_VISIT] = sum ^ number;
	return sum;
}

void prepare(void)
{
	volatile u32 *entry = (volatile u32 *)(TABLE + (BASE >> 13 << 4));

	for (u32 i = 0; i < PAGES; i++) {
		u32 frame = (ARENA_PHYSICAL >> 12) + (i * 37 & (PAGES - 1));

		entry[i * 2] = 0;
		entry[i * 2 + 1] = frame << 6 | ENTRY_FLAGS;
	}
	__asm__ volatile("mtc0 %0,$4\n\tnop\n\tnop\n\tnop\n\tnop" : : "r"(TABLE));
}

u32 work(void)
{
	u32 rounds = times(ROUNDS);
	u32 result = 0;

	for (u32 i = 0; i < PAGES; i++)
		for (u32 w = 0; w < WORDS_PER_VISIT; w++)
			((u32 *)(BASE + i * PAGE))[w] = i * 77 + w;
	for (u32 r = 0; r < rounds; r++)
		for (u32 i = 0; i < PAGES; i++)
			result = (result << 1 | result >> 31) + visit((u32 *)(BASE + i * PAGE), r + i);
	return result;
}
