/* Aliases: a first word that stands for the beginning of a command line. They last until the next reset. */
#include "rom.h"

#define ALIASES 8
#define ALIAS_NAME 12
#define ALIAS_TEXT 40

static struct {
	char name[ALIAS_NAME];
	char text[ALIAS_TEXT];
} aliases[ALIASES];

static void define(u32 index, const char *name, const char *text)
{
	copy_text(aliases[index].name, name, ALIAS_NAME);
	copy_text(aliases[index].text, text, ALIAS_TEXT);
}

void reset_aliases(void)
{
	memset(aliases, 0, sizeof aliases);
	define(0, "h", "history");
	define(1, "b", "boot");
	define(2, "ls", "dir");
	define(3, "i", "reset");
	define(4, "k", "context");
}

static int find(const char *name)
{
	for (u32 i = 0; i < ALIASES; i++)
		if (aliases[i].name[0] && strcmp(aliases[i].name, name) == 0)
			return (int)i;
	return -1;
}

void expand_alias(char *line)
{
	char word[ALIAS_NAME];
	char rest[LINE_SIZE];
	u32 n = 0;
	int i;

	while (line[n] && line[n] != ' ' && n < ALIAS_NAME - 1) {
		word[n] = line[n];
		n++;
	}
	word[n] = 0;
	i = n ? find(word) : -1;
	if (i < 0 || (line[n] != 0 && line[n] != ' '))
		return;
	copy_text(rest, line + n, LINE_SIZE);
	copy_text(line, aliases[i].text, LINE_SIZE);
	copy_text(line + strlen(line), rest, LINE_SIZE - strlen(line));
}

/* Finds the name's place or a free one. */
static int place_for(const char *name)
{
	int i = find(name);

	for (u32 k = 0; i < 0 && k < ALIASES; k++)
		if (aliases[k].name[0] == 0)
			i = (int)k;
	return i;
}

void alias_command(int argc, char **argv)
{
	char text[LINE_SIZE];
	int i;

	if (argc == 1) {
		for (u32 k = 0; k < ALIASES; k++)
			if (aliases[k].name[0])
				say("%-12s%s\n", aliases[k].name, aliases[k].text);
		return;
	}
	i = place_for(argv[1]);
	if (argc == 2 || i < 0 || strlen(argv[1]) >= ALIAS_NAME) {
		say(i < 0 ? "alias: no room for another one\n" : "usage: alias [NAME COMMAND...]\n");
		return;
	}
	text[0] = 0;
	for (int k = 2; k < argc; k++) {
		copy_text(text + strlen(text), argv[k], LINE_SIZE - strlen(text));
		if (k + 1 < argc)
			copy_text(text + strlen(text), " ", LINE_SIZE - strlen(text));
	}
	define((u32)i, argv[1], text);
}

void unalias_command(int argc, char **argv)
{
	int i = argc == 2 ? find(argv[1]) : -1;

	if (i >= 0)
		aliases[i].name[0] = 0;
	else
		say(argc == 2 ? "unalias: \"%s\" is not an alias\n" : "usage: unalias NAME\n", argv[1]);
}
