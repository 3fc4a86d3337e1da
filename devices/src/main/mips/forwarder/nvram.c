/* The startup configuration in NVRAM, in the layout that other software of the machine and the emulator's own import and
 * export use: a header, the text, then possibly a private configuration that is kept. */
#include "forwarder.h"

#define FILE_SYSTEM (NVRAM + 0x800)
#define FILE_SYSTEM_OFFSET 0x800u
#define MAGIC 0xF0A5u
#define STARTUP_MAGIC 0xABCDu
#define PRIVATE_MAGIC 0xFEDCu
#define PLAIN 1u
#define UNKNOWN_WORD 0x0C04u
#define DATA_OFFSET 0x2Cu
#define PRIVATE_HEADER 16u
#define PRIVATE_LIMIT 8192u
#define SECTOR 0x400u
#define IGNORE_CONFIGURATION 0x0040u

#define HALF(offset) REG16(FILE_SYSTEM + (offset))
#define WORD(offset) REG32(FILE_SYSTEM + (offset))
#define BYTE(offset) REG8(FILE_SYSTEM + (offset))

static u8 private_data[PRIVATE_LIMIT];

static u32 file_system_size(void)
{
	u32 size = REMOTE_NVRAM_KB << 10;

	return size > FILE_SYSTEM_OFFSET ? size - FILE_SYSTEM_OFFSET : 0;
}

/* Length of the stored startup configuration whatever its form; 0 if there is none or its header is wrong. */
static u32 stored_length(void)
{
	u32 size = file_system_size();

	if (size < DATA_OFFSET || HALF(0x06) != MAGIC || HALF(0x08) != STARTUP_MAGIC
		|| WORD(0x10) != PHYSICAL(FILE_SYSTEM) + DATA_OFFSET || WORD(0x18) > size - DATA_OFFSET)
		return 0;
	return WORD(0x18);
}

int read_startup(char *to, u32 size)
{
	u32 length = stored_length();

	if (length == 0 || REMOTE_CONFREG & IGNORE_CONFIGURATION)
		return 0;
	if (HALF(0x0A) != PLAIN || length > size)
		return -1;
	for (u32 i = 0; i < length; i++)
		to[i] = (char)BYTE(DATA_OFFSET + i);
	return (int)length;
}

static u32 align4(u32 n)
{
	return (n + 3) & ~3u;
}

/* Copies the private configuration to private_data; its length. */
static u32 read_private(void)
{
	u32 at = align4(DATA_OFFSET + stored_length());
	u32 size = file_system_size();
	u32 length;

	if (stored_length() == 0 || at > size - PRIVATE_HEADER || HALF(at) != PRIVATE_MAGIC)
		return 0;
	length = WORD(at + 12);
	if (length > PRIVATE_LIMIT || length > size - at - PRIVATE_HEADER)
		return 0;
	for (u32 i = 0; i < length; i++)
		private_data[i] = (u8)BYTE(at + PRIVATE_HEADER + i);
	return length;
}

/* End of what the stored configurations occupy, in whole sectors. */
static u32 occupied_end(u32 private_length)
{
	u32 end = align4(DATA_OFFSET + stored_length()) + PRIVATE_HEADER + private_length;

	return (end + SECTOR - 1) & ~(SECTOR - 1);
}

static void write_header(u32 length)
{
	u32 start = PHYSICAL(FILE_SYSTEM) + DATA_OFFSET;

	WORD(0x00) = 0;
	HALF(0x04) = 0;
	HALF(0x06) = MAGIC;
	HALF(0x08) = STARTUP_MAGIC;
	HALF(0x0A) = PLAIN;
	HALF(0x0C) = 0;
	HALF(0x0E) = UNKNOWN_WORD;
	WORD(0x10) = start;
	WORD(0x14) = start + length;
	WORD(0x18) = length;
	for (u32 at = 0x1C; at < DATA_OFFSET; at += 4)
		WORD(at) = 0;
}

/* Writes the private part at an offset; the offset behind it. */
static u32 write_private(u32 at, u32 length)
{
	u32 start = PHYSICAL(FILE_SYSTEM) + at + PRIVATE_HEADER;

	if (length == 0)
		return at;
	HALF(at) = PRIVATE_MAGIC;
	HALF(at + 2) = PLAIN;
	WORD(at + 4) = start;
	WORD(at + 8) = start + length;
	WORD(at + 12) = length;
	at += PRIVATE_HEADER;
	for (u32 i = 0; i < length; i++)
		BYTE(at++) = private_data[i];
	return at;
}

/* One's complement of the one's-complement sum of everything behind the magic. */
static void write_checksum(u32 size)
{
	u32 sum = 0;

	HALF(0x0C) = 0;
	for (u32 at = 0x08; at + 1 < size; at += 2) {
		sum += HALF(at);
		sum = (sum & 0xFFFF) + (sum >> 16);
	}
	HALF(0x0C) = (u16)~sum;
}

const char *write_startup(const char *text, u32 length)
{
	u32 size = file_system_size();
	u32 private_length = read_private();
	u32 old_end = occupied_end(private_length);
	int blank = stored_length() == 0;
	u32 at;

	if (size < DATA_OFFSET || DATA_OFFSET + length + 8 + PRIVATE_HEADER + private_length > size)
		return "The configuration does not fit the NVRAM.";
	write_header(length);
	for (at = 0; at < length; at++)
		BYTE(DATA_OFFSET + at) = (u8)text[at];
	for (at += DATA_OFFSET; at & 3; at++)
		BYTE(at) = 0;
	at = write_private(at, private_length);
	for (; at < old_end && at < size; at++)
		BYTE(at) = 0;
	write_checksum(size);
	/* The machine asks to ignore a blank NVRAM; now there is something in it. */
	if (blank)
		REMOTE_CONFREG_RW = REMOTE_CONFREG & ~IGNORE_CONFIGURATION;
	return NULL;
}
