package org.xenomips.devices.nic.dec21140;

/**
 * Finishes frames of an ISL trunk as the adapter's own logic does on the way out: software hands over a frame to
 * {@code 01:00:0c:00:10:00} whose inner checksum is missing.
 */
final class IslTrailer {
    private static final long UNFINISHED = 0x0100_0c00_1000L;
    private static final int LENGTH_AT = 12;
    /** Where the encapsulated packet begins: behind 14 bytes of header and 12 that the length field covers as well. */
    private static final int INNER_AT = 26;
    /** Bytes covered by the length field that do not belong to the packet: the rest of the header, and the checksum. */
    private static final int NOT_INNER = 12 + 4;
    private static final int CRC_POLYNOMIAL = 0xedb8_8320;

    private IslTrailer() {}

    /** Completes {@code frame} if it is such a frame and its length field makes sense. */
    static void finish(byte[] frame, int length) {
        if (length < INNER_AT + 4 || AddressFilter.destination(frame) != UNFINISHED) {
            return;
        }
        int inner = ((frame[LENGTH_AT] & 0xff) << 8 | frame[LENGTH_AT + 1] & 0xff) - NOT_INNER;
        if (inner < 0 || INNER_AT + inner > length) {
            return;
        }
        frame[4] = 0;
        int crc = -1;
        for (int i = INNER_AT; i < INNER_AT + inner; i++) {
            crc ^= frame[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) != 0 ? CRC_POLYNOMIAL : 0);
            }
        }
        crc = ~crc;
        for (int i = 0; i < 4; i++) {
            frame[length - 4 + i] = (byte) (crc >>> 8 * i);
        }
    }
}
