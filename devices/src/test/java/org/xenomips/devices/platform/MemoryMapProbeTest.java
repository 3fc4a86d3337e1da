package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.machine.ConfigurationException;

/** The physical map of the boards, compared with the conformance probe's transcripts, and the memory size rules. */
class MemoryMapProbeTest {
    @TempDir
    Path directory;

    private final Transcript found = new Transcript();

    @ParameterizedTest
    @ValueSource(strings = { "npe-150", "npe-200", "npe-300", "npe-400" })
    void mapIsThatOfTheTranscript(String npe) throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, npe)) {
            memoryEverywhere(board);
            swapWindows(board);
            devices(board);
        }
        found.assertMatches("memmap-" + npe.replace("-", ""));
    }

    private void memoryEverywhere(TestBoard board) {
        memory(board, "20000000 uncached", 0x2000_0000L, false);
        memory(board, "20000000 cached", 0x2000_0000L, true);
        memory(board, "21fe0000", 0x21fe_0000L, false);
        memory(board, "22000000", 0x2200_0000L, false);
        memory(board, "4b000000", 0x4b00_0000L, true);
        memory(board, "4b080000", 0x4b08_0000L, true);
        memory(board, "4b200000", 0x4b20_0000L, true);
        memory(board, "4b800000", 0x4b80_0000L, false);
        memory(board, "14b000000", 0x1_4b00_0000L, true);
        memory(board, "60000000", 0x6000_0000L, false);
    }

    private void memory(TestBoard board, String name, long base, boolean cached) {
        int first = (int) board.memory().read(base + 0x40, 4, cached);
        board.memory().write(base + 0x40, 4, 0x1357_9bdf, cached);
        board.memory().write(base + 0x1_fffc, 4, 0x2468_ace0, cached);
        found.print("%s: first %08x then %08x last %08x byte %02x half %04x\n", name, first,
                board.memory().read(base + 0x40, 4, cached), board.memory().read(base + 0x1_fffc, 4, cached),
                board.memory().read(base + 0x41, 1, cached), board.memory().read(base + 0x42, 2, cached));
        board.memory().write(base + 0x40, 4, 0, cached);
        board.memory().write(base + 0x1_fffc, 4, 0, cached);
    }

    private void swapWindows(TestBoard board) {
        board.w32(0x4b00_0080L, 0x1122_3344);
        board.w32(0x4b00_0084L, 0x5566_7788);
        found.print("sram alias %08x", board.memory().read(0x1_4b00_0080L, 4, true));
        found.print(" swapped %08x %04x %04x %02x %02x %02x %02x\n", board.r32(0x4b80_0080L), board.r16(0x4b80_0080L),
                board.r16(0x4b80_0082L), board.r8(0x4b80_0080L), board.r8(0x4b80_0081L), board.r8(0x4b80_0082L),
                board.r8(0x4b80_0083L));
        board.w32(0x0100_0080L, 0x1122_3344);
        board.w32(0x0100_0084L, 0xa1b2_c3d4);
        long window = 0xc100_0000L;
        found.print("swap window %08x %08x halves %04x %04x bytes %02x %02x %02x %02x\n", board.r32(window + 0x80),
                board.r32(window + 0x84), board.r16(window + 0x80), board.r16(window + 0x82), board.r8(window + 0x80),
                board.r8(window + 0x81), board.r8(window + 0x82), board.r8(window + 0x83));
        board.w32(window + 0x88, 0x0102_0304);
        board.w16(window + 0x8c, 0xaabb);
        board.w8(window + 0x8f, 0x77);
        found.print("written through it %08x %08x\n", board.r32(0x0100_0088L), board.r32(0x0100_008cL));
        found.print("swap window cached %08x\n", board.memory().read(window + 0x80, 4, true));
        found.print("remote control swapped %08x\n", board.r32(0xd600_0000L));
    }

    private void devices(TestBoard board) {
        found.print("PCI I/O space: %02x %02x %08x\n", board.r8(0x1_0000_0400L), board.r8(0x1_0000_0402L),
                board.r32(0x1_0000_1000L));
        found.print("bit 33 dropped: %08x\n", board.r32(0x2_0100_0080L));
        found.print("bit 32 kept: %08x\n", board.r32(0x1_0100_0080L));
        found.print("remote uncached %08x cached %08x\n", board.r32(TestBoard.REMOTE),
                board.memory().read(TestBoard.REMOTE, 4, true));
        found.print("i/o fpga uncached %08x cached %08x\n", board.r32(TestBoard.IO_FPGA + 0x390),
                board.memory().read(TestBoard.IO_FPGA + 0x390, 4, true));
        int before = board.r32(0x1fc0_0000L);
        board.w32(0x1fc0_0000L, ~before);
        found.print("rom unchanged %d\n", board.r32(0x1fc0_0000L) == before ? 1 : 0);
        found.print("exceptions 0\n");
    }

    @Test
    void byteSwapWindowIgnoresDoubleWords() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.memory().write(0xc100_0000L, 8, -1, false);
            assertThat(board.memory().read(0x0100_0000L, 8, false)).isZero();
            board.memory().write(0x0100_0000L, 8, -1, false);
            assertThat(board.memory().read(0xc100_0000L, 8, false)).isZero();
        }
    }

    @Test
    void ramAbove256MegabytesBecomesIoMemoryOnAnNpe400() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.ramMb = 384)) {
            assertThat(board.r32(TestBoard.REMOTE + 0x14)).isEqualTo(256);
            assertThat(board.r32(TestBoard.REMOTE + 0x20)).isEqualTo(128);
            board.w32(0x2000_0000L + (128 << 20) - 4, 0x1234);
            assertThat(board.r32(0x2000_0000L + (128 << 20) - 4)).isEqualTo(0x1234);
            board.w32(0x2000_0000L + (128 << 20), 0x1234);
            assertThat(board.r32(0x2000_0000L + (128 << 20))).isZero();
            assertThat(board.r32(TestBoard.REMOTE)).isEqualTo(0x1e94_b3df);
            assertThat(board.machine.warnings()).isEmpty();
        }
    }

    @Test
    void moreRamThanTheNpeHoldsIsCutWithAWarning() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.npe = "npe-200";
            config.ramMb = 512;
        })) {
            assertThat(board.r32(TestBoard.REMOTE + 0x14)).isEqualTo(256);
            assertThat(board.r32(TestBoard.REMOTE + 0x20)).isZero();
            assertThat(board.machine.warnings()).singleElement()
                    .asString()
                    .contains("npe-200", "256 MB", "512 MB");
        }
    }

    @Test
    void nothingMappedReadsZeroAndKeepsNothing() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            for (long address : new long[]{ 0x1700_0000L, 0x1e84_1000L, 0x1e02_0000L, 0x1f00_0010L, 0x1fbf_fffcL }) {
                board.w32(address, 0x1234_5678);
                assertThat(board.r32(address)).as("0x%x", address).isZero();
            }
        }
    }

    @Test
    void diskWindowsExistOnlyWithTheirDisks() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.disk0Mb = 0;
            config.disk1Mb = 1;
        })) {
            assertThat(board.memory().find(0x4000_0000L, true)).isNull();
            assertThat(board.memory().find(0x4400_0000L, true)).isNotNull();
        }
    }

    @Test
    void aRomOfTheUsersIsWritableMemory() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.rom = directory.resolve("rom.elf");
            config.romMb = 2;
        })) {
            assertThat(board.r32(0x1fc0_0000L)).isZero();
            board.w32(0x1fdf_fffcL, 7);
            assertThat(board.memory().read(0x1fdf_fffcL, 4, true)).isEqualTo(7);
            assertThat(board.memory().find(0x1fe0_0000L, true)).isNull();
            assertThat(board.r32(TestBoard.REMOTE + 0x18)).isEqualTo(2);
        }
    }
}
