package org.xenomips.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Builds small ELF32 big-endian files. */
final class ElfImages {
    static final int SHT_PROGBITS = 1;
    static final int SHT_NOBITS = 8;

    record Section(int type, int flags, int address, byte[] bytes, int size) {
        static Section code(int address, byte... bytes) {
            return new Section(SHT_PROGBITS, 2, address, bytes, bytes.length);
        }

        static Section bss(int address, int size) {
            return new Section(SHT_NOBITS, 2, address, new byte[0], size);
        }
    }

    private ElfImages() {}

    static byte[] of(int entry, Section... sections) {
        List<Integer> offsets = new ArrayList<>();
        int at = 52;
        for (Section section : sections) {
            offsets.add(at);
            at += section.bytes.length;
        }
        ByteBuffer file = ByteBuffer.allocate(at + 40 * (sections.length + 1));
        file.putInt(0x7f45_4c46).put((byte) 1).put((byte) 2).put((byte) 1);
        file.putShort(0x10, (short) 2).putShort(0x12, (short) 8).putInt(0x14, 1).putInt(0x18, entry);
        file.putInt(0x20, at).putShort(0x28, (short) 52);
        file.putShort(0x2e, (short) 40).putShort(0x30, (short) (sections.length + 1));
        for (int i = 0; i < sections.length; i++) {
            Section section = sections[i];
            file.put(offsets.get(i), section.bytes);
            int header = at + 40 * (i + 1);
            file.putInt(header + 4, section.type)
                    .putInt(header + 8, section.flags)
                    .putInt(header + 12, section.address);
            file.putInt(header + 16, offsets.get(i)).putInt(header + 20, section.size);
        }
        return file.array();
    }
}
