/* Growing text, and small things done with words. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORDS 24

struct text {
	char *data;		/* always ends with a NUL when not NULL */
	size_t length;
	size_t size;
};

void add_bytes(struct text *text, const void *data, size_t length);
void add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *text_of(const struct text *text);
void free_text(struct text *text);

/* Reads a whole file, LIMIT bytes at most; false (and errno) if that is not possible. */
bool read_whole(const char *path, struct text *text, size_t limit);
/* Replaces a file in one step. */
bool replace_file(const char *path, const struct text *text);

/* Cuts a line into words in place; what is beyond WORDS words is left out. */
int split(char *line, char **words);
/* Whether WORD is FULL or its beginning, with at least LEAST characters; case does not matter. */
bool is(const char *word, const char *full, size_t least);
/* A decimal number and nothing else. */
bool parse_number(const char *word, unsigned long least, unsigned long most, unsigned *value);

#endif
