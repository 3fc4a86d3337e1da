/* What the monitor knows of the image that ran before: the registers an exception left. */
#include "rom.h"

#define CONTEXT_VALID 0x434F4E54u

static struct frame context;
static u32 context_state;
static u32 has_run;

void keep_context(const struct frame *frame)
{
	memmove(&context, frame, sizeof context);
	context_state = CONTEXT_VALID;
	has_run = 1;
}

void forget_context(void)
{
	context_state = 0;
	has_run = 0;
}

int image_has_run(void)
{
	return has_run != 0;
}

/* The image returned: there are no registers to show, but its data are no longer those of the file. */
void after_return(void)
{
	context_state = 0;
	has_run = 1;
	on_rom_stack(enter_monitor);
}

static void show_register(const char *name, u64 value)
{
	say("%-5s: %08x%08x", name, (u32)(value >> 32), (u32)value);
}

void context_command(int argc, char **argv)
{
	static const char names[32][5] = {"zero", "AT", "v0", "v1", "a0", "a1", "a2", "a3", "t0", "t1", "t2", "t3",
		"t4", "t5", "t6", "t7", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp",
		"sp", "s8", "ra"};

	(void)argc;
	(void)argv;
	if (context_state != CONTEXT_VALID) {
		say("no context: no exception has ended an image\n");
		return;
	}
	say("CPU context of the last exception:\n");
	context.gpr[0] = 0;
	for (u32 i = 0; i < 32; i += 2) {
		show_register(names[i], context.gpr[i]);
		say("  |  ");
		show_register(names[i + 1], context.gpr[i + 1]);
		say("\n");
	}
	show_register("HI", context.hi);
	say("  |  ");
	show_register("LO", context.lo);
	say("\n");
	show_register("EPC", context.epc);
	say("  |  ");
	show_register("ErrPC", context.error_epc);
	say("\n");
	show_register("BadVA", context.badvaddr);
	say("\nStat : %08x  |  Cause: %08x (%s)\n", context.status, context.cause,
		exception_name(CAUSE_CODE(context.cause)));
}

void sysret_command(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (context_state != CONTEXT_VALID) {
		say("no image has been ended by an exception\n");
		return;
	}
	say("System Return Info:\nreason: exception %u (%s)\npc: 0x%08x, error address: 0x%08x\n",
		CAUSE_CODE(context.cause), exception_name(CAUSE_CODE(context.cause)), (u32)frame_pc(&context),
		(u32)context.badvaddr);
}
