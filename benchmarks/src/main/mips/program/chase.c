/* Pointer chase: one cycle through 16 MB in random order, so that nearly every step misses the host's caches. */
#include "bench.h"

#define NODES (1u << 18)
#define STEPS 2000000u

struct node {
	struct node *next;
	u32 value;
	u32 rest[14];
};

const char program_name[] = "chase";

void prepare(void)
{
	struct node *nodes = (struct node *)ARENA;
	u32 seed = 99991;

	for (u32 i = 0; i < NODES; i++) {
		nodes[i].next = &nodes[i];
		nodes[i].value = i;
	}
	for (u32 i = NODES - 1; i > 0; i--) {		/* exchanging with an earlier one only: a single cycle */
		u32 other = next_random(&seed) % i;
		struct node *next = nodes[i].next;

		nodes[i].next = nodes[other].next;
		nodes[other].next = next;
	}
}

u32 work(void)
{
	const struct node *n = (const struct node *)ARENA;
	u32 steps = times(STEPS);
	u32 result = 0;

	for (u32 i = 0; i < steps; i++) {
		result = result * 3 + n->value;
		n = n->next;
	}
	return result;
}
