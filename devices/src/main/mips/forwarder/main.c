/* Start, the loop that runs everything, the clock and the heap. */
#include "forwarder.h"

#define TICKS_MEASURED 5u
#define TICKS_PER_SECOND 50u
#define FALLBACK_HZ 100000000u
#define MEASURE_LIMIT 50000000u

u32 uptime;
u32 count_hz;

extern u8 image_end[];
static u32 heap;

void *allocate(u32 size, u32 alignment)
{
	u32 start;

	if (heap == 0)
		heap = PHYSICAL(image_end);
	start = (heap + alignment - 1) & ~(alignment - 1);
	heap = start + size;
	if (heap > REMOTE_RAM_MB << 20) {
		print("Out of memory.\n");
		REMOTE_STOP = 1;
		for (;;)
			wait_for_interrupt(0);
	}
	return (void *)KSEG1(start);
}

/* Count runs at half the processor clock; two processor boards may carry the same processor with different clocks. */
static const struct {
	u32 implementation;	/* PRId bits 15:8 */
	u32 rates[2];
} processors[] = {
	{0x20, {50000000, 50000000}},
	{0x21, {75000000, 75000000}},
	{0x23, {100000000, 100000000}},
	{0x28, {100000000, 131000000}},
	{0x27, {175000000, 131000000}},
};

/* Waits for the console's periodic interrupt; 0 if it does not come, as on a machine without an I/O card. */
static int wait_for_tick(void)
{
	u32 start = MFC0(CP0_COUNT);

	while ((MFC0(CP0_CAUSE) & CAUSE_IP5) == 0)
		if (MFC0(CP0_COUNT) - start > MEASURE_LIMIT)
			return 0;
	(void)DUART_SRA;
	return 1;
}

/* Count against the console's 20 ms interrupt; the middle one of a few measurements, 0 if there is none. */
static u32 measure_count_rate(void)
{
	u32 measured[TICKS_MEASURED];
	u32 before;

	(void)DUART_SRA;
	DUART_IMR = 1;
	wait_for_tick();
	before = MFC0(CP0_COUNT);
	for (u32 i = 0; i < TICKS_MEASURED; i++) {
		u32 ticked = (u32)wait_for_tick();
		u32 now = MFC0(CP0_COUNT);
		u32 rate = ticked * (now - before) * TICKS_PER_SECOND;
		u32 k = i;

		for (; k > 0 && measured[k - 1] > rate; k--)
			measured[k] = measured[k - 1];
		measured[k] = rate;
		before = now;
	}
	DUART_IMR = 0;
	(void)DUART_SRA;
	return measured[TICKS_MEASURED / 2];
}

static u32 difference(u32 a, u32 b)
{
	return a > b ? a - b : b - a;
}

/* The rate of this processor, of two the one that comes nearer to the measurement. */
static u32 find_count_rate(void)
{
	u32 implementation = MFC0(CP0_PRID) >> 8 & 0xFF;
	u32 measured = measure_count_rate();

	for (u32 i = 0; i < COUNT_OF(processors); i++)
		if (processors[i].implementation == implementation) {
			const u32 *rates = processors[i].rates;

			if (measured && difference(rates[1], measured) < difference(rates[0], measured))
				return rates[1];
			return rates[0];
		}
	return measured ? measured : FALLBACK_HZ;
}

static void every_second(void)
{
	MTC0(CP0_COMPARE, MFC0(CP0_COUNT) + count_hz);
	uptime++;
	refill_error_allowance();
	age_arp();
}

static void sleep(void)
{
	u32 word0 = REG32(MPFPGA + 0x10);
	u32 word1 = REG32(MPFPGA + 0x18);

	/* A request taken back here may belong to a frame that came after the rings were looked at: look again. */
	if (word0 | word1)
		acknowledge_ports(word0, word1);
	else
		wait_for_interrupt(STATUS_IM2 | STATUS_IM5 | STATUS_IM7);
}

int run_network(void)
{
	int busy = 0;
	u32 cause;

	for (u32 i = 0; i < port_count; i++)
		if (ports[i].up)
			busy |= receive_frames(&ports[i]);
	cause = MFC0(CP0_CAUSE);
	if (cause & CAUSE_IP7)
		every_second();
	kick_ports();
	if (cause & CAUSE_IP5)
		return 1;
	if (!busy)
		sleep();
	return 0;
}

void forwarder_main(void)
{
	print("\nXenomips forwarder\n\n");
	count_hz = find_count_rate();
	create_ports();
	create_arp_table();
	flush_cache();
	default_configuration();
	for (u32 i = 0; i < port_count; i++)
		start_port(&ports[i]);
	rebuild_routes();
	if (load_configuration())
		print("Configured from NVRAM.\n");
	for (u32 i = 0; i < port_count; i++)
		if (ports[i].up)
			announce(&ports[i]);
	kick_ports();
	list_interfaces();
	MTC0(CP0_COMPARE, MFC0(CP0_COUNT) + count_hz);
	print("READY\n");
	start_console();
	read_console();
	for (;;)
		if (run_network())
			read_console();
}
