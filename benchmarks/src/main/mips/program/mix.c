/* Integer mix: sorting a linked list, multiplying matrices, scanning text with a state machine, cyclic redundancy checks. */
#include "bench.h"

#define NODES 400u
#define SIZE 24u
#define TEXT 2048u
#define ROUNDS 400u

struct node {
	struct node *next;
	s32 key;
	u32 payload;
};

enum state { START, SIGN, INTEGER, FRACTION, EXPONENT, WORD, BAD, STATES };

const char program_name[] = "mix";

static struct node nodes[NODES];
static s32 left[SIZE][SIZE], right[SIZE][SIZE], product[SIZE][SIZE];
static u8 text[TEXT];
static u32 seen[STATES];
static u16 crc_table[256];

/* --- List ------------------------------------------------------------------------------------------------------- */

static NOINLINE s32 compare(const struct node *a, const struct node *b)
{
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->payload < b->payload ? -1 : a->payload > b->payload;
}

static struct node *merge(struct node *a, struct node *b)
{
	struct node head;
	struct node *tail = &head;

	while (a && b) {
		if (compare(a, b) <= 0) {
			tail->next = a;
			a = a->next;
		} else {
			tail->next = b;
			b = b->next;
		}
		tail = tail->next;
	}
	tail->next = a ? a : b;
	return head.next;
}

static NOINLINE struct node *sort(struct node *list, u32 length)
{
	struct node *middle = list;
	struct node *half;

	if (length < 2)
		return list;
	for (u32 i = 1; i < length / 2; i++)
		middle = middle->next;
	half = middle->next;
	middle->next = NULL;
	return merge(sort(list, length / 2), sort(half, length - length / 2));
}

static NOINLINE u32 sort_list(u32 seed)
{
	u32 sum = 0;
	u32 position = 1;

	for (u32 i = 0; i < NODES; i++) {
		nodes[i].key = (s32)(next_random(&seed) & 0xFFF) - 2048;
		nodes[i].payload = i;
		nodes[i].next = i + 1 < NODES ? &nodes[i + 1] : NULL;
	}
	for (struct node *n = sort(nodes, NODES); n; n = n->next)
		sum += (u32)n->key * position++ ^ n->payload;
	return sum;
}

/* --- Matrix ----------------------------------------------------------------------------------------------------- */

static NOINLINE u32 multiply_matrices(s32 scale)
{
	u32 sum = 0;

	for (u32 i = 0; i < SIZE; i++)
		for (u32 j = 0; j < SIZE; j++) {
			left[i][j] = (s32)(i * 3 + j) % 17 - scale;
			right[i][j] = (s32)(i + j * 5) % 13 + scale;
		}
	for (u32 i = 0; i < SIZE; i++)
		for (u32 j = 0; j < SIZE; j++) {
			s32 cell = 0;

			for (u32 k = 0; k < SIZE; k++)
				cell += left[i][k] * right[k][j];
			product[i][j] = cell;
			sum = (sum << 1 | sum >> 31) + (u32)cell;
		}
	return sum;
}

/* --- State machine ---------------------------------------------------------------------------------------------- */

static int is_digit(u8 c)
{
	return c >= '0' && c <= '9';
}

/* The state behind one more character. */
static NOINLINE enum state step(enum state state, u8 c)
{
	if (c == ' ' || c == ',')
		return START;
	switch (state) {
	case START:
		if (c == '+' || c == '-')
			return SIGN;
		if (is_digit(c))
			return INTEGER;
		return c >= 'a' && c <= 'z' ? WORD : BAD;
	case SIGN:
		return is_digit(c) ? INTEGER : BAD;
	case INTEGER:
		if (is_digit(c))
			return INTEGER;
		return c == '.' ? FRACTION : c == 'e' ? EXPONENT : BAD;
	case FRACTION:
		if (is_digit(c))
			return FRACTION;
		return c == 'e' ? EXPONENT : BAD;
	case EXPONENT:
		return is_digit(c) ? EXPONENT : BAD;
	case WORD:
		return (c >= 'a' && c <= 'z') || is_digit(c) ? WORD : BAD;
	default:
		return BAD;
	}
}

static NOINLINE u32 scan_text(void)
{
	enum state state = START;
	u32 sum = 0;

	for (u32 i = 0; i < STATES; i++)
		seen[i] = 0;
	for (u32 i = 0; i < TEXT; i++) {
		state = step(state, text[i]);
		seen[state]++;
	}
	for (u32 i = 0; i < STATES; i++)
		sum = sum * 31 + seen[i];
	return sum;
}

/* --- CRC -------------------------------------------------------------------------------------------------------- */

static NOINLINE u32 crc_bits(const u8 *data, u32 length)
{
	u32 crc = 0xFFFF;

	for (; length; length--) {
		crc ^= *data++;
		for (u32 bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0x8408 : crc >> 1;
	}
	return crc;
}

static NOINLINE u32 crc_bytes(const u8 *data, u32 length)
{
	u32 crc = 0xFFFF;

	for (; length; length--)
		crc = crc >> 8 ^ crc_table[(crc ^ *data++) & 0xFF];
	return crc;
}

void prepare(void)
{
	static const char alphabet[] = "0123456789012345678901234567890123456789  ,, .e.e+-abcxyz";
	u32 seed = 20177;

	for (u32 i = 0; i < TEXT; i++)
		text[i] = (u8)alphabet[next_random(&seed) % (sizeof alphabet - 1)];
	for (u32 i = 0; i < 256; i++) {
		u32 crc = i;

		for (u32 bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0x8408 : crc >> 1;
		crc_table[i] = (u16)crc;
	}
}

u32 work(void)
{
	u32 rounds = times(ROUNDS);
	u32 result = 0;

	for (u32 i = 0; i < rounds; i++) {
		result += sort_list(i + 1);
		result = (result << 3 | result >> 29) ^ multiply_matrices((s32)(i & 7));
		result += scan_text();
		result ^= crc_bytes(text, TEXT) << 16 | crc_bits(text + (i & 63), 512);
	}
	return result;
}
