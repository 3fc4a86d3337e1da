/*
 * Interrupt latency: the guest computes, and the timer interrupts it at moments it does not expect. The handler reads by how much Count
 * is past Compare. After each repetition a line tells, in ticks of Count: the shortest, the sum and the longest, and how many were
 * longer than each limit.
 */
#include "bench.h"

#define INTERRUPTS 500u
#define SHORTEST_WAIT 8000u
#define STATUS_TIMER 0x8001u

const char program_name[] = "interrupt";

/* Written by the handler. */
volatile u32 latency, taken;

static const u32 limits[] = {1750, 17500, 175000};
static u8 text[4096];
static u32 table[256];

void handler(void);
__asm__(
	"	.set	push\n"
	"	.set	noreorder\n"
	"	.set	noat\n"
	"	.text\n"
	"	.globl	handler\n"
	"handler:\n"
	"	mfc0	$26, $9\n"
	"	mfc0	$27, $13\n"
	"	andi	$27, $27, 0x7C\n"
	"	bnez	$27, 1f\n"
	"	 nop\n"
	"	mfc0	$27, $11\n"
	"	subu	$26, $26, $27\n"
	"	mtc0	$27, $11\n"
	"	lui	$27, %hi(latency)\n"
	"	sw	$26, %lo(latency)($27)\n"
	"	lui	$27, %hi(taken)\n"
	"	lw	$26, %lo(taken)($27)\n"
	"	addiu	$26, $26, 1\n"
	"	sw	$26, %lo(taken)($27)\n"
	"	nop\n"
	"	nop\n"
	"	eret\n"
	"	nop\n"
	"1:	mfc0	$4, $13\n"
	"	mfc0	$5, $14\n"
	"	j	unexpected_exception\n"
	"	 mfc0	$6, $8\n"
	"	.set	pop\n");

static inline u32 count(void)
{
	u32 value;

	__asm__ volatile("mfc0 %0, $9" : "=r"(value));
	return value;
}

static inline void set_compare(u32 value)
{
	__asm__ volatile("mtc0 %0, $11" : : "r"(value));
}

static void put_number(u32 number)
{
	char digits[10];
	u32 n = 0;

	do {
		digits[n++] = "0123456789"[number % 10];
		number /= 10;
	} while (number);
	board_put(' ');
	while (n)
		board_put(digits[--n]);
}

void prepare(void)
{
	/* uncached, so that the instruction cache cannot have it */
	volatile u32 *vector = (volatile u32 *)0xA0000180;
	u32 status;

	vector[0] = 0x3C1A0000u | (u32)handler >> 16;		/* lui   $k0 */
	vector[1] = 0x375A0000u | ((u32)handler & 0xFFFF);	/* ori   $k0 */
	vector[2] = 0x03400008u;				/* jr    $k0 */
	vector[3] = 0;
	for (u32 i = 0; i < COUNT_OF(table); i++) {
		u32 value = i;

		for (u32 bit = 0; bit < 8; bit++)
			value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
		table[i] = value;
	}
	set_compare(count() - 1);
	__asm__ volatile("mfc0 %0, $12" : "=r"(status));
	__asm__ volatile("mtc0 %0, $12" : : "r"(status | STATUS_TIMER));
}

/* Something to do: changes a text and sums it, with loads, stores, calls and branches. */
static NOINLINE u32 compute(u32 seed)
{
	u32 sum = seed;

	for (u32 i = 0; i < sizeof(text); i++) {
		sum = sum >> 8 ^ table[(sum ^ text[i]) & 255];
		if (sum & 4)
			text[i] = (u8)sum;
	}
	return sum;
}

u32 work(void)
{
	u32 interrupts = times(INTERRUPTS);
	u32 shortest = ~0u, longest = 0, sum = 0, late[COUNT_OF(limits)] = {0};
	u32 first = taken, state = 88172645, result = 1;

	for (u32 i = 0; i < interrupts; i++) {
		u32 before = taken;

		set_compare(count() + SHORTEST_WAIT + (next_random(&state) >> 15));
		while (taken == before)
			result = compute(result);
		sum += latency;
		if (latency < shortest)
			shortest = latency;
		if (latency > longest)
			longest = latency;
		for (u32 k = 0; k < COUNT_OF(limits); k++)
			late[k] += latency > limits[k];
	}
	for (const char *c = "ticks"; *c; c++)
		board_put(*c);
	put_number(shortest);
	put_number(sum);
	put_number(longest);
	for (u32 k = 0; k < COUNT_OF(limits); k++)
		put_number(late[k]);
	board_put('\r');
	board_put('\n');
	return taken - first;
}
