/* The startup configuration on /dev/nvram, or in a file that is an image of it. */
#include "router.h"
#include "nvfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool read_image(const char *device, struct text *image)
{
	if (read_whole(device, image, NVFS_LONGEST))
		return true;
	fprintf(stderr, "%% %s: %s\n", device, strerror(errno));
	return false;
}

bool load_startup(const char *device, struct text *text)
{
	struct text image = {0};
	enum nvfs_state state = NVFS_NONE;

	if (read_image(device, &image)) {
		const uint8_t *bytes = (const uint8_t *)text_of(&image);

		state = nvfs_startup(bytes, image.length, text);
		if (state == NVFS_DAMAGED)
			fputs("% The startup configuration in NVRAM is damaged.\n", stderr);
		else if (state == NVFS_FOUND && !nvfs_checksum_good(bytes, image.length))
			fputs("% The NVRAM's check sum is wrong; the startup configuration may be damaged.\n", stderr);
	}
	free_text(&image);
	return state == NVFS_FOUND;
}

static bool write_at(int fd, const uint8_t *image, size_t from, size_t to)
{
	while (from < to) {
		ssize_t done = pwrite(fd, image + from, to - from, (off_t)from);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		from += (size_t)done;
	}
	return true;
}

/* The part that differs, without the check sum; that comes last, so that an interrupted change can be told. */
static bool write_image(const char *device, const uint8_t *old, const uint8_t *new, size_t size)
{
	size_t sum = nvfs_checksum_offset();
	size_t end = size;
	bool good;
	int fd;

	while (end > sum && old[end - 1] == new[end - 1])
		end--;
	fd = open(device, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	good = write_at(fd, new, sum + 2, end) && write_at(fd, new, NVFS_OFFSET, sum) && write_at(fd, new, sum, sum + 2);
	return close(fd) == 0 && good;
}

bool save_startup(const char *device, const struct text *text)
{
	struct text old = {0};
	struct text new = {0};
	bool good = false;

	if (!read_image(device, &old))
		return false;
	add_bytes(&new, old.data, old.length);
	if (!nvfs_store((uint8_t *)new.data, new.length, text_of(text), text->length)) {
		fputs("% The configuration does not fit the NVRAM.\n", stderr);
	} else {
		good = write_image(device, (uint8_t *)old.data, (uint8_t *)new.data, new.length);
		if (!good)
			fprintf(stderr, "%% %s: %s\n", device, strerror(errno));
	}
	free_text(&old);
	free_text(&new);
	return good;
}

/* nvram read|write|erase|check [-f FILE]: the startup configuration to standard output, from standard input. */
int nvram_command(int argc, char **argv)
{
	const char *device = NVRAM_DEVICE;
	struct text text = {0};
	bool good = false;

	if (argc == 4 && strcmp(argv[2], "-f") == 0)
		device = argv[3];
	else if (argc != 2)
		argc = 0;
	if (argc && strcmp(argv[1], "read") == 0) {
		good = load_startup(device, &text);
		fwrite(text_of(&text), 1, text.length, stdout);
	} else if (argc && strcmp(argv[1], "write") == 0) {
		good = read_whole("/dev/stdin", &text, NVFS_LONGEST_CONFIG) && save_startup(device, &text);
	} else if (argc && strcmp(argv[1], "erase") == 0) {
		good = save_startup(device, &text);
	} else if (argc && strcmp(argv[1], "check") == 0) {
		good = read_image(device, &text) && nvfs_checksum_good((const uint8_t *)text_of(&text), text.length);
		puts(good ? "The NVRAM's check sum is right." : "There is no file system, or its check sum is wrong.");
	} else {
		fputs("usage: nvram read|write|erase|check [-f FILE]\n", stderr);
	}
	free_text(&text);
	return good ? 0 : 1;
}
