package org.xenomips.devices.storage;

/**
 * A copy of a stretch of an image on its way to a file; nobody changes the bytes.
 *
 * @param offset of the first byte within the image
 */
public record ImageBlock(int offset, byte[] bytes) {
}
