package org.xenomips.devices.platform;

import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.machine.ConfigurationException;

/** Registers, configuration cycles and DMA of the system controllers, compared with the conformance probe's transcripts. */
class Gt64kProbeTest {
    private static final int SOURCE = 0x0020_0000;
    private static final int DESTINATION = 0x0020_1000;
    private static final int RECORDS = 0x0020_2000;

    @TempDir
    Path directory;

    private final Transcript found = new Transcript();

    @ParameterizedTest
    @ValueSource(strings = { "npe-150", "npe-300", "npe-400" })
    void controllerAnswersAsInTheTranscript(String npe) throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, npe)) {
            registers(board);
            configuration(board);
            dma(board);
            interrupts(board);
            largeCopy(board);
        }
        found.assertMatches("gt64k-" + npe.replace("-", ""));
    }

    private void registers(TestBoard board) {
        for (int offset : new int[]{ 0x000, 0x008, 0x010, 0x018, 0x020, 0x028, 0x030, 0x400, 0x404, 0x408, 0x40c, 0x410,
                0x414, 0x418, 0x41c, 0x448, 0x44c, 0x800, 0x810, 0x820, 0x830, 0x840, 0x850, 0x854, 0x858, 0x85c, 0x860,
                0x864, 0x870, 0xc00, 0xc04, 0xc08, 0xc0c, 0xc18, 0xc1c, 0xc98, 0xcf0, 0xcf4, 0xcf8, 0xcfc, 0xffc }) {
            found.print("gt.%03x=%08x\n", offset, board.gt(offset));
        }
        board.gt(0x008, 0x55);
        board.gt(0x400, 0x55);
        board.gt(0xc08, 0x55);
        board.gt(0x850, 0x55);
        found.print("after writes: %08x %08x %08x %08x\n", board.gt(0x008), board.gt(0x400), board.gt(0xc08),
                board.gt(0x850));
        board.gt(0xc1c, 0xdead_beef);
        board.gt(0xc18, -1);
        found.print("mask=%08x cause=%08x\n", board.gt(0xc1c), board.gt(0xc18));
        board.gt(0xc1c, 0);
    }

    private void configuration(TestBoard board) {
        board.gt(0xcf8, 0x8000_0000);
        found.print("cf8=%08x id=%08x\n", board.gt(0xcf8), board.gt(0xcfc));
        board.gt(0xcf8, 0x8000_0008);
        found.print("rev/class=%08x\n", board.gt(0xcfc));
        board.gt(0xcf8, 0x8000_0010);
        board.gt(0xcfc, -1);
        found.print("bar0=%08x\n", board.gt(0xcfc));
        board.gt(0xcf8, 0x8000_f800);
        found.print("empty device: id=%08x", board.gt(0xcfc));
        board.gt(0xcf8, 0x8000_f804);
        found.print(" reg4=%08x\n", board.gt(0xcfc));
        board.gt(0xcf8, 0x80ff_0000);
        found.print("empty bus: id=%08x\n", board.gt(0xcfc));
        board.gt(0xcf0, 0x8000_0000);
        found.print("root 1: cf0=%08x id=%08x\n", board.gt(0xcf0), board.gt(0xcf4));
        board.gt(0xcf8, 0);
        found.print("enable bit off: id=%08x\n", board.gt(0xcfc));
    }

    private void dma(TestBoard board) {
        for (int i = 0; i < 256; i++) {
            board.w8(SOURCE + i, i * 37 + 11);
        }
        clear(board);
        record(board, 0, 64, 0, 0, 0);
        board.gt(0x830, RECORDS);
        board.gt(0x840, 0x3200);
        found.print("dma0: control=%08x cause=%08x src+=%08x dst+=%08x next=%08x count=%08x\n", board.gt(0x840),
                board.gt(0xc18), board.gt(0x810) - SOURCE, board.gt(0x820) - DESTINATION, board.gt(0x830),
                board.gt(0x800));
        found.print("dma0: copied=%d rest untouched=%d\n", same(board, 64), board.r8(DESTINATION + 64) == 0xee ? 1 : 0);
        board.gt(0xc18, ~0x10);
        found.print("cause after clearing=%08x\n", board.gt(0xc18));
        clear(board);
        record(board, 0, 10, 0, 0, RECORDS + 16);
        record(board, 1, 33, 10, 10, RECORDS + 32);
        record(board, 2, 100, 43, 43, 0);
        board.gt(0x838, RECORDS);
        board.gt(0x848, 0x3000);
        found.print("dma2: control=%08x cause=%08x copied=%d next byte=%02x\n", board.gt(0x848), board.gt(0xc18),
                same(board, 143), board.r8(DESTINATION + 143));
        board.gt(0xc18, 0);
        clear(board);
        record(board, 0, 16, 0, 0, RECORDS + 16);
        record(board, 1, 16, 16, 16, 0);
        board.gt(0x834, RECORDS);
        board.gt(0x844, 0x3200);
        found.print("dma1: cause=%08x first=%d second=%02x next-rec1=%d\n", board.gt(0xc18), same(board, 16),
                board.r8(DESTINATION + 16), board.gt(0x834) == RECORDS + 16 ? 1 : 0);
        board.gt(0xc18, 0);
        board.gt(0x83c, 0);
        board.gt(0x84c, 0x3200);
        found.print("dma3 null record: control=%08x cause=%08x\n", board.gt(0x84c), board.gt(0xc18));
        record(board, 0, 16, 0, 0, 0);
        board.gt(0x83c, RECORDS);
        board.gt(0x84c, 0x2200);
        found.print("dma3 fetch only: control=%08x cause=%08x src-ok=%d\n", board.gt(0x84c), board.gt(0xc18),
                board.gt(0x81c) == SOURCE ? 1 : 0);
    }

    private void interrupts(TestBoard board) {
        board.gt(0xc18, 0);
        board.gt(0xc1c, 0x10);
        int taken = start(board);
        found.print("interrupt line 4: %d cause=%08x\n", taken, board.gt(0xc18));
        board.gt(0xc1c, 0x20);
        taken = start(board);
        found.print("masked: %d cause=%08x\n", taken, board.gt(0xc18));
        board.gt(0xc1c, 0x10);
        found.print("unmasked later: %d\n", takeInterrupt(board));
    }

    private static int start(TestBoard board) {
        record(board, 0, 64, 0, 0, 0);
        board.gt(0x830, RECORDS);
        board.gt(0x840, 0x3200);
        return takeInterrupt(board);
    }

    /** What the probe's interrupt handler does: acknowledge everything. */
    private static int takeInterrupt(TestBoard board) {
        if (!board.lines[4]) {
            return 0;
        }
        board.gt(0xc18, 0);
        return board.lines[4] ? 2 : 1;
    }

    private void largeCopy(TestBoard board) {
        int a = 0x0100_0f00;
        int b = 0x0110_0123;
        for (int i = 0; i < 0x8000; i += 4) {
            board.w32(a + i, i * 0x9e37_79b1);
        }
        board.w32(RECORDS, Integer.reverseBytes(0x7ff1));
        board.w32(RECORDS + 4, Integer.reverseBytes(a));
        board.w32(RECORDS + 8, Integer.reverseBytes(b));
        board.w32(RECORDS + 12, 0);
        board.gt(0x830, RECORDS);
        board.gt(0x840, 0x3200);
        found.print("large copy: source crc=%08x copy crc=%08x\n", crc(board, a, 0x7ff1), crc(board, b, 0x7ff1));
    }

    private static int crc(TestBoard board, int at, int length) {
        byte[] bytes = new byte[length];
        board.memory().read(at, bytes, 0, length);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static void clear(TestBoard board) {
        for (int i = 0; i < 512; i++) {
            board.w8(DESTINATION + i, 0xee);
        }
    }

    private static int same(TestBoard board, int length) {
        return crc(board, SOURCE, length) == crc(board, DESTINATION, length) ? 1 : 0;
    }

    private static void record(TestBoard board, int index, int count, int sourceOffset, int destinationOffset,
            int next) {
        long at = RECORDS + 16L * index;
        board.w32(at, Integer.reverseBytes(count));
        board.w32(at + 4, Integer.reverseBytes(SOURCE + sourceOffset));
        board.w32(at + 8, Integer.reverseBytes(DESTINATION + destinationOffset));
        board.w32(at + 12, Integer.reverseBytes(next));
    }
}
