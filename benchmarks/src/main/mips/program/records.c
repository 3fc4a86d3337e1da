/* Much calling, little looping: records, strings, enumerations and parameters by reference, as in old synthetic benchmarks. */
#include "bench.h"

#define PASSES 190000u
#define NAME 32

enum kind { ROUTER, SWITCH, HOST, BRIDGE, UNKNOWN };

struct device {
	struct device *peer;
	enum kind kind;
	enum kind previous;
	s32 weight;
	s32 level;
	char name[NAME];
};

const char program_name[] = "records";

static struct device first, second;
static s32 counts[50];
static s32 grid[50][50];
static s32 total;
static char mark;

static NOINLINE int equal_text(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

static NOINLINE void copy_text(char *to, const char *from)
{
	while ((*to++ = *from++) != 0)
		;
}

static NOINLINE enum kind classify(char a, char b)
{
	char c = a;

	if (c != b)
		return ROUTER;
	mark = c;
	return SWITCH;
}

static NOINLINE int order(const char *a, const char *b)
{
	s32 at = 2;
	char letter = 0;

	while (at <= 2)
		if (classify(a[at], b[at + 1]) == ROUTER) {
			letter = 'A';
			at++;
		} else {
			at += 3;
		}
	if (letter >= 'W' && letter < 'Z')
		at = 7;
	if (letter == 'R')
		return 1;
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a > *b) {
		total += at;
		return 1;
	}
	return 0;
}

static NOINLINE int is_host(enum kind kind)
{
	return kind == HOST;
}

static NOINLINE enum kind successor(enum kind kind)
{
	switch (kind) {
	case ROUTER:
		return total > 100 ? ROUTER : BRIDGE;
	case SWITCH:
		return HOST;
	case HOST:
		return is_host(kind) ? SWITCH : UNKNOWN;
	case BRIDGE:
		return UNKNOWN;
	default:
		return HOST;
	}
}

static NOINLINE void add_weights(s32 a, s32 b, s32 *sum)
{
	*sum = a + 2 + b;
}

static NOINLINE void fill(s32 *line, s32 square[50][50], s32 a, s32 b)
{
	s32 at = a + 5;

	line[at] = b;
	line[at + 1] = line[at];
	line[at + 30] = at;
	for (s32 i = at; i <= at + 1; i++)
		square[at][i] = at;
	square[at][at - 1] += 1;
	square[at + 20][at] = line[at];
	total += 5;
}

static NOINLINE void update_peer(struct device *d)
{
	d->kind = successor(d->kind);
	add_weights(d->weight, 10, &d->weight);
	d->level = d->weight & 0xFF;
}

static NOINLINE void update(struct device *d)
{
	struct device *peer = d->peer;

	*peer = *d;
	d->weight = 5;
	peer->weight = d->weight;
	peer->peer = d->peer;
	if (peer->kind != UNKNOWN) {
		peer->level = 6;
		peer->previous = d->previous;
		update_peer(peer);
	} else {
		*d = *peer;
	}
}

static NOINLINE u32 pass(u32 number)
{
	char one[NAME], two[NAME];
	s32 a = 2, b, c;
	enum kind kind = SWITCH;

	copy_text(one, "FAST ETHERNET ONE SLASH ZERO");
	copy_text(two, "FAST ETHERNET TWO SLASH ZERO");
	if (!order(one, two))
		kind = HOST;
	b = 3;
	while (a < b) {
		c = 5 * a - b;
		add_weights(a, b, &c);
		a++;
	}
	fill(counts, grid, a, c);
	first.kind = ROUTER;
	first.previous = kind;
	first.weight = 40 + (s32)(number & 3);
	update(&first);
	for (char letter = 'A'; letter <= 'A' + (char)(number & 1); letter++)
		if (kind == classify(letter, 'C'))
			kind = successor(kind);
	b = b * a;
	a = b / c;
	b = 7 * (b - c) - a;
	return (u32)(a + b * 3 + c) ^ (u32)kind << 8 ^ (u32)equal_text(second.name, first.name) << 16 ^ (u32)second.level;
}

void prepare(void)
{
	first.peer = &second;
	copy_text(first.name, "GIGABIT ETHERNET ZERO");
}

u32 work(void)
{
	u32 passes = times(PASSES);
	u32 result = 0;

	total = 0;
	for (u32 i = 0; i < 50; i++) {
		counts[i] = 0;
		for (u32 j = 0; j < 50; j++)
			grid[i][j] = 0;
	}
	for (u32 i = 0; i < passes; i++)
		result = result * 31 + pass(i);
	return result + (u32)total + (u32)grid[8][7] + (u32)(u8)mark;
}
