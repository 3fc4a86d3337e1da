/* The compiler's run-time helpers for 32-bit registers: what gcc calls when a processor of MIPS III used as a 32-bit one has no
 * instruction for it. The library that comes with the cross compiler is code for MIPS32 Release 2, which no processor
 * of a 7200 executes.
 *
 * Built with -fno-builtin: the bit counts must not be turned into calls of themselves. */
typedef int si;
typedef unsigned usi;
typedef long long di;
typedef unsigned long long udi;

#define EXPORT __attribute__((visibility("hidden")))

/* --- Halves and shifts ---------------------------------------------------------------------------------------- */

union pair {
	udi all;
	struct {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		usi high, low;
#else
		usi low, high;
#endif
	} half;
};

EXPORT di __ashldi3(di value, si count)
{
	union pair in = {.all = (udi)value};
	union pair out;

	if (count == 0)
		return value;
	if (count >= 32) {
		out.half.high = in.half.low << (count - 32);
		out.half.low = 0;
	} else {
		out.half.high = in.half.high << count | in.half.low >> (32 - count);
		out.half.low = in.half.low << count;
	}
	return (di)out.all;
}

EXPORT di __lshrdi3(di value, si count)
{
	union pair in = {.all = (udi)value};
	union pair out;

	if (count == 0)
		return value;
	if (count >= 32) {
		out.half.low = in.half.high >> (count - 32);
		out.half.high = 0;
	} else {
		out.half.low = in.half.low >> count | in.half.high << (32 - count);
		out.half.high = in.half.high >> count;
	}
	return (di)out.all;
}

EXPORT di __ashrdi3(di value, si count)
{
	union pair in = {.all = (udi)value};
	union pair out;

	if (count == 0)
		return value;
	if (count >= 32) {
		out.half.low = (usi)((si)in.half.high >> (count - 32));
		out.half.high = (usi)((si)in.half.high >> 31);
	} else {
		out.half.low = in.half.low >> count | in.half.high << (32 - count);
		out.half.high = (usi)((si)in.half.high >> count);
	}
	return (di)out.all;
}

/* --- Counting bits -------------------------------------------------------------------------------------------- */

EXPORT si __clzsi2(usi value)
{
	si n = 31;

	if (value >> 16) {
		n -= 16;
		value >>= 16;
	}
	if (value >> 8) {
		n -= 8;
		value >>= 8;
	}
	if (value >> 4) {
		n -= 4;
		value >>= 4;
	}
	if (value >> 2) {
		n -= 2;
		value >>= 2;
	}
	return n - (si)(value >> 1);
}

EXPORT si __clzdi2(udi value)
{
	union pair in = {.all = value};

	return in.half.high ? __clzsi2(in.half.high) : 32 + __clzsi2(in.half.low);
}

EXPORT si __ctzsi2(usi value)
{
	return 31 - __clzsi2(value & -value);
}

EXPORT si __ctzdi2(udi value)
{
	union pair in = {.all = value};

	return in.half.low ? __ctzsi2(in.half.low) : 32 + __ctzsi2(in.half.high);
}

EXPORT si __ffssi2(usi value)
{
	return value ? __ctzsi2(value) + 1 : 0;
}

EXPORT si __ffsdi2(udi value)
{
	return value ? __ctzdi2(value) + 1 : 0;
}

EXPORT si __popcountsi2(usi value)
{
	value -= value >> 1 & 0x55555555;
	value = (value & 0x33333333) + (value >> 2 & 0x33333333);
	value = (value + (value >> 4)) & 0x0f0f0f0f;
	return (si)(value * 0x01010101 >> 24);
}

EXPORT si __popcountdi2(udi value)
{
	union pair in = {.all = value};

	return __popcountsi2(in.half.high) + __popcountsi2(in.half.low);
}

EXPORT si __paritysi2(usi value)
{
	return __popcountsi2(value) & 1;
}

EXPORT si __paritydi2(udi value)
{
	return __popcountdi2(value) & 1;
}

EXPORT usi __bswapsi2(usi value)
{
	usi swapped = (value & 0x00ff00ff) << 8 | (value >> 8 & 0x00ff00ff);

	return swapped << 16 | swapped >> 16;
}

EXPORT udi __bswapdi2(udi value)
{
	union pair in = {.all = value};
	union pair out;

	out.half.high = __bswapsi2(in.half.low);
	out.half.low = __bswapsi2(in.half.high);
	return out.all;
}

/* --- Comparing ------------------------------------------------------------------------------------------------ */

/* 0, 1 or 2 for less, equal, greater. */
EXPORT si __ucmpdi2(udi a, udi b)
{
	union pair x = {.all = a};
	union pair y = {.all = b};

	if (x.half.high != y.half.high)
		return x.half.high < y.half.high ? 0 : 2;
	return x.half.low == y.half.low ? 1 : x.half.low < y.half.low ? 0 : 2;
}

EXPORT si __cmpdi2(di a, di b)
{
	return __ucmpdi2((udi)a ^ 1ull << 63, (udi)b ^ 1ull << 63);
}

/* --- Dividing ------------------------------------------------------------------------------------------------- */

/* Divides high:low by a divisor above high whose top bit is set; the method of Knuth's algorithm D with 16-bit digits. */
static usi divide_normalized(usi high, usi low, usi divisor, usi *remainder)
{
	usi d1 = divisor >> 16;
	usi d0 = divisor & 0xffff;
	usi digits[2] = {low >> 16, low & 0xffff};
	usi quotient = 0;

	for (si i = 0; i < 2; i++) {
		usi q = high / d1;
		usi r = high - q * d1;

		while (q >> 16 || q * d0 > (r << 16 | digits[i])) {
			q--;
			r += d1;
			if (r >> 16)
				break;
		}
		high = (high << 16 | digits[i]) - q * divisor;
		quotient = quotient << 16 | (q & 0xffff);
	}
	*remainder = high;
	return quotient;
}

/* A divisor of one word. */
static udi divide_by_word(union pair n, usi divisor, udi *remainder)
{
	union pair q;
	usi shift = (usi)__clzsi2(divisor);
	usi rest;

	q.half.high = n.half.high / divisor;
	rest = n.half.high % divisor;
	if (rest == 0 && n.half.low < divisor) {
		q.half.low = 0;
		rest = n.half.low;
	} else if (rest == 0) {
		q.half.low = n.half.low / divisor;
		rest = n.half.low % divisor;
	} else {
		usi high = shift ? rest << shift | n.half.low >> (32 - shift) : rest;

		q.half.low = divide_normalized(high, n.half.low << shift, divisor << shift, &rest);
		rest >>= shift;
	}
	*remainder = rest;
	return q.all;
}

EXPORT udi __udivmoddi4(udi numerator, udi denominator, udi *remainder)
{
	union pair n = {.all = numerator};
	union pair d = {.all = denominator};
	udi quotient = 0;
	udi rest;

	if (d.half.high == 0) {
		quotient = divide_by_word(n, d.half.low, &rest);
	} else {
		/* The quotient has at most 32 bits: one bit a step, from the first place where the divisor can fit. */
		si places = __clzsi2(d.half.high) - (n.half.high ? __clzsi2(n.half.high) : 32);

		rest = numerator;
		if (places >= 0) {
			denominator = (udi)__ashldi3((di)denominator, places);
			for (; places >= 0; places--) {
				quotient += quotient;
				if (rest >= denominator) {
					rest -= denominator;
					quotient |= 1;
				}
				denominator >>= 1;
			}
		}
	}
	if (remainder)
		*remainder = rest;
	return quotient;
}

EXPORT udi __udivdi3(udi numerator, udi denominator)
{
	return __udivmoddi4(numerator, denominator, 0);
}

EXPORT udi __umoddi3(udi numerator, udi denominator)
{
	udi remainder;

	__udivmoddi4(numerator, denominator, &remainder);
	return remainder;
}

static udi magnitude(di value)
{
	return value < 0 ? -(udi)value : (udi)value;
}

EXPORT di __divdi3(di numerator, di denominator)
{
	udi quotient = __udivmoddi4(magnitude(numerator), magnitude(denominator), 0);

	return (di)((numerator < 0) != (denominator < 0) ? -quotient : quotient);
}

EXPORT di __moddi3(di numerator, di denominator)
{
	udi remainder;

	__udivmoddi4(magnitude(numerator), magnitude(denominator), &remainder);
	return (di)(numerator < 0 ? -remainder : remainder);
}

EXPORT di __divmoddi4(di numerator, di denominator, di *remainder)
{
	udi rest;
	udi quotient = __udivmoddi4(magnitude(numerator), magnitude(denominator), &rest);

	*remainder = (di)(numerator < 0 ? -rest : rest);
	return (di)((numerator < 0) != (denominator < 0) ? -quotient : quotient);
}

/* --- Between floating point and 64-bit integers ----------------------------------------------------------------- */

#define TWO32 4294967296.0

EXPORT double __floatundidf(udi value)
{
	union pair in = {.all = value};

	/* The product is exact, so that the sum is the only rounding. */
	return (double)in.half.high * TWO32 + (double)in.half.low;
}

EXPORT double __floatdidf(di value)
{
	union pair in = {.all = (udi)value};

	return (double)(si)in.half.high * TWO32 + (double)in.half.low;
}

/* Keeps 53 significant bits, the last one saying whether anything was cut off: then rounding twice rounds right. */
static udi sticky(udi value)
{
	if (value >> 53 && (value & 0x7ff))
		value = (value & ~0x7ffull) | 0x800;
	return value;
}

EXPORT float __floatundisf(udi value)
{
	return (float)__floatundidf(sticky(value));
}

EXPORT float __floatdisf(di value)
{
	float size = __floatundisf(magnitude(value));

	return value < 0 ? -size : size;
}

EXPORT udi __fixunsdfdi(double value)
{
	union pair out;

	if (!(value >= 1.0))
		return 0;
	if (value >= TWO32 * TWO32)
		return ~0ull;
	out.half.high = (usi)(value / TWO32);
	out.half.low = (usi)(value - (double)out.half.high * TWO32);
	return out.all;
}

EXPORT di __fixdfdi(double value)
{
	if (value < 0)
		return value <= -TWO32 * TWO32 / 2 ? (di)(1ull << 63) : -(di)__fixunsdfdi(-value);
	return value >= TWO32 * TWO32 / 2 ? (di)~(1ull << 63) : (di)__fixunsdfdi(value);
}

EXPORT udi __fixunssfdi(float value)
{
	return __fixunsdfdi((double)value);
}

EXPORT di __fixsfdi(float value)
{
	return __fixdfdi((double)value);
}
