/* Services for the running image, reached by `syscall`: number in a0, arguments in a1..a3, result in v0.
 * Deviation: strings copied to NVRAM (0x23, 0x25) end at their area's end instead of running over what follows. */
#include "rom.h"

#define SERVICE_LAST 0x84u
#define UNSUPPORTED 0xFFFFFFFFu
#define RESERVED_SIZE 0x800u
#define MARK_AREA_SIZE 0x180u
#define LOADER_AREA_SIZE 0x200u
#define CODE_AREA_SIZE 0x380u
#define IOMEM_OFFSET 0x7E0u

static const char product[] = "\n\nXenomips boot ROM for the Cisco 7200\n";

static u32 copy_string(u32 to, u32 from, u32 room)
{
	const char *s = (const char *)from;

	while (*s && room--)
		REG8(to++) = (u8)*s++;
	return 1;
}

static u32 read_cookie(u32 buffer)
{
	u16 *to = (u16 *)buffer;

	for (u32 i = 0; i < 64; i++) {
		REMOTE_COOKIE_INDEX = i;
		to[i] = (u16)REMOTE_COOKIE;
	}
	return 0;
}

static u32 io_memory_setting(void)
{
	u32 word = REMOTE_IOMEM_WORD;
	u32 stored = REG32(REMOTE_NVRAM_ADDRESS + IOMEM_OFFSET);

	if ((word & 0x8000) == 0 && stored)
		return stored;
	return word & 0xFFFF7FFFu;
}

static u32 set_variable(u32 text)
{
	rom_log("setting ROM variable %s\n", (const char *)text);
	variable_set((const char *)text, VAR_BUFFER_SIZE - 1);
	return RESERVED_SIZE;
}

static u32 get_variable(u32 name, u32 buffer, u32 size)
{
	rom_log("reading ROM variable %s\n", (const char *)name);
	return (u32)variable_get((const char *)name, (char *)buffer, size);
}

static u32 reload(void)
{
	rom_print("\nReload requested.\n");
	reload_machine();
}

static u32 unhandled(const struct frame *frame)
{
	rom_log("unhandled service 0x%x at PC 0x%08x, a1=0x%08x a2=0x%08x a3=0x%08x\n", (u32)frame->gpr[4],
		(u32)frame_pc(frame), (u32)frame->gpr[5], (u32)frame->gpr[6], (u32)frame->gpr[7]);
	return UNSUPPORTED;
}

/* Services about the machine and its memory. */
static u32 machine_service(u32 number, const struct frame *frame)
{
	switch (number) {
	case 0x02:
		return 0xC00;
	case 0x04:
	case 0x84:
		return REMOTE_RAM_MB << 20;
	case 0x06:
		return ~REMOTE_CONFREG;
	case 0x07:
		return REMOTE_PLATFORM;
	case 0x0A:
		return (u32)product;
	case 0x18:
		return REMOTE_NVRAM_KB << 10;
	case 0x1B:
		return REMOTE_IOMEM_MB << 20;
	case 0x1C:
		return REMOTE_CONFREG;
	case 0x2A:
		return (u32)exception_table;
	case 0x2F:
		return RESERVED_SIZE;
	case 0x30:
	case 0x31:
		return 0;
	case 0x3A:
	case 0x4A:
		return UNSUPPORTED;
	default:
		return unhandled(frame);
	}
}

static u32 service(const struct frame *frame)
{
	u32 number = (u32)frame->gpr[4];
	u32 a1 = (u32)frame->gpr[5];
	u32 nvram = REMOTE_NVRAM_ADDRESS;

	switch (number) {
	case 0x01:
		REMOTE_CONSOLE = (u8)a1;
		return 0;
	case 0x08:
		return reload();
	case 0x0D:
		return VAR_AREA_POINTER;
	case 0x22:
		return VAR_IOS_POINTER;
	case 0x23:
		return copy_string(VAR_BOOTLDR_POINTER, a1, LOADER_AREA_SIZE);
	case 0x24:
		return VAR_BOOTLDR_POINTER;
	case 0x25:
		return copy_string(VAR_IOS_POINTER, a1, MARK_AREA_SIZE);
	case 0x2B:
		stop_machine();
	case 0x2C:
		return read_cookie(a1);
	case 0x2D:
		return set_variable(a1);
	case 0x2E:
		return get_variable(a1, (u32)frame->gpr[6], (u32)frame->gpr[7]);
	case 0x36:
		return nvram + 0x400;
	case 0x37:
		return CODE_AREA_SIZE;
	case 0x3B:
		REG32(nvram + IOMEM_OFFSET) = a1;
		return 1;
	case 0x3C:
		return io_memory_setting();
	default:
		return number > SERVICE_LAST ? unhandled(frame) : machine_service(number, frame);
	}
}

void serve(struct frame *frame)
{
	u32 step = 4;

	if (frame->cause & CAUSE_BD) {
		rom_log("service call in a branch delay slot at PC 0x%08x\n", (u32)frame->epc);
		step = 8;
	}
	frame->gpr[2] = (u64)(s64)(s32)service(frame);
	frame->epc += step;
}
