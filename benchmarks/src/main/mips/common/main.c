/* Repeats a program for ever and prints a line after each repetition. */
#include "bench.h"

/* Found in the image by its text; whoever wants short repetitions patches the word behind it. */
static const volatile struct {
	char mark[12];
	u32 divisor;
} parameters __attribute__((used, aligned(16))) = {"XENOBENCH 1", 1};

u32 times(u32 n)
{
	n /= parameters.divisor;
	return n ? n : 1;
}

static void put_text(const char *text)
{
	for (; *text; text++)
		board_put(*text);
}

static void put_number(u32 number, u32 base, u32 digits)
{
	char text[12];
	u32 at = sizeof text - 1;

	text[at] = 0;
	do {
		text[--at] = "0123456789abcdef"[number % base];
		number /= base;
	} while (number || sizeof text - 1 - at < digits);
	put_text(text + at);
}

void main_loop(void)
{
	put_text("program ");
	put_text(program_name);
	put_text("\r\n");
	prepare();
	for (u32 repetition = 1;; repetition++) {
		u32 result = work();

		put_text("rep ");
		put_number(repetition, 10, 1);
		put_text(" result ");
		put_number(result, 16, 8);
		put_text("\r\n");
	}
}

/* What system calls do; the program that makes some has its own table. */
static u32 no_call(u32 argument)
{
	return argument;
}

__attribute__((weak)) u32 (*const system_calls[8])(u32) = {no_call, no_call, no_call, no_call, no_call, no_call, no_call,
	no_call};

/* Reached through the exception vector for everything but system calls and TLB refills. */
void unexpected_exception(u32 cause, u32 epc, u32 address)
{
	put_text("exception: cause ");
	put_number(cause, 16, 8);
	put_text(" epc ");
	put_number(epc, 16, 8);
	put_text(" address ");
	put_number(address, 16, 8);
	put_text("\r\n");
	for (;;)
		;
}
