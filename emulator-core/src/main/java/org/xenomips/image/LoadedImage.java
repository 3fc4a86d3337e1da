package org.xenomips.image;

/**
 * What loading an image has put into guest memory.
 *
 * @param name file name, for messages
 * @param entry entry point, the low 32 bits of the virtual address
 * @param bytes number of bytes copied or cleared
 */
public record LoadedImage(String name, int entry, long bytes) {
}
