/* System calls: exception, dispatch in start.S, a short function, return from exception. */
#include "bench.h"

#define CALLS 1200000u

const char program_name[] = "syscall";

static u32 ticks, held;

static u32 get_ticks(u32 argument) { return ticks += argument & 3; }
static u32 hold(u32 argument) { return held += argument; }
static u32 release(u32 argument) { return held -= argument >> 1; }
static u32 identify(u32 argument) { return argument ^ 0x5A5A5A5A; }

u32 (*const system_calls[8])(u32) = {get_ticks, hold, release, identify, get_ticks, identify, hold, release};

static inline u32 system_call(u32 number, u32 argument)
{
	register u32 v0 __asm__("$2") = number;
	register u32 a0 __asm__("$4") = argument;

	__asm__ volatile("syscall" : "+r"(v0), "+r"(a0) : :
		"$1", "$3", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24", "$25", "hi", "lo",
		"memory");
	return v0;
}

void prepare(void)
{
}

u32 work(void)
{
	u32 calls = times(CALLS);
	u32 result = 0;

	ticks = held = 0;
	for (u32 i = 0; i < calls; i++)
		result = (result << 1 | result >> 31) + system_call(i & 7, result ^ i);
	return result;
}
