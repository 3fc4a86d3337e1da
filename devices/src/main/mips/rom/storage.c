/* Commands about files: dir, boot, dev. */
#include "rom.h"

#define FLASH_FILES 0x40000u
#define FLASH_SIZE 0x800000u
#define FLASH_MAGIC 0x07158805u
#define FLASH_HEADER_SIZE 128u
#define NO_DISK 2u

static const struct {
	const char *name;
	u32 unit;
} disks[] = {{"disk0:", 0}, {"disk1:", 1}, {"slot0:", 0}, {"slot1:", 1}};

/* Splits "disk0:path" into unit and path; NO_DISK if the name is not one of a disk. */
static u32 disk_of(const char *name, const char **path)
{
	for (u32 i = 0; i < COUNT_OF(disks); i++) {
		const char *p = name;
		const char *q = disks[i].name;

		while (*q && to_lower(*p) == *q) {
			p++;
			q++;
		}
		if (*q == 0) {
			*path = p;
			return disks[i].unit;
		}
	}
	return NO_DISK;
}

static void show_entry(const struct fat_entry *e)
{
	if (e->directory)
		say("%12s", "<directory>");
	else
		say("%12u", e->size);
	say("  %u-%02u-%02u %02u:%02u  %s\n", 1980 + (e->date >> 9), (u32)e->date >> 5 & 15, (u32)e->date & 31,
		(u32)e->time >> 11, (u32)e->time >> 5 & 63, e->name);
}

/* A word anywhere in the flash: headers are not aligned. */
static u32 flash_word(u32 at)
{
	u32 v = 0;

	for (u32 i = 0; i < 4; i++)
		v = v << 8 | (REG8(BOOTFLASH + at + i) & 0xFF);
	return v;
}

/* Lists the files of the boot flash: a chain of headers, each directly followed by its data. */
static void list_flash(void)
{
	u32 at = FLASH_FILES;
	u32 files = 0;

	while (at <= FLASH_SIZE - FLASH_HEADER_SIZE && flash_word(at) == FLASH_MAGIC) {
		u32 length = flash_word(at + 72);

		say("%12u  ", length);
		for (u32 i = 0; i < 64; i++) {
			int c = REG8(BOOTFLASH + at + 8 + i);

			if (c == 0)
				break;
			say("%c", c > ' ' && c <= '~' ? c : '?');
		}
		say("\n");
		files++;
		if (length > FLASH_SIZE - FLASH_HEADER_SIZE - at)
			break;
		at += FLASH_HEADER_SIZE + length;
	}
	if (files == 0)
		say("no files\n");
}

void dir_command(int argc, char **argv)
{
	const char *path;
	const char *error;
	u32 unit;

	if (argc != 2) {
		say("usage: dir DEVICE:, see `dev`\n");
		return;
	}
	if (same_word(argv[1], "bootflash:")) {
		list_flash();
		return;
	}
	unit = disk_of(argv[1], &path);
	if (unit == NO_DISK) {
		say("dir: there is no device \"%s\"\n", argv[1]);
		return;
	}
	error = fat_open(unit);
	if (error == NULL)
		error = fat_list(path, show_entry);
	if (error)
		say("dir: %s\n", error);
}

void dev_command(int argc, char **argv)
{
	u32 sectors;

	(void)argc;
	(void)argv;
	say("Devices in device table:\n        id  name\n%10s  boot flash\n", "bootflash:");
	for (u32 unit = 0; unit < 2; unit++) {
		say("%10s  PCMCIA slot %u: ", disks[unit].name, unit);
		if (disk_open(unit, &sectors))
			say("empty\n");
		else
			say("%u MB\n", sectors >> 11);
	}
}

/* Runs an image; comes back only if the image returns. */
static void run_image(u32 entry)
{
	VAR_FROM_MONITOR = 1;
	start_image(entry);
	rom_print("Image returned to ROM.\n");
	after_return();
}

static void boot_loaded(void)
{
	u32 entry = REMOTE_ENTRY;

	if (entry == 0) {
		say("boot: no image is loaded; name a file, for example boot disk0:image\n");
	} else if (image_has_run()) {
		say("The image has run already: reloading the machine to start it afresh.\n");
		reload_machine();
	} else {
		run_image(entry);
	}
}

static void boot_file(const char *name)
{
	struct fat_entry found;
	const char *path = name;
	const char *error;
	u32 entry;
	u32 unit = disk_of(name, &path);

	if (unit == NO_DISK) {
		say("boot: \"%s\" is not on a disk this monitor can read\n", name);
		return;
	}
	error = fat_open(unit);
	if (error == NULL)
		error = fat_find(path, &found);
	if (error == NULL)
		error = elf_load(found.size, &entry);
	if (error)
		say("boot: %s: %s\n", name, error);
	else
		run_image(entry);
}

void boot_command(int argc, char **argv)
{
	if (argc == 1)
		boot_loaded();
	else
		boot_file(argv[1]);
}
