/* Calls: recursive Fibonacci numbers, and functions called through a table. */
#include "bench.h"

#define NUMBER 26u
#define ROUNDS 15u
#define CALLS 200000u

const char program_name[] = "fib";

static NOINLINE u32 fib(u32 n)
{
	return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static u32 add(u32 a, u32 b) { return a + b; }
static u32 subtract(u32 a, u32 b) { return a - b; }
static u32 exclusive(u32 a, u32 b) { return a ^ b; }
static u32 turn(u32 a, u32 b) { return (a << 7 | a >> 25) + b; }
static u32 scale(u32 a, u32 b) { return a * 5 + b; }
static u32 select(u32 a, u32 b) { return a & 1 ? a : b; }
static u32 reverse(u32 a, u32 b) { return ~a + (b << 1); }
static u32 smaller(u32 a, u32 b) { return a < b ? a + 1 : b + 1; }

static u32 (*const table[8])(u32, u32) = {add, subtract, exclusive, turn, scale, select, reverse, smaller};

static NOINLINE u32 call_all(u32 seed, u32 calls)
{
	u32 result = seed;
	u32 state = seed + 1;

	for (u32 i = 0; i < calls; i++) {
		state = state * 1103515245 + 12345;
		result = table[state >> 28 & 7](result, state);
	}
	return result;
}

void prepare(void)
{
}

u32 work(void)
{
	u32 rounds = times(ROUNDS);
	u32 calls = times(CALLS);
	u32 result = 0;

	for (u32 i = 0; i < rounds; i++)
		result = (result << 5 | result >> 27) + fib(NUMBER - (times(16) < 16 ? 8 : 0)) + call_all(i, calls);
	return result;
}
