/* The decompressor for what compress(1) and the "service compress-config" of IOS write. */
#include "nvfs.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_BITS 9
#define MOST_BITS 16
#define CLEAR 256
#define BLOCK_MODE 0x80

struct lzc {
	const uint8_t *data;
	size_t bits;		/* length of the data */
	size_t at;		/* bit to be read next */
	size_t group;		/* bit at which the current group of eight codes began */
	unsigned width;
	unsigned most;		/* widest code */
	unsigned next;		/* code that the next entry gets */
	unsigned first;		/* first code that is not a byte or CLEAR */
	uint16_t prefix[1 << MOST_BITS];
	uint8_t suffix[1 << MOST_BITS];
	uint8_t stack[1 << MOST_BITS];
};

/* Codes come in groups of eight; the rest of a group is skipped when the width changes. */
static void set_width(struct lzc *lzc, unsigned width)
{
	size_t group_bits = lzc->width * 8;

	if (lzc->at > lzc->group)
		lzc->at = lzc->group + (lzc->at - lzc->group + group_bits - 1) / group_bits * group_bits;
	lzc->group = lzc->at;
	lzc->width = width;
}

/* -1 at the end. */
static int next_code(struct lzc *lzc)
{
	unsigned code = 0;

	if (lzc->at + lzc->width > lzc->bits)
		return -1;
	for (unsigned i = 0; i < lzc->width; i++, lzc->at++)
		code |= (unsigned)(lzc->data[lzc->at / 8] >> (lzc->at % 8) & 1) << i;
	return (int)code;
}

/* Adds what a code stands for to OUT and returns its first byte. */
static uint8_t expand(struct lzc *lzc, unsigned code, struct text *out)
{
	size_t depth = 0;

	/* A prefix is older than its entry: this ends. */
	for (; code > 255; code = lzc->prefix[code])
		lzc->stack[depth++] = lzc->suffix[code];
	lzc->stack[depth++] = (uint8_t)code;
	for (size_t i = depth; i > 0; i--)
		add_bytes(out, &lzc->stack[i - 1], 1);
	return (uint8_t)code;
}

static bool decode(struct lzc *lzc, size_t limit, struct text *out)
{
	size_t end = out->length + limit;
	int previous = -1;
	uint8_t byte = 0;
	int code;

	while ((code = next_code(lzc)) >= 0) {
		if (code == CLEAR && lzc->first > CLEAR) {
			set_width(lzc, LEAST_BITS);
			lzc->next = lzc->first;
			previous = -1;
			continue;
		}
		if (previous < 0) {
			if (code > 255)
				return false;
			byte = (uint8_t)code;
			add_bytes(out, &byte, 1);
		} else if ((unsigned)code < lzc->next && (code <= 255 || (unsigned)code >= lzc->first)) {
			byte = expand(lzc, (unsigned)code, out);
		} else if ((unsigned)code == lzc->next && lzc->next < 1u << lzc->most) {
			/* The entry that is just being made: the previous string and its own first byte. */
			byte = expand(lzc, (unsigned)previous, out);
			add_bytes(out, &byte, 1);
		} else {
			return false;
		}
		if (out->length > end)
			return false;
		if (previous >= 0 && lzc->next < 1u << lzc->most) {
			lzc->prefix[lzc->next] = (uint16_t)previous;
			lzc->suffix[lzc->next++] = byte;
		}
		/* The compressor is one entry ahead. */
		if (lzc->next >= 1u << lzc->width && lzc->width < lzc->most)
			set_width(lzc, lzc->width + 1);
		previous = code;
	}
	return true;
}

bool lzc_decode(const uint8_t *data, size_t length, size_t limit, struct text *out)
{
	struct lzc *lzc;
	bool good;

	if (length < 3 || data[0] != 0x1f || data[1] != 0x9d || (data[2] & 0x1f) < LEAST_BITS || (data[2] & 0x1f) > MOST_BITS)
		return false;
	lzc = calloc(1, sizeof *lzc);
	if (lzc == NULL)
		return false;
	lzc->data = data + 3;
	lzc->bits = (length - 3) * 8;
	lzc->width = LEAST_BITS;
	lzc->most = data[2] & 0x1f;
	lzc->first = data[2] & BLOCK_MODE ? CLEAR + 1 : CLEAR;
	lzc->next = lzc->first;
	good = decode(lzc, limit, out);
	free(lzc);
	return good;
}
