package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.machine.ConfigurationException;

/** Registers of the two FPGAs, compared with the conformance probe's transcript, and what the probe does not reach. */
class FpgaProbeTest {
    private static final long MP = TestBoard.MP_FPGA;
    private static final long IO = TestBoard.IO_FPGA;

    @TempDir
    Path directory;

    private final Transcript found = new Transcript();

    @Test
    void registersAnswerAsInTheTranscript() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.cards.put(1, "PA-FE-TX");
            config.cards.put(4, "PA-4E");
            config.cards.put(6, "PA-8T");
        })) {
            resetValues(board);
            accessRules(board);
            power(board);
            sensors(board);
        }
        found.assertMatches("fpga");
    }

    private void resetValues(TestBoard board) {
        for (int offset : new int[]{ 0x00, 0x08, 0x10, 0x18, 0x20, 0x28, 0x30, 0x38, 0x40, 0x48, 0x50, 0x58, 0x60, 0x68,
                0x70, 0x78, 0x80, 0xff8 }) {
            found.print("mp.%03x=%08x\n", offset, board.r32(MP + offset));
        }
        for (int offset : new int[]{ 0x000, 0x200, 0x204, 0x20c, 0x214, 0x21c, 0x22c, 0x234, 0x23c, 0x244, 0x254, 0x294,
                0x2a4, 0x2d4, 0x2dc, 0x2e4, 0x2f4, 0x338, 0x388, 0x390, 0x3c0, 0x3c4, 0x3c8, 0x3cc, 0x3d4, 0x48c }) {
            found.print("io.%03x=%08x\n", offset, board.r32(IO + offset));
        }
        found.print("io.390 byte=%02x half=%04x half at +2=%04x byte at +3=%02x\n", board.r8(IO + 0x390),
                board.r16(IO + 0x390), board.r16(IO + 0x392), board.r8(IO + 0x393));
        found.print("io.3d6 half=%04x io.257 byte=%02x\n", board.r16(IO + 0x3d6), board.r8(IO + 0x257));
        found.print("mp.50 byte=%02x half=%04x\n", board.r8(MP + 0x50), board.r16(MP + 0x50));
    }

    private void accessRules(TestBoard board) {
        board.w32(MP + 0x20, 0x1122_3344);
        board.w32(MP + 0x28, 0x5566_7788);
        board.w32(MP + 0x58, 0x99aa_bbcc);
        board.w32(MP + 0x78, 0x1234);
        board.w32(MP + 0x48, 0);
        found.print("mp masks %08x %08x control %08x enable %08x 48 %08x\n", board.r32(MP + 0x20), board.r32(MP + 0x28),
                board.r32(MP + 0x58), board.r32(MP + 0x78), board.r32(MP + 0x48));
        board.w32(MP + 0x20, 0);
        board.w32(MP + 0x28, 0);
        board.w32(IO + 0x204, 0xffff_ff00);
        found.print("io.204=%08x", board.r32(IO + 0x204));
        board.w32(IO + 0x204, 0);
        found.print(" then %08x\n", board.r32(IO + 0x204));
        board.w32(IO + 0x2a4, 0x0102_0304);
        found.print("io.2a4=%08x\n", board.r32(IO + 0x2a4));
        board.w32(IO + 0x2dc, 0x0102_0304);
        found.print("io.2dc=%08x\n", board.r32(IO + 0x2dc));
        board.w32(IO + 0x390, 0);
        found.print("io.390 after a write=%08x\n", board.r32(IO + 0x390));
    }

    private void power(TestBoard board) {
        board.w32(MP + 0x68, 1);
        found.print("one supply: mp.68=%08x", board.r32(MP + 0x68));
        board.w32(IO + 0x214, 0);
        found.print(" ps0=%02x", board.r8(IO + 0x257));
        board.w32(IO + 0x214, 2);
        found.print(" ps1=%02x\n", board.r8(IO + 0x257));
        board.w32(MP + 0x68, 3);
        for (int input = 0; input <= 0x0e; input += 2) {
            board.w32(IO + 0x214, input);
            found.print("voltage %02x=%02x\n", input, board.r8(IO + 0x257));
        }
    }

    private void sensors(TestBoard board) {
        for (int command : new int[]{ 0xaa, 0xa0, 0xa9, 0xa1, 0xa2, 0xac }) {
            sensorCommand(board, command);
            print("sensor command %02x:".formatted(command), " %03x", sensorRead(board, command == 0xac ? 8 : 9));
        }
        sensorCommand(board, 0x01);
        sensorWrite(board, 9, 0x050);
        sensorCommand(board, 0x02);
        sensorWrite(board, 9, 0x00a);
        sensorCommand(board, 0xa1);
        print("TH", " %03x", sensorRead(board, 9));
        sensorCommand(board, 0xa2);
        print("TL", " %03x", sensorRead(board, 9));
        sensorCommand(board, 0x0c);
        sensorWrite(board, 8, 0x0b);
        sensorCommand(board, 0xac);
        print("config", " %02x", sensorRead(board, 8));
        sensorCommand(board, 0xee);
        sensorCommand(board, 0x22);
        sensorCommand(board, 0xaa);
        print("temperature again", " %03x", sensorRead(board, 9));
        board.w32(IO + 0x20c, 0x0b);
        sensorWrite(board, 8, 0xaa);
        print("only sensor 2 reset:", " %03x", sensorRead(board, 9));
    }

    private void print(String what, String format, int[] values) {
        found.print(what);
        for (int value : values) {
            found.print(format, value);
        }
        found.print("\n");
    }

    private static void sensorCommand(TestBoard board, int command) {
        board.w32(IO + 0x20c, 0);
        board.w32(IO + 0x20c, 0x0f);
        sensorWrite(board, 8, command);
    }

    private static void sensorWrite(TestBoard board, int bits, int value) {
        for (int i = 0; i < bits; i++) {
            board.w32(IO + 0x214, value >> i & 1);
        }
    }

    private static int[] sensorRead(TestBoard board, int bits) {
        int[] values = new int[4];
        for (int i = 0; i < bits; i++) {
            int data = board.r32(IO + 0x22c);
            for (int k = 0; k < 4; k++) {
                values[k] |= (data >> k & 1) << i;
            }
        }
        return values;
    }

    @Test
    void temperatureFromOutsideIsMeasuredAndRaisesTheAlarmFlags() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.board.setTemperature(1, 60);
            sensorCommand(board, 0xaa);
            assertThat(sensorRead(board, 9)).containsExactly(0x2c, 120, 0x2c, 0x2c);
            sensorCommand(board, 0xac);
            assertThat(sensorRead(board, 8)).containsExactly(0x02, 0x42, 0x02, 0x02);
        }
    }

    @Test
    void negativeTemperatureIsANineBitTwosComplement() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.board.setTemperature(0, -10);
            sensorCommand(board, 0xaa);
            assertThat(sensorRead(board, 9)[0]).isEqualTo(-20 & 0x1ff);
        }
    }

    @Test
    void sensorIgnoresDataWhileTheClockIsHigh() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.w32(IO + 0x20c, 0);
            board.w32(IO + 0x20c, 0x1f);
            sensorWrite(board, 8, 0xaa);
            assertThat(sensorRead(board, 9)).containsOnly(0x1ff);
        }
    }

    @Test
    void supplySwitchedFromOutsideIsMeasuredButDoesNotStopTheMachine() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.board.setPowerSupply(0, false);
            board.board.setPowerSupply(1, false);
            assertThat(board.r32(MP + 0x68)).isZero();
            board.w32(IO + 0x214, 0);
            assertThat(board.r8(IO + 0x257)).isZero();
            assertThat(board.hasStopped()).isFalse();
        }
    }

    @Test
    void bothSuppliesOffStopsTheMachine() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.w32(MP + 0x68, 0);
            assertThat(board.hasStopped()).isTrue();
        }
    }

    @Test
    void managementStatusShowsTheLastPresenceOnly() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(3, "PA-GE"))) {
            assertThat(board.r32(MP + 0x40)).isZero();
            assertThat(board.r32(MP + 0x50)).isEqualTo(0x0600_0006);
            assertThat(board.r32(MP + 0x40)).isEqualTo(0x0600_0000);
        }
    }

    @Test
    void networkStatusAnswersAtAllFourOffsets() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            for (int offset = 0x10; offset <= 0x1b; offset++) {
                assertThat(board.r32(MP + offset)).isZero();
            }
        }
    }
}
