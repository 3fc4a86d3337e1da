// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The calendar, a DS1216 phantom clock in the NVRAM: 64 byte writes of a pattern open it at byte 3, then 64 byte reads give the
 * time, one bit each. Other accesses to that place must be wider than a byte.
 */
#include <linux/bcd.h>
#include <linux/bits.h>
#include <linux/init.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>

#include <c7200.h>

#define CLOCK_PORT	3
#define CLOCK_PATTERN	0x5ca33ac55ca33ac5ULL
#define CLOCK_BITS	64

static u8 field(u64 stamp, unsigned int byte)
{
	return bcd2bin(stamp >> 8 * byte & 0xff);
}

void read_persistent_clock64(struct timespec64 *now)
{
	void __iomem *port = c7200_reg(C7200_NVRAM, CLOCK_PORT);
	u64 stamp = 0;
	int i;

	/* A read ends whatever sequence was begun. */
	__raw_readb(port);
	for (i = 0; i < CLOCK_BITS; i++)
		__raw_writeb(CLOCK_PATTERN >> i & 1, port);
	for (i = 0; i < CLOCK_BITS; i++)
		stamp |= (u64)(__raw_readb(port) & 1) << i;

	/* The year counts from 1900 with a tens digit that goes beyond 9. */
	now->tv_sec = mktime64(1900 + field(stamp, 7), field(stamp, 6), field(stamp, 5), field(stamp, 3), field(stamp, 2),
			       field(stamp, 1));
	now->tv_nsec = field(stamp, 0) * (NSEC_PER_SEC / 100);
}
