/* The monitor's loop: prompt, line, command. */
#include "rom.h"

#define MAX_WORDS 16

static char line[LINE_SIZE];

/* The variable PS1 may replace the prompt; `!` in it is the command number. */
static void print_prompt(u32 number)
{
	char format[32];

	if (variable_get("PS1", format, sizeof format) || format[0] == 0)
		copy_text(format, "rommon ! > ", sizeof format);
	for (const char *p = format; *p; p++) {
		if (*p == '!')
			say("%u", number);
		else
			say("%c", *p);
	}
}

void enter_monitor(void)
{
	char *words[MAX_WORDS];
	u32 number = 1;

	MTC0(CP0_STATUS, STATUS_BEV);
	VAR_FROM_MONITOR = 0;
	reset_lines();
	reset_aliases();
	say("\n");
	for (;;) {
		int count;

		print_prompt(number);
		read_line(line, 1);
		for (count = 0; line[count] == ' '; count++)
			;
		if (line[count] == 0)
			continue;
		memmove(line, line + count, strlen(line + count) + 1);
		remember_line(line);
		expand_alias(line);
		count = split_words(line, words, MAX_WORDS);
		if (count)
			run_command(count, words);
		number++;
	}
}
