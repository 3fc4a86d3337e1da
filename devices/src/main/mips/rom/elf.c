/* Loading an ELF32 image from a disk: by program headers, or by sections when there are none to load. */
#include "rom.h"

#define PT_LOAD 1u
#define SHT_NOBITS 8u
#define SHF_ALLOC 2u
#define MAX_HEADERS 256u

struct elf_header {
	u8 ident[16];
	u16 type, machine;
	u32 version, entry, program_offset, section_offset, flags;
	u16 header_size, program_size, program_count, section_size, section_count, names;
};

struct program_header {
	u32 type, offset, virtual_address, physical_address, file_size, memory_size, flags, align;
};

struct section_header {
	u32 name, type, flags, address, offset, size, link, info, align, entry_size;
};

/* A piece of the image is only ever put in RAM above the ROM's own area. */
static int fits_ram(u32 address, u32 size)
{
	u32 end = REMOTE_RAM_MB << 20;
	u32 physical = PHYSICAL(address);

	return address >= 0x80000000u && address < 0xC0000000u && physical >= IMAGE_LOWEST && physical < end
		&& size <= end - physical;
}

static const char *place(u32 address, u32 offset, u32 file_size, u32 memory_size)
{
	const char *error = NULL;

	if (file_size > memory_size)
		return "a segment is larger in the file than in memory";
	if (!fits_ram(address, memory_size))
		return "the image does not fit the memory";
	if (file_size)
		error = fat_read(offset, (u8 *)address, file_size);
	if (error == NULL)
		memset((u8 *)address + file_size, 0, memory_size - file_size);
	say("#");
	return error;
}

static const char *load_segments(const struct elf_header *h, u32 *loaded)
{
	for (u32 i = 0; i < h->program_count && i < MAX_HEADERS; i++) {
		struct program_header p;
		const char *error = fat_read(h->program_offset + i * h->program_size, (u8 *)&p, sizeof p);

		if (error)
			return error;
		if (p.type != PT_LOAD || p.memory_size == 0)
			continue;
		error = place(p.virtual_address, p.offset, p.file_size, p.memory_size);
		if (error)
			return error;
		++*loaded;
	}
	return NULL;
}

static const char *load_sections(const struct elf_header *h, u32 *loaded)
{
	for (u32 i = 0; i < h->section_count && i < MAX_HEADERS; i++) {
		struct section_header s;
		const char *error = fat_read(h->section_offset + i * h->section_size, (u8 *)&s, sizeof s);

		if (error)
			return error;
		if ((s.flags & SHF_ALLOC) == 0 || s.size == 0)
			continue;
		error = place(s.address, s.offset, s.type == SHT_NOBITS ? 0 : s.size, s.size);
		if (error)
			return error;
		++*loaded;
	}
	return NULL;
}

static int is_elf32(const struct elf_header *h)
{
	static const u8 magic[6] = {0x7F, 'E', 'L', 'F', 1, 2};

	return memcmp(h->ident, magic, sizeof magic) == 0;
}

const char *elf_load(u32 file_size, u32 *entry)
{
	struct elf_header h;
	u32 loaded = 0;
	const char *error;

	if (file_size < sizeof h || fat_read(0, (u8 *)&h, sizeof h) || !is_elf32(&h))
		return "not a 32-bit big-endian ELF file";
	error = load_segments(&h, &loaded);
	if (error == NULL && loaded == 0)
		error = load_sections(&h, &loaded);
	say("\n");
	if (error)
		return error;
	if (loaded == 0 || !fits_ram(h.entry, 4) || h.entry & 3)
		return "nothing to start in the file";
	*entry = h.entry;
	return NULL;
}
