/* Strings, memory and formatted output: the part of a C library the guest programs need. */
#ifndef TEXT_H
#define TEXT_H

#include <stdarg.h>
#include "types.h"

void *memset(void *to, int value, u32 length);
void *memcpy(void *to, const void *from, u32 length);
void *memmove(void *to, const void *from, u32 length);
int memcmp(const void *a, const void *b, u32 length);
u32 strlen(const char *s);
int strcmp(const char *a, const char *b);

/* Compares without regard to the case of ASCII letters; 1 when equal. */
int same_word(const char *a, const char *b);
/* True when word is a non-empty abbreviation of full, without regard to case. */
int abbreviates(const char *word, const char *full);
/* Copies at most size - 1 characters and always terminates. */
void copy_text(char *to, const char *from, u32 size);
/* Splits a line in place at blanks; returns the number of words, at most max. */
int split_words(char *line, char **words, int max);
/* Whole-string number, decimal or 0x hexadecimal, up to 32 bits; 1 on success. */
int parse_number(const char *s, u32 *value);
/* %c %s %d %u %x with an optional '-' (left adjust), zero padding and width; %% is a per cent sign. */
void format_text(void (*put)(int c), const char *format, va_list args);

static inline int is_digit(int c) { return c >= '0' && c <= '9'; }
static inline int to_lower(int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

#endif
