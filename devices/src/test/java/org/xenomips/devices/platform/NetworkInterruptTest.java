package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.machine.ConfigurationException;

/** From a controller that has sent a frame to the processor's network interrupt, for every slot. */
class NetworkInterruptTest {
    private static final int IP_NETWORK = 2;
    private static final long WINDOW = 0x4800_0000L;
    private static final int RING = 0x0010_0000;
    private static final int BUFFER = 0x0010_1000;
    private static final long CSR1 = WINDOW + 0x08;
    private static final long CSR4 = WINDOW + 0x20;
    private static final long CSR5 = WINDOW + 0x28;
    private static final long CSR6 = WINDOW + 0x30;
    private static final long CSR7 = WINDOW + 0x38;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({ "0, 0, 1, 0x10, 0x20, 0", "1, 0, 7, 0x10, 0x20, 8", "3, 0, 8, 0x10, 0x20, 24",
            "4, 1, 8, 0x10, 0x20, 16", "2, 1, 7, 0x18, 0x28, 8", "6, 1, 9, 0x18, 0x28, 16", "5, 0, 9, 0x18, 0x28, 24" })
    void sentFrameRaisesTheBitOfItsSlot(int slot, int root, int bridge, String statusOffset, String maskOffset, int bit)
            throws ConfigurationException {
        long status = TestBoard.MP_FPGA + Integer.decode(statusOffset);
        long mask = TestBoard.MP_FPGA + Integer.decode(maskOffset);
        try (TestBoard board = TestBoard.build(directory, config -> {
            if (slot != 0) {
                config.cards.put(slot, "PA-FE-TX");
            }
        })) {
            board.pciWrite(root, 0, bridge, 0x18, 0x0005_0500);
            board.pciWrite(root, 5, 0, 0x14, (int) WINDOW);
            sendFrame(board);
            assertThat(board.r32(status)).isEqualTo(1 << bit);
            assertThat(board.lines[IP_NETWORK]).as("masked").isFalse();
            board.w32(mask, ~(1 << bit));
            assertThat(board.lines[IP_NETWORK]).as("other bits enabled").isFalse();
            board.w32(mask, 1 << bit);
            assertThat(board.lines[IP_NETWORK]).isTrue();
            board.w32(CSR5, -1);
            assertThat(board.r32(status)).as("serviced").isZero();
            assertThat(board.lines[IP_NETWORK]).isFalse();
        }
    }

    private static void sendFrame(TestBoard board) {
        board.w32(RING, 0x8000_0000);
        board.w32(RING + 4, 0xe200_0040);
        board.w32(RING + 8, BUFFER);
        board.w32(RING + 12, 0);
        board.w32(CSR7, 0x0001_0001);
        board.w32(CSR4, RING);
        board.w32(CSR6, 0x0000_2000);
        board.w32(CSR1, 1);
        board.passTime(20_000_000);
        assertThat(board.r32(RING)).as("descriptor given back").isNotNegative();
    }

    @Test
    void removingACardClearsItsInterrupt() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(1, "PA-FE-TX"))) {
            board.pciWrite(0, 0, 7, 0x18, 0x0005_0500);
            board.pciWrite(0, 5, 0, 0x14, (int) WINDOW);
            board.w32(TestBoard.MP_FPGA + 0x20, -1);
            sendFrame(board);
            assertThat(board.lines[IP_NETWORK]).isTrue();
            board.board.removeCard(1);
            assertThat(board.lines[IP_NETWORK]).isFalse();
            assertThat(board.r32(TestBoard.MP_FPGA + 0x10)).isZero();
        }
    }

    @Test
    void cardInSlotSevenReplacesTheByteOfSlotZero() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(7, "PA-GE"))) {
            board.pciWrite(0, 0, 1, 0x18, 0x0005_0500);
            board.pciWrite(0, 5, 0, 0x14, (int) WINDOW);
            sendFrame(board);
            assertThat(board.r32(TestBoard.MP_FPGA + 0x10)).as("slot 7 has no interrupt").isZero();
            board.board.removeCard(7);
            assertThat(board.r32(TestBoard.MP_FPGA + 0x10)).isEqualTo(1);
        }
    }

    @Test
    void byteSwapOfTheSystemControllerReachesTheControllers() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(1, "PA-FE-TX"))) {
            board.pciWrite(0, 0, 7, 0x18, 0x0005_0500);
            board.pciWrite(0, 5, 0, 0x14, (int) WINDOW);
            board.w32(CSR7, 0x0001_2345);
            board.gt(0xc00, 0);
            assertThat(board.r32(CSR7)).isEqualTo(Integer.reverseBytes(0x0001_2345));
            board.gt(0xc00, 1);
            assertThat(board.r32(CSR7)).isEqualTo(0x0001_2345);
        }
    }
}
