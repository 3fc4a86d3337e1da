/* SHA-256 (FIPS 180-4) of 16 KB, over and over. */
#include "bench.h"

#define BYTES 16384u
#define ROUNDS 110u

const char program_name[] = "sha256";

static const u32 k[64] = {
	0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
	0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
	0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
	0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
	0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
	0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
	0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
	0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
};

static u8 message[BYTES];

static inline u32 rotate(u32 x, u32 by)
{
	return x >> by | x << (32 - by);
}

static NOINLINE void add_block(u32 hash[8], const u8 *block)
{
	u32 w[64];
	u32 a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4], f = hash[5], g = hash[6], h = hash[7];

	for (u32 i = 0; i < 16; i++, block += 4)
		w[i] = (u32)block[0] << 24 | (u32)block[1] << 16 | (u32)block[2] << 8 | block[3];
	for (u32 i = 16; i < 64; i++) {
		u32 s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
		u32 s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;

		w[i] = w[i - 16] + s0 + w[i - 7] + s1;
	}
	for (u32 i = 0; i < 64; i++) {
		u32 t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i];
		u32 t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));

		h = g;
		g = f;
		f = e;
		e = d + t1;
		d = c;
		c = b;
		b = a;
		a = t1 + t2;
	}
	hash[0] += a;
	hash[1] += b;
	hash[2] += c;
	hash[3] += d;
	hash[4] += e;
	hash[5] += f;
	hash[6] += g;
	hash[7] += h;
}

static NOINLINE u32 digest(void)
{
	u32 hash[8] = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};
	static u8 last[64] = {0x80};
	u32 result = 0;

	for (u32 at = 0; at < BYTES; at += 64)
		add_block(hash, message + at);
	last[61] = BYTES * 8 >> 16;
	last[62] = (u8)(BYTES * 8 >> 8);
	last[63] = (u8)(BYTES * 8);
	add_block(hash, last);
	for (u32 i = 0; i < 8; i++)
		result ^= hash[i];
	return result;
}

void prepare(void)
{
	for (u32 i = 0; i < BYTES; i++)
		message[i] = (u8)(i * 7 + (i >> 8));
}

u32 work(void)
{
	u32 rounds = times(ROUNDS);
	u32 result = 0;

	for (u32 i = 0; i < rounds; i++) {
		message[0] = (u8)i;
		result = (result << 1 | result >> 31) ^ digest();
	}
	return result;
}
