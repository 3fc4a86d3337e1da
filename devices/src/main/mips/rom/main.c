/* Reset, the start of an image, and the ways to stop. */
#include "rom.h"

#define COMPARE_INTERVAL 1000000u

static void copy_mark(u32 to, const char *text)
{
	while (*text)
		REG8(to++) = (u8)*text++;
}

void stop_machine(void)
{
	REMOTE_STOP = 1;
	rest_forever();
}

void reload_machine(void)
{
	REMOTE_RELOAD = 1;
	rest_forever();
}

void start_image(u32 entry)
{
	MTC0(CP0_COUNT, 0);
	MTC0(CP0_COMPARE, COMPARE_INTERVAL);
	MTC0(CP0_STATUS, STATUS_BEV | STATUS_IM7 | STATUS_IM0 | STATUS_IE);
	rom_print("Launching IOS image at 0x%08x...\n", entry);
	call_image(entry);
}

static void finish_return(void)
{
	rom_print("Image returned to ROM.\n");
	if (VAR_FROM_MONITOR)
		after_return();
	stop_machine();
}

/* The image came back but its return address or our stack is gone. */
void rom_lost_return(void)
{
	finish_return();
}

void rom_main(void)
{
	u32 nvram = REMOTE_NVRAM_ADDRESS;
	u32 entry;

	rom_print("ROMMON emulation microcode.\n\n");
	rom_log("ROM monitor started\n");
	if (REMOTE_ID != REMOTE_ID_VALUE) {
		rom_print("This machine needs a newer boot ROM.\n");
		rest_forever();
	}
	VAR_BOOTLDR_POINTER = nvram + 0x200;
	VAR_IOS_POINTER = nvram + 0x80;
	VAR_AREA_POINTER = nvram + 0x780;
	VAR_FROM_MONITOR = 0;
	copy_mark(nvram + 0x80, "IOS");
	copy_mark(nvram + 0x200, "BOOTLDR");
	entry = REMOTE_ENTRY;
	if (entry == 0 || (REMOTE_CONFREG & 15) == 0) {
		forget_context();
		enter_monitor();
	}
	start_image(entry);
	finish_return();
}
