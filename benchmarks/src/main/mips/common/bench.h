/* What a benchmark program and its start-up share. */
#ifndef BENCH_H
#define BENCH_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef int s32;

#define NULL ((void *)0)
#define NOINLINE __attribute__((noinline, noclone))
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

/* RAM that belongs to the program alone and is not cleared: 48 MB in kseg0, behind the page table of the TLB walk. */
#define ARENA 0x81000000u
#define ARENA_PHYSICAL 0x01000000u

/* --- Each program has these ----------------------------------------------------------------------------------- */

extern const char program_name[];

/* Done once, before the first repetition. */
void prepare(void);

/* One repetition; the same work and the same result every time. */
u32 work(void);

/* --- The start-up has these ------------------------------------------------------------------------------------ */

/* n, or less where the image was patched for short repetitions; at least 1. */
u32 times(u32 n);

/* Pseudo-random numbers; the state is never 0. */
static inline u32 next_random(u32 *state)
{
	u32 x = *state;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return *state = x;
}

/* --- Each board has these -------------------------------------------------------------------------------------- */

void board_put(int c);

/* A 32-bit device register that may be read as often as one likes, and whose top bit reads 0. */
volatile u32 *board_quiet_register(void);

#endif
