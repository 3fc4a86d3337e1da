/* Reading FAT16 volumes. Everything on the disk is distrusted: sizes are checked when the volume is opened, cluster
 * chains when they are followed. */
#include "rom.h"

#define DIRECTORY_ENTRY_SIZE 32u
#define ATTRIBUTE_LABEL 0x08
#define ATTRIBUTE_DIRECTORY 0x10
#define ATTRIBUTE_LONG_NAME 0x0F
#define DELETED 0xE5
#define LONG_NAME_LAST 0x40
#define LONG_NAME_CHARACTERS 13

static const char unreadable[] = "disk read error";
static const char damaged[] = "the file system is damaged";
static const char not_fat16[] = "no FAT16 file system";

static struct {
	u32 unit;
	u32 cluster_sectors;
	u32 fat_lba;
	u32 root_lba, root_sectors;
	u32 data_lba;
	u32 clusters;
} volume;

static struct {
	u32 first_cluster;
	u32 size;
	u32 at_index, at_cluster;	/* place in the chain last used */
} file;

static u8 sector[SECTOR_SIZE];
static u8 fat_sector[SECTOR_SIZE];
static u32 fat_sector_lba;

static u32 little16(const u8 *p)
{
	return p[0] | (u32)p[1] << 8;
}

static u32 little32(const u8 *p)
{
	return little16(p) | little16(p + 2) << 16;
}

/* First sector of the volume: the first FAT partition, or 0 on a disk without a partition table. */
static u32 find_volume(void)
{
	for (u32 i = 0; i < 4; i++) {
		const u8 *entry = sector + 0x1BE + 16 * i;

		if (entry[4] == 0x04 || entry[4] == 0x06 || entry[4] == 0x0E)
			return little32(entry + 8);
	}
	return 0;
}

static const char *read_parameters(u32 start, u32 disk_sectors)
{
	u32 reserved = little16(sector + 14);
	u32 fats = sector[16];
	u32 root_entries = little16(sector + 17);
	u32 total = little16(sector + 19) ? little16(sector + 19) : little32(sector + 32);
	u32 fat_size = little16(sector + 22);
	u32 per_cluster = sector[13];
	u32 overhead;

	if (little16(sector + 510) != 0xAA55 || little16(sector + 11) != SECTOR_SIZE || per_cluster == 0
		|| (per_cluster & (per_cluster - 1)) || reserved == 0 || fats == 0 || fats > 2 || fat_size == 0
		|| root_entries == 0 || root_entries % 16)
		return not_fat16;
	volume.cluster_sectors = per_cluster;
	volume.fat_lba = start + reserved;
	volume.root_lba = volume.fat_lba + fats * fat_size;
	volume.root_sectors = root_entries / 16;
	volume.data_lba = volume.root_lba + volume.root_sectors;
	overhead = volume.data_lba - start;
	if (start >= disk_sectors || total > disk_sectors - start || overhead >= total)
		return damaged;
	volume.clusters = (total - overhead) / per_cluster;
	if (volume.clusters > fat_size * 256 - 2)
		volume.clusters = fat_size * 256 - 2;
	if (volume.clusters > 0xFFF4)
		return not_fat16;
	return NULL;
}

const char *fat_open(u32 unit)
{
	u32 disk_sectors;
	u32 start;

	fat_sector_lba = 0;
	volume.unit = unit;
	if (disk_open(unit, &disk_sectors))
		return "no disk in the slot";
	if (disk_read(unit, 0, sector))
		return unreadable;
	start = find_volume();
	if (start >= disk_sectors)
		return damaged;
	if (start && disk_read(unit, start, sector))
		return unreadable;
	return read_parameters(start, disk_sectors);
}

/* The cluster behind this one; 0 at the end of the chain or when the chain leaves the volume. */
static u32 next_cluster(u32 cluster)
{
	u32 lba = volume.fat_lba + cluster / 256;
	u32 next;

	if (lba != fat_sector_lba) {
		fat_sector_lba = 0;
		if (disk_read(volume.unit, lba, fat_sector))
			return 0;
		fat_sector_lba = lba;
	}
	next = little16(fat_sector + cluster % 256 * 2);
	return next >= 2 && next < volume.clusters + 2 ? next : 0;
}

static u32 cluster_lba(u32 cluster)
{
	return volume.data_lba + (cluster - 2) * volume.cluster_sectors;
}

/* A directory being read, sector by sector. cluster is 0 for the root directory. */
struct directory {
	u32 cluster;
	u32 sector;		/* next sector of the root directory or of the cluster */
	u32 clusters_left;	/* a chain that is longer is a circle */
};

static void start_directory(struct directory *d, u32 cluster)
{
	d->cluster = cluster;
	d->sector = 0;
	d->clusters_left = volume.clusters;
}

/* Reads the next sector of a directory: 1 read, 0 end, -1 error. */
static int next_directory_sector(struct directory *d)
{
	if (d->cluster == 0) {
		if (d->sector >= volume.root_sectors)
			return 0;
		return disk_read(volume.unit, volume.root_lba + d->sector++, sector) ? -1 : 1;
	}
	if (d->sector == volume.cluster_sectors) {
		d->cluster = next_cluster(d->cluster);
		d->sector = 0;
		if (d->cluster == 0 || d->clusters_left-- == 0)
			return 0;
	}
	return disk_read(volume.unit, cluster_lba(d->cluster) + d->sector++, sector) ? -1 : 1;
}

static u8 short_name_sum(const u8 *e)
{
	u8 sum = 0;

	for (u32 i = 0; i < 11; i++)
		sum = (u8)((sum >> 1 | sum << 7) + e[i]);
	return sum;
}

/* Long names are stored in pieces, last piece first, in front of the entry they belong to. */
struct long_name {
	char text[NAME_SIZE];
	u32 expected;		/* number of the next piece; 0 = complete */
	int sum;		/* check sum of the short name, -1 = no long name */
};

static void add_long_name(struct long_name *l, const u8 *e)
{
	static const u8 places[LONG_NAME_CHARACTERS] = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
	u32 piece = e[0] & 0x1F;

	if (e[0] & LONG_NAME_LAST) {
		memset(l->text, 0, sizeof l->text);
		l->expected = piece;
		l->sum = e[13];
	}
	if (l->sum != e[13] || piece == 0 || piece != l->expected) {
		l->sum = -1;
		return;
	}
	l->expected--;
	for (u32 i = 0; i < LONG_NAME_CHARACTERS; i++) {
		u32 at = (piece - 1) * LONG_NAME_CHARACTERS + i;
		u32 c = little16(e + places[i]);

		if (at < NAME_SIZE - 1 && c != 0xFFFF)
			l->text[at] = (char)(c == 0 || (c >= ' ' && c <= '~') ? c : '?');
	}
}

static void short_name(char *to, const u8 *e)
{
	for (u32 i = 0; i < 11; i++) {
		u8 c = e[i];

		if (i == 8 && c != ' ')
			*to++ = '.';
		if (c != ' ')
			*to++ = (char)(c > ' ' && c <= '~' ? to_lower(c) : '?');
	}
	*to = 0;
}

/* Makes an entry of 32 bytes readable; 0 if it is not a file or directory. */
static int decode_entry(const u8 *e, struct long_name *l, struct fat_entry *entry)
{
	int named;

	if (e[0] == DELETED) {
		l->sum = -1;
		return 0;
	}
	if (e[11] == ATTRIBUTE_LONG_NAME) {
		add_long_name(l, e);
		return 0;
	}
	named = l->sum == short_name_sum(e) && l->expected == 0 && l->text[0];
	l->sum = -1;
	if (e[11] & ATTRIBUTE_LABEL)
		return 0;
	if (named)
		copy_text(entry->name, l->text, NAME_SIZE);
	else
		short_name(entry->name, e);
	entry->directory = (e[11] & ATTRIBUTE_DIRECTORY) != 0;
	entry->time = (u16)little16(e + 22);
	entry->date = (u16)little16(e + 24);
	entry->cluster = (u16)little16(e + 26);
	entry->size = little32(e + 28);
	return 1;
}

/* Goes through a directory: shows every entry, or stops at the one called name (entry is filled, *found set). */
static const char *scan(u32 cluster, const char *name, struct fat_entry *entry, int *found,
	void (*show)(const struct fat_entry *entry))
{
	struct directory d;
	struct long_name l = {.sum = -1};
	int more;

	start_directory(&d, cluster);
	while ((more = next_directory_sector(&d)) > 0)
		for (const u8 *e = sector; e < sector + SECTOR_SIZE; e += DIRECTORY_ENTRY_SIZE) {
			if (e[0] == 0)
				return NULL;
			if (!decode_entry(e, &l, entry))
				continue;
			if (show)
				show(entry);
			else if (same_word(entry->name, name)) {
				*found = 1;
				return NULL;
			}
		}
	return more < 0 ? unreadable : NULL;
}

/* Cuts the next component off a path such as "dir/file" or "/dir"; 0 when there is none. */
static int next_component(const char **path, char *name)
{
	const char *p = *path;
	u32 n = 0;

	while (*p == '/')
		p++;
	while (*p && *p != '/') {
		if (n < NAME_SIZE - 1)
			name[n++] = *p;
		p++;
	}
	name[n] = 0;
	*path = p;
	return n != 0;
}

/* Resolves a path; entry->directory is 1 and entry->cluster 0 for the root directory. */
static const char *resolve(const char *path, struct fat_entry *entry)
{
	char name[NAME_SIZE];

	entry->directory = 1;
	entry->cluster = 0;
	while (next_component(&path, name)) {
		int found = 0;
		const char *error;

		if (!entry->directory)
			return "file not found";
		error = scan(entry->cluster, name, entry, &found, NULL);
		if (error)
			return error;
		if (!found)
			return "file not found";
		if (entry->cluster == 1 || entry->cluster >= volume.clusters + 2)
			return damaged;
	}
	return NULL;
}

const char *fat_list(const char *path, void (*show)(const struct fat_entry *entry))
{
	struct fat_entry entry;
	const char *error = resolve(path, &entry);

	if (error)
		return error;
	if (!entry.directory) {
		show(&entry);
		return NULL;
	}
	return scan(entry.cluster, NULL, &entry, NULL, show);
}

const char *fat_find(const char *path, struct fat_entry *entry)
{
	const char *error = resolve(path, entry);

	if (error)
		return error;
	if (entry->directory)
		return "not a file";
	file.first_cluster = entry->cluster;
	file.size = entry->size;
	file.at_index = 0;
	file.at_cluster = entry->cluster;
	return NULL;
}

/* The cluster that holds a byte of the file, 0 if the chain is too short. */
static u32 cluster_of(u32 offset)
{
	u32 index = offset / (volume.cluster_sectors * SECTOR_SIZE);

	if (file.at_cluster < 2 || index >= volume.clusters)
		return 0;
	if (index < file.at_index) {
		file.at_index = 0;
		file.at_cluster = file.first_cluster;
	}
	while (file.at_index < index) {
		u32 next = next_cluster(file.at_cluster);

		if (next == 0)
			return 0;
		file.at_cluster = next;
		file.at_index++;
	}
	return file.at_cluster;
}

const char *fat_read(u32 offset, u8 *to, u32 length)
{
	if (offset > file.size || length > file.size - offset)
		return "the file is too short";
	while (length) {
		u32 cluster = cluster_of(offset);
		u32 within = offset % SECTOR_SIZE;
		u32 piece = SECTOR_SIZE - within < length ? SECTOR_SIZE - within : length;
		u32 lba;

		if (cluster == 0)
			return damaged;
		lba = cluster_lba(cluster) + offset / SECTOR_SIZE % volume.cluster_sectors;
		if (disk_read(volume.unit, lba, piece == SECTOR_SIZE ? to : sector))
			return unreadable;
		if (piece != SECTOR_SIZE)
			memcpy(to, sector + within, piece);
		to += piece;
		offset += piece;
		length -= piece;
	}
	return NULL;
}
