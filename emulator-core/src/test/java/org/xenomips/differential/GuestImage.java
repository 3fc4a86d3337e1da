package org.xenomips.differential;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A bare-metal program for a big-endian MIPS machine.
 *
 * @param entry    virtual address of the first instruction
 * @param segments what is loaded
 */
record GuestImage(long entry, List<Segment> segments) {
    private static final int HEADER_BYTES = 52;
    private static final int PROGRAM_HEADER_BYTES = 32;

    /** Bytes at a virtual address in kseg0. */
    record Segment(long address, byte[] bytes) {
    }

    /** The program as a 32-bit ELF executable. */
    byte[] elf() {
        int at = HEADER_BYTES + segments.size() * PROGRAM_HEADER_BYTES;
        ByteBuffer file = ByteBuffer.allocate(at + segments.stream().mapToInt(s -> s.bytes().length).sum());
        file.put(new byte[]{ 0x7f, 'E', 'L', 'F', 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        // ET_EXEC, EM_MIPS, flags: MIPS III with the n32 calling convention (64-bit registers).
        file.putShort((short) 2).putShort((short) 8).putInt(1).putInt((int) entry).putInt(HEADER_BYTES).putInt(0);
        file.putInt(0x2000_0020).putShort((short) HEADER_BYTES).putShort((short) PROGRAM_HEADER_BYTES);
        file.putShort((short) segments.size()).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        for (Segment segment : segments) {
            int length = segment.bytes().length;
            file.putInt(1).putInt(at).putInt((int) segment.address()).putInt((int) segment.address());
            file.putInt(length).putInt(length).putInt(7).putInt(1);
            at += length;
        }
        segments.forEach(segment -> file.put(segment.bytes()));
        return file.array();
    }
}
