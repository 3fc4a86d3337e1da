/* Exceptions taken while BEV = 1, or passed on by the image through the exception table.
 * Deviation: an exception that is neither an interrupt nor a service call is reported once and ends in the ROM
 * monitor, instead of being repeated for ever; an interrupt nobody handles is reported once and masked. */
#include "rom.h"

#define TIMER_INTERVAL 1000000u

struct exception_kind {
	const char *name;
	void (*handle)(struct frame *frame);
};

static void interrupt(struct frame *frame);

static const struct exception_kind kinds[32] = {
	[0] = {"interrupt", interrupt},
	[1] = {"TLB modification", NULL},
	[2] = {"TLB load/fetch", NULL},
	[3] = {"TLB store", NULL},
	[4] = {"address error load/fetch", NULL},
	[5] = {"address error store", NULL},
	[6] = {"bus error fetch", NULL},
	[7] = {"bus error load", NULL},
	[8] = {"system call", serve},
	[9] = {"break point", NULL},
	[10] = {"illegal opcode", NULL},
	[11] = {"coprocessor unusable", NULL},
	[12] = {"arithmetic overflow", NULL},
	[13] = {"trap", NULL},
	[14] = {"virtual coherency opcode", NULL},
	[15] = {"floating point", NULL},
	[23] = {"watch", NULL},
	[31] = {"virtual coherency data", NULL},
};

const char *exception_name(u32 code)
{
	return kinds[code & 31].name ? kinds[code & 31].name : "reserved";
}

u64 frame_pc(const struct frame *frame)
{
	return frame->status & STATUS_ERL ? frame->error_epc : frame->epc;
}

static void print_place(const struct frame *frame)
{
	rom_print("PC = 0x%08x, Cause = 0x%08x, Status = 0x%08x\n", (u32)frame_pc(frame), frame->cause, frame->status);
}

static void interrupt(struct frame *frame)
{
	u32 pending = frame->cause & frame->status & 0xFF00;

	if (pending & 0x0300) {
		u32 line = pending & 0x0100 ? 0 : 1;

		MTC0(CP0_CAUSE, MFC0(CP0_CAUSE) & ~(0x0100u << line));
		rom_print("software interrupt %u\n", line);
		print_place(frame);
	} else if (pending & CAUSE_IP7) {
		MTC0(CP0_COMPARE, MFC0(CP0_COUNT) + TIMER_INTERVAL);
	} else if (pending & 0x4000) {
		print_place(frame);
		frame->status &= ~0x4000u;
	} else if (pending) {
		rom_print("unknown IRQ: stacked Cause = 0x%08x, Status = 0x%08x, now 0x%02x\n", frame->cause,
			frame->status, MFC0(CP0_CAUSE) >> 8 & 0xFF);
		frame->status &= ~pending;
	}
}

/* Keeps what `context` shows, then abandons the interrupted program. */
static void give_up(const struct frame *frame)
{
	keep_context(frame);
	on_rom_stack(enter_monitor);
}

static void report_and_give_up(const struct frame *frame, const char *name)
{
	rom_print("\n*** %s exception ***\n", name);
	print_place(frame);
	give_up(frame);
}

/* Called by the vectors with interrupts off and EXL set. */
void rom_exception(struct frame *frame)
{
	u32 code = CAUSE_CODE(frame->cause);

	if (kinds[code].handle == NULL)
		report_and_give_up(frame, exception_name(code));
	if (code == 8)		/* services may be interrupted by the timer */
		MTC0(CP0_STATUS, (frame->status & 0xFFFF00FDu) | STATUS_IM7 | STATUS_IE);
	kinds[code].handle(frame);
}

void rom_cache_error(struct frame *frame)
{
	report_and_give_up(frame, "cache error");
}

void rom_unusable_stack(struct frame *frame)
{
	rom_print("\nthe stack at 0x%08x cannot be written", (u32)frame->gpr[29]);
	report_and_give_up(frame, exception_name(CAUSE_CODE(frame->cause)));
}
