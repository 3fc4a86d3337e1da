/* Copying and summing memory: the body of both memory programs. */
#include "copy.h"

static NOINLINE void copy_words(u32 *to, const u32 *from, u32 words)
{
	for (; words; words -= 4, to += 4, from += 4) {
		u32 a = from[0], b = from[1], c = from[2], d = from[3];

		to[0] = a;
		to[1] = b;
		to[2] = c;
		to[3] = d;
	}
}

/* The ones' complement sum of Internet checksums. */
static NOINLINE u32 sum_halves(const u16 *data, u32 halves)
{
	u32 sum = 0;

	for (; halves; halves -= 4, data += 4) {
		sum += data[0];
		sum += data[1];
		sum += data[2];
		sum += data[3];
		sum = (sum & 0xFFFF) + (sum >> 16);
	}
	return sum;
}

void fill_source(u32 bytes)
{
	u32 *at = (u32 *)ARENA;
	u32 seed = 4711;

	for (u32 i = 0; i < bytes / 4; i++)
		at[i] = next_random(&seed);
}

u32 copy_and_sum(u32 bytes, u32 rounds)
{
	u32 *from = (u32 *)ARENA;
	u32 *to = (u32 *)(ARENA + bytes);
	u32 result = 0;

	for (u32 i = 0; i < rounds; i++) {
		copy_words(to, from, bytes / 4);
		to[i & 1023] ^= i;
		result = (result << 1 | result >> 31) ^ sum_halves((u16 *)to, bytes / 2);
	}
	return result;
}
