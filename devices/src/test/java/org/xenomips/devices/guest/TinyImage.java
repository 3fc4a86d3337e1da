package org.xenomips.devices.guest;

import java.nio.ByteBuffer;

/** ELF32 images of a few instructions at the usual load address, and the instructions tests need. */
final class TinyImage {
    static final int ENTRY = 0x8000_8000;
    static final int NOP = 0;
    static final int SYSCALL = 0x0000_000c;
    static final int BREAK = 0x0000_000d;
    static final int RETURN = 0x03e0_0008;
    private static final int HEADER_BYTES = 52;
    private static final int SECTION_BYTES = 40;
    private static final int A0 = 4;
    private static final int A1 = 5;

    private TinyImage() {}

    /** An image with one allocated section (and one program header) that holds {@code words}. */
    static byte[] of(int... words) {
        int code = HEADER_BYTES + 32 + SECTION_BYTES;
        ByteBuffer b = ByteBuffer.allocate(code + 4 * words.length);
        b.put(new byte[]{ 0x7f, 'E', 'L', 'F', 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        b.putShort((short) 2).putShort((short) 8).putInt(1).putInt(ENTRY);
        b.putInt(HEADER_BYTES).putInt(HEADER_BYTES + 32).putInt(0);
        b.putShort((short) HEADER_BYTES).putShort((short) 32).putShort((short) 1);
        b.putShort((short) SECTION_BYTES).putShort((short) 1).putShort((short) 0);
        int bytes = 4 * words.length;
        putAll(b, 1, code, ENTRY, ENTRY, bytes, bytes, 7, 4);
        putAll(b, 0, 1, 6, ENTRY, code, bytes, 0, 0, 4, 0);
        putAll(b, words);
        return b.array();
    }

    private static void putAll(ByteBuffer to, int... words) {
        for (int word : words) {
            to.putInt(word);
        }
    }

    /** {@code li $a0, value}. */
    static int loadA0(int value) {
        return 0x2400_0000 | A0 << 16 | value;
    }

    /** {@code li $a1, value}. */
    static int loadA1(int value) {
        return 0x2400_0000 | A1 << 16 | value;
    }

    /** A branch always taken, {@code words} instructions from its delay slot. */
    static int branch(int words) {
        return 0x1000_0000 | words & 0xffff;
    }
}
