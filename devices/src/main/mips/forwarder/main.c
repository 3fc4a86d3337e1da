/* Start, the loop that runs everything, the clock and the heap. */
#include "forwarder.h"

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
	count_hz = read_count_rate();
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
