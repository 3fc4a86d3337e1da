/* Tests of what can be tested on any machine: the helpers of the compiler, the NVRAM's format, decompression. */
#include "../src/nvfs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NVRAM_BYTES (128u << 10)

static int failures;

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			failures++; \
			printf("%s:%d: %s\n", __FILE__, __LINE__, #condition); \
		} \
	} while (0)

static unsigned long long seed = 0x9e3779b97f4a7c15ull;

static unsigned long long random64(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

/* --- Helpers ------------------------------------------------------------------------------------------------------- */

typedef long long di;
typedef unsigned long long udi;
di helper_ashldi3(di, int);
di helper_lshrdi3(di, int);
di helper_ashrdi3(di, int);
int helper_clzsi2(unsigned);
int helper_clzdi2(udi);
int helper_ctzsi2(unsigned);
int helper_ctzdi2(udi);
int helper_popcountdi2(udi);
udi helper_bswapdi2(udi);
int helper_ucmpdi2(udi, udi);
int helper_cmpdi2(di, di);
udi helper_udivdi3(udi, udi);
udi helper_umoddi3(udi, udi);
di helper_divdi3(di, di);
di helper_moddi3(di, di);
double helper_floatundidf(udi);
double helper_floatdidf(di);
float helper_floatundisf(udi);
float helper_floatdisf(di);
udi helper_fixunsdfdi(double);
di helper_fixdfdi(double);

/* Numbers of all lengths, often next to a power of two. */
static udi some(void)
{
	udi value = random64() >> random64() % 64;

	if (random64() % 4 == 0)
		value = (1ull << random64() % 64) + random64() % 3 - 1;
	return random64() % 8 == 0 ? ~value : value;
}

static void test_integers(udi a, udi b)
{
	int count = (int)(b % 64);

	CHECK((udi)helper_ashldi3((di)a, count) == a << count);
	CHECK((udi)helper_lshrdi3((di)a, count) == a >> count);
	CHECK(helper_ashrdi3((di)a, count) == (di)a >> count);
	if (a) {
		CHECK(helper_clzdi2(a) == __builtin_clzll(a));
		CHECK(helper_ctzdi2(a) == __builtin_ctzll(a));
	}
	if ((unsigned)a) {
		CHECK(helper_clzsi2((unsigned)a) == __builtin_clz((unsigned)a));
		CHECK(helper_ctzsi2((unsigned)a) == __builtin_ctz((unsigned)a));
	}
	CHECK(helper_popcountdi2(a) == __builtin_popcountll(a));
	CHECK(helper_bswapdi2(a) == __builtin_bswap64(a));
	CHECK(helper_ucmpdi2(a, b) == (a < b ? 0 : a == b ? 1 : 2));
	CHECK(helper_cmpdi2((di)a, (di)b) == ((di)a < (di)b ? 0 : a == b ? 1 : 2));
	if (b == 0)
		return;
	CHECK(helper_udivdi3(a, b) == a / b);
	CHECK(helper_umoddi3(a, b) == a % b);
	if (a == 1ull << 63 && b == ~0ull)
		return;
	CHECK(helper_divdi3((di)a, (di)b) == (di)a / (di)b);
	CHECK(helper_moddi3((di)a, (di)b) == (di)a % (di)b);
}

static void test_floats(udi a)
{
	CHECK(helper_floatundidf(a) == (double)a);
	CHECK(helper_floatdidf((di)a) == (double)(di)a);
	CHECK(helper_floatundisf(a) == (float)a);
	CHECK(helper_floatdisf((di)a) == (float)(di)a);
	/* Beyond the range of the type there is nothing to compare with. */
	if ((double)a < 18446744073709551616.0)
		CHECK(helper_fixunsdfdi((double)a + 0.5) == (udi)((double)a + 0.5) || (double)a + 0.5 >= 18446744073709551616.0);
	if ((double)(di)a < 9223372036854775808.0)
		CHECK(helper_fixdfdi((double)(di)a) == (di)(double)(di)a);
}

static void test_helpers(void)
{
	for (int i = 0; i < 200000 && failures < 10; i++) {
		udi a = some();

		test_integers(a, some());
		test_floats(a);
	}
}

/* --- NVRAM ---------------------------------------------------------------------------------------------------------- */

static uint8_t image[NVRAM_BYTES];

static uint32_t word(size_t at)
{
	const uint8_t *b = image + NVFS_OFFSET + at;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void set_word(size_t at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		image[NVFS_OFFSET + at + (size_t)i] = (uint8_t)(value >> (24 - 8 * i));
}

static bool startup_is(const char *text)
{
	struct text out = {0};
	bool good = nvfs_startup(image, sizeof image, &out) == NVFS_FOUND && strcmp(out.data, text) == 0;

	free_text(&out);
	return good;
}

/* The example of the format's description, check sum included. */
static void test_example(void)
{
	static const char startup[] = "hostname R1\nend\n";
	static const uint32_t header[] = {0, 0xf0a5, 0xabcd0001, 0xf9cb0c04, 0x1e00082c, 0x1e00083c, 16, 0, 0, 0, 0};

	memset(image, 0, sizeof image);
	CHECK(nvfs_startup(image, sizeof image, &(struct text){0}) == NVFS_NONE);
	CHECK(!nvfs_checksum_good(image, sizeof image));
	CHECK(nvfs_store(image, sizeof image, startup, 16));
	CHECK(startup_is(startup));
	CHECK(nvfs_checksum_good(image, sizeof image));
	/* A private configuration as other software leaves it. */
	set_word(0x3c, 0xfedc0001);
	set_word(0x40, 0x1e00084c);
	set_word(0x44, 0x1e000851);
	set_word(0x48, 5);
	memcpy(image + NVFS_OFFSET + 0x4c, "priv\n", 5);
	CHECK(nvfs_store(image, sizeof image, startup, 16));
	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		CHECK(word(4 * i) == header[i]);
	CHECK(nvfs_checksum_good(image, sizeof image));
}

static void test_private_is_kept(void)
{
	static char longer[3000];
	struct text nothing = {0};
	size_t at = 0x2c + sizeof longer;

	memset(longer, 'x', sizeof longer);
	CHECK(nvfs_store(image, sizeof image, longer, sizeof longer));
	CHECK(word(at) == 0xfedc0001 && word(at + 12) == 5 && memcmp(image + NVFS_OFFSET + at + 16, "priv\n", 5) == 0);
	CHECK(nvfs_store(image, sizeof image, "", 0));
	CHECK(nvfs_startup(image, sizeof image, &nothing) == NVFS_NONE);
	free_text(&nothing);
	CHECK(word(0x2c) == 0xfedc0001 && memcmp(image + NVFS_OFFSET + 0x3c, "priv\n", 5) == 0);
	/* Nothing of the longer one is left. */
	for (size_t i = 0x44; i < 4096; i++)
		CHECK(image[NVFS_OFFSET + i] == 0);
	CHECK(image[0x7ff] == 0 && nvfs_checksum_good(image, sizeof image));
}

static void test_what_does_not_fit(void)
{
	static char big[NVRAM_BYTES];
	static uint8_t before[NVRAM_BYTES];
	size_t room = NVRAM_BYTES - NVFS_OFFSET - 0x2c - 16;

	memset(image, 0, sizeof image);
	memset(big, 'b', sizeof big);
	CHECK(nvfs_store(image, sizeof image, "one\n", 4));
	memcpy(before, image, sizeof image);
	CHECK(!nvfs_store(image, sizeof image, big, room + 1));
	CHECK(!nvfs_store(image, sizeof image, big, (size_t)-1));
	CHECK(memcmp(before, image, sizeof image) == 0);
	CHECK(nvfs_store(image, sizeof image, big, room));
	CHECK(nvfs_checksum_good(image, sizeof image));
	CHECK(!nvfs_store(image, 0x800, big, 1) && !nvfs_store(image, 0, big, 1));
}

/* Whatever stands in the NVRAM, reading and storing stay within it. */
static void test_hostile(const char *packed, size_t packed_length)
{
	static uint8_t small[0x1000];

	for (int i = 0; i < 20000; i++) {
		struct text out = {0};
		size_t size = 0x800 + 0x400 + random64() % 3 * 0x200;

		memset(small, 0, sizeof small);
		nvfs_store(small, size, "hostname R1\n", 12);
		memcpy(small + 0x860, packed, packed_length < 0x300 ? packed_length : 0x300);
		for (uint64_t changes = random64() % 8; changes; changes--)
			small[0x800 + random64() % 0x60] = (uint8_t)random64();
		if (i % 2) {
			small[0x80b] = 2;
			memcpy(small + 0x82c, packed, 0x300);
			small[0x81a] = 1;
			small[0x82c + random64() % 0x300] ^= (uint8_t)(1u << random64() % 8);
		}
		nvfs_startup(small, size, &out);
		nvfs_checksum_good(small, size);
		nvfs_store(small, size, out.data ? out.data : "", out.length);
		free_text(&out);
	}
}

/* --- Decompression ---------------------------------------------------------------------------------------------------- */

static void test_compressed(const struct text *packed, const struct text *plain)
{
	struct text out = {0};

	CHECK(lzc_decode((const uint8_t *)packed->data, packed->length, plain->length, &out));
	CHECK(out.length == plain->length && memcmp(text_of(&out), text_of(plain), plain->length) == 0);
	out.length = 0;
	CHECK(!lzc_decode((const uint8_t *)packed->data, packed->length, plain->length - 1, &out));
	out.length = 0;
	CHECK(!lzc_decode((const uint8_t *)plain->data, plain->length, plain->length, &out));
	free_text(&out);
	memset(image, 0, sizeof image);
	CHECK(nvfs_store(image, sizeof image, packed->data, packed->length));
	set_word(8, 0xabcd0002);
	set_word(0x28, (uint32_t)plain->length);
	CHECK(startup_is(plain->data));
	set_word(0x28, (uint32_t)plain->length + 1);
	CHECK(nvfs_startup(image, sizeof image, &out) == NVFS_DAMAGED);
	free_text(&out);
}

int main(int argc, char **argv)
{
	struct text packed = {0};
	struct text plain = {0};

	if (argc != 3 || !read_whole(argv[1], &packed, 1 << 20) || !read_whole(argv[2], &plain, 1 << 20))
		return 2;
	test_helpers();
	test_example();
	test_private_is_kept();
	test_what_does_not_fit();
	test_compressed(&packed, &plain);
	test_hostile(packed.data, packed.length);
	free_text(&packed);
	free_text(&plain);
	printf("unit tests: %d failures\n", failures);
	return failures != 0;
}
