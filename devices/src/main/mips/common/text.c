/* Strings, memory and formatted output. See text.h. */
#include "text.h"

void *memset(void *to, int value, u32 length)
{
	u8 *p = to;

	while (length--)
		*p++ = (u8)value;
	return to;
}

void *memcpy(void *to, const void *from, u32 length)
{
	u8 *p = to;
	const u8 *q = from;

	if ((((u32)p | (u32)q) & 3) == 0)
		for (; length >= 4; length -= 4, p += 4, q += 4)
			*(u32 *)p = *(const u32 *)q;
	while (length--)
		*p++ = *q++;
	return to;
}

void *memmove(void *to, const void *from, u32 length)
{
	u8 *p = to;
	const u8 *q = from;

	if (p <= q)
		return memcpy(to, from, length);
	while (length--)
		p[length] = q[length];
	return to;
}

int memcmp(const void *a, const void *b, u32 length)
{
	const u8 *p = a;
	const u8 *q = b;

	for (; length; length--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

u32 strlen(const char *s)
{
	u32 n = 0;

	while (s[n])
		n++;
	return n;
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (u8)*a - (u8)*b;
}

int same_word(const char *a, const char *b)
{
	while (*a && to_lower(*a) == to_lower(*b)) {
		a++;
		b++;
	}
	return *a == 0 && *b == 0;
}

int abbreviates(const char *word, const char *full)
{
	if (*word == 0)
		return 0;
	while (*word && to_lower(*word) == to_lower(*full)) {
		word++;
		full++;
	}
	return *word == 0;
}

void copy_text(char *to, const char *from, u32 size)
{
	while (size > 1 && *from) {
		*to++ = *from++;
		size--;
	}
	*to = 0;
}

int split_words(char *line, char **words, int max)
{
	int n = 0;

	for (;;) {
		while (*line == ' ' || *line == '\t')
			*line++ = 0;
		if (*line == 0 || n == max)
			return n;
		words[n++] = line;
		while (*line && *line != ' ' && *line != '\t')
			line++;
	}
}

static int digit_value(int c)
{
	c = to_lower(c);
	if (is_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

int parse_number(const char *s, u32 *value)
{
	u32 base = 10;
	u64 v = 0;

	if (s[0] == '0' && to_lower(s[1]) == 'x') {
		base = 16;
		s += 2;
	}
	if (*s == 0)
		return 0;
	for (; *s; s++) {
		u32 d = (u32)digit_value(*s);

		if (d >= base)
			return 0;
		v = v * base + d;
		if (v >> 32)
			return 0;
	}
	*value = (u32)v;
	return 1;
}

static void put_padded(void (*put)(int c), const char *s, int length, int width, int left, char pad)
{
	if (!left)
		for (; width > length; width--)
			put(pad);
	for (int i = 0; i < length; i++)
		put(s[i]);
	for (; left && width > length; width--)
		put(' ');
}

static int digits_of(char *end, u32 value, u32 base)
{
	int n = 0;

	do {
		*--end = "0123456789abcdef"[value % base];
		value /= base;
		n++;
	} while (value);
	return n;
}

void format_text(void (*put)(int c), const char *format, va_list args)
{
	char digits[12];
	char *end = digits + sizeof digits;

	for (; *format; format++) {
		int width = 0;
		int left = 0;
		char pad = ' ';

		if (*format != '%') {
			put(*format);
			continue;
		}
		if (*++format == '-') {
			left = 1;
			format++;
		}
		if (*format == '0')
			pad = '0';
		for (; is_digit(*format); format++)
			width = width * 10 + *format - '0';
		switch (*format) {
		case 0:
			return;
		case 'c':
			digits[0] = (char)va_arg(args, int);
			put_padded(put, digits, 1, width, left, ' ');
			break;
		case 's': {
			const char *s = va_arg(args, const char *);

			put_padded(put, s, (int)strlen(s), width, left, ' ');
			break;
		}
		case 'd':
		case 'u':
		case 'x': {
			u32 v = va_arg(args, u32);
			int negative = *format == 'd' && (s32)v < 0;
			int n = digits_of(end, negative ? -v : v, *format == 'x' ? 16 : 10);

			if (negative)
				end[-++n] = '-';
			put_padded(put, end - n, n, width, left, pad);
			break;
		}
		default:
			put(*format);
		}
	}
}
