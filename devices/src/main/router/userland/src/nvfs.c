#include "nvfs.h"

#include <stdlib.h>
#include <string.h>

/* Physical address of the file system: that is what the header's pointers are. */
#define ADDRESS (0x1e000000u + NVFS_OFFSET)
#define SECTOR 0x400u

/* The header, relative to the file system. */
#define MAGIC 0x06
#define STARTUP 0x08
#define FORMAT 0x0a
#define CHECKSUM 0x0c
#define UNKNOWN 0x0e
#define START 0x10
#define END 0x14
#define LENGTH 0x18
#define PLAIN_LENGTH 0x28
#define HEADER 0x2cu

/* The private configuration's header, relative to itself. */
#define PRIVATE_FORMAT 2
#define PRIVATE_START 4
#define PRIVATE_END 8
#define PRIVATE_LENGTH 12
#define PRIVATE_HEADER 16u

#define FILE_SYSTEM_MAGIC 0xf0a5
#define STARTUP_MAGIC 0xabcd
#define PRIVATE_MAGIC 0xfedc
#define FORMAT_PLAIN 1
#define FORMAT_COMPRESSED 2
#define UNKNOWN_OF_7200 0x0c04

struct part {
	size_t at;		/* relative to the file system */
	size_t length;
};

static uint32_t u16(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t u32(const uint8_t *at)
{
	return u16(at) << 16 | u16(at + 2);
}

static void put16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
	put16(at, value >> 16);
	put16(at + 2, value & 0xffff);
}

static size_t align4(size_t offset)
{
	return (offset + 3) & ~(size_t)3;
}

static bool has_file_system(const uint8_t *image, size_t size)
{
	return size >= NVFS_OFFSET + SECTOR && size <= NVFS_LONGEST && u16(image + NVFS_OFFSET + MAGIC) == FILE_SYSTEM_MAGIC;
}

/* Where the bytes at a physical address are; false if they are not all in the file system. */
static bool locate(size_t size, uint32_t start, uint32_t length, struct part *part)
{
	uint32_t at = start - ADDRESS;

	if (at < HEADER || length > size || at > size - length)
		return false;
	part->at = at;
	part->length = length;
	return true;
}

static enum nvfs_state find_startup(const uint8_t *fs, size_t size, struct part *part)
{
	if (u16(fs + STARTUP) != STARTUP_MAGIC)
		return NVFS_NONE;
	return locate(size, u32(fs + START), u32(fs + LENGTH), part) ? NVFS_FOUND : NVFS_DAMAGED;
}

/* Behind a good startup configuration. A damaged private configuration counts as none: its length is 0. */
static struct part find_private(const uint8_t *fs, size_t size, struct part startup)
{
	size_t header = align4(startup.at + startup.length);
	struct part part;

	if (size < PRIVATE_HEADER || header > size - PRIVATE_HEADER || u16(fs + header) != PRIVATE_MAGIC
		|| u16(fs + header + PRIVATE_FORMAT) != FORMAT_PLAIN
		|| !locate(size, u32(fs + header + PRIVATE_START), u32(fs + header + PRIVATE_LENGTH), &part))
		return (struct part){0};
	return part;
}

enum nvfs_state nvfs_startup(const uint8_t *image, size_t size, struct text *text)
{
	const uint8_t *fs = image + NVFS_OFFSET;
	enum nvfs_state state;
	struct part part;
	size_t before = text->length;

	if (!has_file_system(image, size))
		return NVFS_NONE;
	state = find_startup(fs, size - NVFS_OFFSET, &part);
	if (state != NVFS_FOUND)
		return state;
	if (u16(fs + FORMAT) == FORMAT_PLAIN) {
		add_bytes(text, fs + part.at, part.length);
	} else {
		uint32_t length = u32(fs + PLAIN_LENGTH);

		if (u16(fs + FORMAT) != FORMAT_COMPRESSED || length > NVFS_LONGEST_CONFIG
			|| !lzc_decode(fs + part.at, part.length, length, text) || text->length - before != length)
			return NVFS_DAMAGED;
	}
	return text->length == before ? NVFS_NONE : NVFS_FOUND;
}

/* One's-complement sum of the 16-bit words behind the magic, the check sum itself counted as 0, complemented. */
static uint32_t checksum(const uint8_t *fs, size_t size)
{
	uint32_t sum = 0;

	for (size_t at = STARTUP; at < size; at += 2) {
		if (at != CHECKSUM)
			sum += (uint32_t)fs[at] << 8 | (at + 1 < size ? fs[at + 1] : 0);
		sum = (sum & 0xffff) + (sum >> 16);
	}
	return ~sum & 0xffff;
}

bool nvfs_checksum_good(const uint8_t *image, size_t size)
{
	const uint8_t *fs = image + NVFS_OFFSET;

	return has_file_system(image, size) && u16(fs + CHECKSUM) == checksum(fs, size - NVFS_OFFSET);
}

size_t nvfs_checksum_offset(void)
{
	return NVFS_OFFSET + CHECKSUM;
}

/* First offset behind what is stored, in whole sectors. */
static size_t old_end(const uint8_t *fs, size_t size, bool present)
{
	struct part startup;
	struct part private;
	size_t end;

	if (!present)
		return size;
	if (find_startup(fs, size, &startup) != NVFS_FOUND)
		return 0;
	private = find_private(fs, size, startup);
	end = private.length ? private.at + private.length : startup.at + startup.length;
	end = (end + SECTOR - 1) / SECTOR * SECTOR;
	return end < size ? end : size;
}

static void put_private(uint8_t *header, size_t at, const uint8_t *data, size_t length)
{
	uint32_t start = ADDRESS + (uint32_t)(at + PRIVATE_HEADER);

	put16(header, PRIVATE_MAGIC);
	put16(header + PRIVATE_FORMAT, FORMAT_PLAIN);
	put32(header + PRIVATE_START, start);
	put32(header + PRIVATE_END, start + (uint32_t)length);
	put32(header + PRIVATE_LENGTH, (uint32_t)length);
	if (length)
		memcpy(header + PRIVATE_HEADER, data, length);
}

bool nvfs_store(uint8_t *image, size_t size, const void *startup, size_t length)
{
	uint8_t *fs = image + NVFS_OFFSET;
	size_t room = size - NVFS_OFFSET;
	size_t header = align4(HEADER + length);
	struct part old = {0};
	struct part private = {0};
	uint8_t *kept;
	size_t clear;
	size_t end;

	if (size < NVFS_OFFSET + SECTOR || size > NVFS_LONGEST || length > room)
		return false;
	if (has_file_system(image, size) && find_startup(fs, room, &old) == NVFS_FOUND)
		private = find_private(fs, room, old);
	end = header + PRIVATE_HEADER + private.length;
	if (end > room)
		return false;
	kept = malloc(private.length + 1);
	if (kept == NULL)
		return false;
	memcpy(kept, fs + private.at, private.length);
	clear = old_end(fs, room, has_file_system(image, size));

	memset(fs, 0, HEADER);
	put16(fs + MAGIC, FILE_SYSTEM_MAGIC);
	put16(fs + STARTUP, STARTUP_MAGIC);
	put16(fs + FORMAT, FORMAT_PLAIN);
	put16(fs + UNKNOWN, UNKNOWN_OF_7200);
	put32(fs + START, ADDRESS + HEADER);
	put32(fs + END, ADDRESS + HEADER + (uint32_t)length);
	put32(fs + LENGTH, (uint32_t)length);
	if (length)
		memcpy(fs + HEADER, startup, length);
	memset(fs + HEADER + length, 0, header - HEADER - length);
	put_private(fs + header, header, kept, private.length);
	if (clear > end)
		memset(fs + end, 0, clear - end);
	put16(fs + CHECKSUM, checksum(fs, room));
	free(kept);
	return true;
}
