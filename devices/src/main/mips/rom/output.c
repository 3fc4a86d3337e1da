/* Console and log output. */
#include "rom.h"

static void put_console(int c)
{
	REMOTE_CONSOLE = (u8)c;
}

static void put_log(int c)
{
	REMOTE_LOG = (u8)c;
}

static void put_terminal(int c)
{
	if (c == '\n')
		put_console('\r');
	put_console(c);
}

#define FORMAT_TO(put) \
	do { \
		va_list args; \
		va_start(args, format); \
		format_text(put, format, args); \
		va_end(args); \
	} while (0)

void rom_print(const char *format, ...)
{
	FORMAT_TO(put_console);
}

void rom_log(const char *format, ...)
{
	FORMAT_TO(put_log);
}

void say(const char *format, ...)
{
	FORMAT_TO(put_terminal);
}
