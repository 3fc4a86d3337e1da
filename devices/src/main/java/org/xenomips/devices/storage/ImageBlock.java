package org.xenomips.devices.storage;

/** A copy of a stretch of an image on its way to a file. Immutable by convention: who gets one does not change the bytes. */
final class ImageBlock {
    private final int offset;
    private final byte[] bytes;

    ImageBlock(int offset, byte[] bytes) {
        this.offset = offset;
        this.bytes = bytes;
    }

    /** Byte offset of the first byte within the image. */
    int offset() {
        return offset;
    }

    byte[] bytes() {
        return bytes;
    }
}
