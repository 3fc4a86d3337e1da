/* The configurations in an image of the NVRAM: header, startup configuration, private configuration, one check sum, all
 * big-endian. The contents are as hostile as whoever wrote them: every offset and length is checked. */
#ifndef NVFS_H
#define NVFS_H

#include "text.h"

/* The ROM monitor owns what lies before. */
#define NVFS_OFFSET 0x800u
#define NVFS_LONGEST (8u << 20)
/* Longest configuration after decompression. */
#define NVFS_LONGEST_CONFIG (1u << 20)

enum nvfs_state {
	NVFS_FOUND,
	NVFS_NONE,		/* no file system, or no startup configuration in it */
	NVFS_DAMAGED		/* the header makes no sense or the compressed form is broken */
};

/* Adds the startup configuration to TEXT, decompressed. */
enum nvfs_state nvfs_startup(const uint8_t *image, size_t size, struct text *text);
/* Whether the check sum is right; false too if there is no file system. */
bool nvfs_checksum_good(const uint8_t *image, size_t size);
/* Puts a startup configuration in place of the stored one, in plain form, and keeps the private one. False if it does not
 * fit; the image is then unchanged. */
bool nvfs_store(uint8_t *image, size_t size, const void *startup, size_t length);
/* Offset in the image of the check sum, which is to be written last: until then the stored state is recognizably unfinished. */
size_t nvfs_checksum_offset(void);

/* Decompresses data in the form of compress(1). False if they are broken or there are more than LIMIT bytes. */
bool lzc_decode(const uint8_t *data, size_t length, size_t limit, struct text *out);

#endif
