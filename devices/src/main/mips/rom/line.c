/* Typing a line: backspace, Ctrl-U, Ctrl-W, Ctrl-C, and earlier lines with the arrow keys or Ctrl-P and Ctrl-N. */
#include "rom.h"

#define HISTORY_SIZE 8

#define CTRL(letter) ((letter) & 31)
#define BELL 7
#define ESCAPE 27
#define DELETE 127

static char history[HISTORY_SIZE][LINE_SIZE];
static u32 remembered;		/* lines remembered since the monitor started */
static u8 last_was_return;	/* a line feed right behind belongs to the same key */

void reset_lines(void)
{
	remembered = 0;
	last_was_return = 0;
}

void remember_line(const char *line)
{
	if (remembered && strcmp(line, history[(remembered - 1) % HISTORY_SIZE]) == 0)
		return;
	copy_text(history[remembered % HISTORY_SIZE], line, LINE_SIZE);
	remembered++;
}

static u32 oldest(void)
{
	return remembered > HISTORY_SIZE ? remembered - HISTORY_SIZE : 0;
}

void history_command(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	for (u32 i = oldest(); i < remembered; i++)
		say("%-4u%s\n", i + 1, history[i % HISTORY_SIZE]);
}

/* The next key; arrow keys arrive as ESC [ A.. from ports that do not translate them. */
static int read_key(void)
{
	static const char arrows[] = {CTRL('P'), CTRL('N'), CTRL('F'), CTRL('B')};
	int c = wait_for_key();

	if (c != ESCAPE)
		return c;
	c = wait_for_key();
	if (c != '[' && c != 'O')
		return c;
	c = wait_for_key();
	return c >= 'A' && c <= 'D' ? arrows[c - 'A'] : 0;
}

static void erase(u32 *length, u32 count)
{
	for (; count && *length; count--, --*length)
		say("\b \b");
}

static u32 last_word(const char *line, u32 length)
{
	u32 n = length;

	while (n && line[n - 1] == ' ')
		n--;
	while (n && line[n - 1] != ' ')
		n--;
	return length - n;
}

static void replace_line(char *line, u32 *length, const char *with)
{
	erase(length, *length);
	copy_text(line, with, LINE_SIZE);
	*length = strlen(line);
	say("%s", line);
}

static void recall(char *line, u32 *length, u32 *at, int older)
{
	if (older ? *at == oldest() : *at >= remembered) {
		say("%c", BELL);
		return;
	}
	*at += older ? -1u : 1u;
	line[*length] = 0;
	replace_line(line, length, *at < remembered ? history[*at % HISTORY_SIZE] : "");
}

static void type_character(char *line, u32 *length, int c)
{
	if (c < ' ' || c > '~')
		return;
	if (*length == LINE_SIZE - 1) {
		say("%c", BELL);
		return;
	}
	line[(*length)++] = (char)c;
	say("%c", c);
}

/* Handles a key that does not end the line. */
static void edit_line(char *line, u32 *length, u32 *at, int c)
{
	switch (c) {
	case '\b':
	case DELETE:
		erase(length, 1);
		break;
	case CTRL('U'):
	case CTRL('X'):
		erase(length, *length);
		break;
	case CTRL('W'):
		erase(length, last_word(line, *length));
		break;
	case CTRL('P'):
	case CTRL('N'):
		recall(line, length, at, c == CTRL('P'));
		break;
	default:
		type_character(line, length, c);
	}
}

void read_line(char *line, int with_history)
{
	u32 length = 0;
	u32 at = remembered;

	for (;;) {
		int c = read_key();
		int ignored = c == '\n' && last_was_return;

		last_was_return = c == '\r';
		if (ignored || (!with_history && (c == CTRL('P') || c == CTRL('N'))))
			continue;
		if (c == CTRL('C')) {
			say("^C");
			length = 0;
		}
		if (c == '\r' || c == '\n' || c == CTRL('C'))
			break;
		edit_line(line, &length, &at, c);
	}
	line[length] = 0;
	say("\n");
}
