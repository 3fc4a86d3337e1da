#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static void need(struct text *text, size_t more)
{
	size_t size = text->size ? text->size : 256;

	while (size - text->length <= more)
		size *= 2;
	if (size == text->size)
		return;
	text->data = realloc(text->data, size);
	if (text->data == NULL) {
		fputs("out of memory\n", stderr);
		exit(1);
	}
	text->size = size;
}

void add_bytes(struct text *text, const void *data, size_t length)
{
	need(text, length);
	if (length)
		memcpy(text->data + text->length, data, length);
	text->length += length;
	text->data[text->length] = 0;
}

void add(struct text *text, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		return;
	need(text, (size_t)length);
	va_start(args, format);
	vsnprintf(text->data + text->length, (size_t)length + 1, format, args);
	va_end(args);
	text->length += (size_t)length;
}

const char *text_of(const struct text *text)
{
	return text->data ? text->data : "";
}

void free_text(struct text *text)
{
	free(text->data);
	*text = (struct text){0};
}

bool read_whole(const char *path, struct text *text, size_t limit)
{
	char block[4096];
	size_t count;
	FILE *in = fopen(path, "r");

	if (in == NULL)
		return false;
	while ((count = fread(block, 1, sizeof block, in)) > 0) {
		if (count > limit - text->length) {
			fclose(in);
			errno = EFBIG;
			return false;
		}
		add_bytes(text, block, count);
	}
	if (ferror(in)) {
		fclose(in);
		errno = EIO;
		return false;
	}
	fclose(in);
	return true;
}

bool replace_file(const char *path, const struct text *text)
{
	struct text name = {0};
	FILE *out;
	bool good;

	add(&name, "%s.new", path);
	out = fopen(name.data, "w");
	if (out == NULL) {
		free_text(&name);
		return false;
	}
	good = fwrite(text_of(text), 1, text->length, out) == text->length;
	good = fclose(out) == 0 && good;
	good = good && rename(name.data, path) == 0;
	free_text(&name);
	return good;
}

int split(char *line, char **words)
{
	int count = 0;
	char *rest = line;
	char *word;

	while (count < WORDS && (word = strtok_r(rest, " \t\r\n", &rest)))
		words[count++] = word;
	return count;
}

bool is(const char *word, const char *full, size_t least)
{
	size_t length = strlen(word);

	return length >= least && length <= strlen(full) && strncasecmp(word, full, length) == 0;
}

bool parse_number(const char *word, unsigned long least, unsigned long most, unsigned *value)
{
	unsigned long long number = 0;
	const char *digit = word;

	for (; *digit >= '0' && *digit <= '9' && digit - word < 11; digit++)
		number = number * 10 + (unsigned)(*digit - '0');
	if (digit == word || *digit || number < least || number > most)
		return false;
	*value = (unsigned)number;
	return true;
}
