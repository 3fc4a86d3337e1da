/* Writes an initial root file system (cpio archive of format newc) from a directory: entries sorted by name, everything owned by
 * root and dated 1970, permissions 755 or 644, plus the two device files a kernel needs before /dev is mounted.
 * Same contents, same bytes; needs no root.
 *
 * usage: pack DIRECTORY >ARCHIVE */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_LIMIT 1024
#define TRAILER "TRAILER!!!"

static unsigned long written;
static unsigned inode = 1;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void put(const void *data, size_t length)
{
	if (length && fwrite(data, length, 1, stdout) != 1)
		fail("write");
	written += length;
}

static void pad(unsigned long boundary)
{
	while (written % boundary)
		put("", 1);
}

static void entry(const char *name, unsigned mode, unsigned major, unsigned minor, const void *data, size_t size)
{
	char header[111];
	unsigned links = S_ISDIR(mode) ? 2 : 1;

	snprintf(header, sizeof header, "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", inode++, mode, 0, 0, links,
		0, (unsigned)size, 0, 0, major, minor, (unsigned)strlen(name) + 1, 0);
	put(header, 110);
	put(name, strlen(name) + 1);
	pad(4);
	put(data, size);
	pad(4);
}

static void file(const char *path, const char *name, const struct stat *status)
{
	size_t size = (size_t)status->st_size;
	char *data = malloc(size + 1);
	FILE *in = fopen(path, "rb");

	if (data == NULL || in == NULL || fread(data, 1, size + 1, in) != size)
		fail(path);
	fclose(in);
	entry(name, S_IFREG | (status->st_mode & 0100 ? 0755 : 0644), 0, 0, data, size);
	free(data);
}

static void link_to(const char *path, const char *name)
{
	char target[NAME_LIMIT];
	ssize_t length = readlink(path, target, sizeof target);

	if (length < 0 || length == sizeof target)
		fail(path);
	entry(name, S_IFLNK | 0777, 0, 0, target, (size_t)length);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void directory(const char *path, const char *prefix)
{
	struct dirent **found;
	int count = scandir(path, &found, NULL, by_name);

	if (count < 0)
		fail(path);
	for (int i = 0; i < count; i++) {
		char *inner;
		char *name;
		struct stat status;

		if (strcmp(found[i]->d_name, ".") == 0 || strcmp(found[i]->d_name, "..") == 0)
			continue;
		if (asprintf(&inner, "%s/%s", path, found[i]->d_name) < 0
			|| asprintf(&name, "%s%s%s", prefix, *prefix ? "/" : "", found[i]->d_name) < 0 || lstat(inner, &status) < 0)
			fail(path);
		if (S_ISDIR(status.st_mode)) {
			entry(name, S_IFDIR | 0755, 0, 0, NULL, 0);
			directory(inner, name);
		} else if (S_ISLNK(status.st_mode)) {
			link_to(inner, name);
		} else if (S_ISREG(status.st_mode)) {
			file(inner, name, &status);
		} else {
			fprintf(stderr, "%s: not a file\n", inner);
			exit(1);
		}
		free(inner);
		free(name);
	}
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: pack DIRECTORY >ARCHIVE\n", stderr);
		return 2;
	}
	entry("dev", S_IFDIR | 0755, 0, 0, NULL, 0);
	entry("dev/console", S_IFCHR | 0600, 5, 1, NULL, 0);
	entry("dev/null", S_IFCHR | 0666, 1, 3, NULL, 0);
	directory(argv[1], "");
	inode = 0;
	entry(TRAILER, 0, 0, 0, NULL, 0);
	pad(512);
	if (fflush(stdout) != 0)
		fail("write");
	return 0;
}
