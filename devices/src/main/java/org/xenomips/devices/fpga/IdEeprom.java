package org.xenomips.devices.fpga;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Contents of an identification EEPROM: bytes as Cisco's formats number them, read by the guest as big-endian 16-bit
 * words. Immutable.
 */
public final class IdEeprom {
    private static final int FORMAT_4_LENGTH = 128;
    private static final int PRODUCT_ID_TAG = 0x40;
    private static final int NO_WORD = 0xffff;

    private final byte[] bytes;

    private IdEeprom(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Exactly the bytes written as {@code hex}; blanks are ignored. */
    public static IdEeprom of(String hex) {
        return new IdEeprom(parse(hex));
    }

    /**
     * A format-4 EEPROM of 128 bytes: header, the fields written as {@code hex} (tag, length byte where the tag asks
     * for one, data), padding.
     */
    public static IdEeprom format4(String hex) {
        byte[] fields = parse(hex);
        byte[] bytes = new byte[FORMAT_4_LENGTH];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[0] = 4;
        System.arraycopy(fields, 0, bytes, 2, fields.length);
        return new IdEeprom(bytes);
    }

    private static byte[] parse(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** The same contents with {@code replacement} from byte {@code at} on. */
    public IdEeprom with(int at, byte... replacement) {
        byte[] copy = bytes.clone();
        System.arraycopy(replacement, 0, copy, at, replacement.length);
        return new IdEeprom(copy);
    }

    /** Word {@code address} (0..63); all ones beyond the contents. */
    public int word(int address) {
        int at = 2 * address;
        return at + 1 < bytes.length ? (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff : NO_WORD;
    }

    /** Contents in bytes. */
    public int length() {
        return bytes.length;
    }

    /** 1 or 4: which of Cisco's formats this is. */
    public int format() {
        return bytes[0];
    }

    /** The product id by which software recognises the card, or -1 if there is none. */
    public int productId() {
        if (format() == 1) {
            return bytes[1] & 0xff;
        }
        int at = 2;
        while (at < bytes.length && bytes[at] != (byte) 0xff) {
            int tag = bytes[at++] & 0xff;
            if (tag == PRODUCT_ID_TAG) {
                return word16(at);
            }
            at += tag >= 0xc0 ? 1 + (word16(at) >> 8 & 0x3f) : 1 << (tag >> 6);
        }
        return -1;
    }

    private int word16(int at) {
        return at + 1 < bytes.length ? (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff : 0;
    }
}
