package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.machine.ConfigurationException;

/** Reads every identification EEPROM through the bit-banged ports and compares with the conformance probe's transcripts. */
class EepromProbeTest {
    private static final Port CPU = new Port("cpu", TestBoard.IO_FPGA + 0x21c, 2, 1, 0, 6, 0);
    private static final Port MIDPLANE = new Port("midplane", TestBoard.IO_FPGA + 0x21c, 5, 4, 3, 7, 0);
    private static final Port[] PORTS = { CPU, MIDPLANE, new Port("pem", TestBoard.IO_FPGA + 0x388, 1, 0, 2, 3, 0),
            new Port("bay0", TestBoard.MP_FPGA + 0x60, 1, 3, 4, 6, 0),
            new Port("bay1", TestBoard.MP_FPGA + 0x60, 9, 11, 12, 14, 0),
            new Port("bay2", TestBoard.MP_FPGA + 0x68, 9, 11, 12, 14, 3),
            new Port("bay3", TestBoard.MP_FPGA + 0x60, 25, 27, 28, 30, 0),
            new Port("bay4", TestBoard.MP_FPGA + 0x60, 17, 19, 20, 22, 0),
            new Port("bay5", TestBoard.MP_FPGA + 0x68, 25, 27, 28, 30, 3),
            new Port("bay6", TestBoard.MP_FPGA + 0x68, 17, 19, 20, 22, 3) };

    @TempDir
    Path directory;

    private record Port(String name, long register, int select, int clock, int dataIn, int dataOut, int keep) {
        int word(TestBoard board, int address) {
            int cs = keep | 1 << select;
            int command = 3 | address << 3;
            board.w32(register, keep);
            board.w32(register, cs);
            for (int i = 0; i < 9; i++) {
                int data = cs | (command >> i & 1) << dataIn;
                board.w32(register, data);
                board.w32(register, data | 1 << clock);
            }
            int result = 0;
            for (int i = 0; i < 16; i++) {
                board.w32(register, cs);
                board.w32(register, cs | 1 << clock);
                result |= (board.r32(register) >>> dataOut & 1) << i;
            }
            board.w32(register, keep);
            return result;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "eeprom-a | npe-400 | 02000a0b0c00 |          | 0:C7200-IO-FE 1:PA-FE-TX 2:PA-4E 3:PA-8E 4:PA-4T+ 5:PA-8T 6:PA-GE",
            "eeprom-b | npe-225 | 02000a0b0d00 | 19780214 | 0:C7200-IO-2FE 1:PA-POS-OC3 2:PA-A1 3:PA-2FE-TX 4:PA-4B 5:PA-MC-8TE1",
            "eeprom-c | npe-200 | 02000a0b0e00 |          | 0:C7200-IO-GE-E",
            "eeprom-d | npe-300 | 02000a0b0f00 |          | 6:PA-4E" })
    void portsDeliverTheTranscript(String transcript, String npe, String mac, String systemId, String cards)
            throws ConfigurationException {
        Transcript found = new Transcript();
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.npe = npe;
            config.mac = HexFormat.of().parseHex(mac);
            config.systemId = systemId;
            for (String card : cards.split(" ")) {
                config.cards.put(card.charAt(0) - '0', card.substring(2));
            }
        })) {
            found.print("presence %08x", board.r32(TestBoard.MP_FPGA + 0x50));
            found.print(" management %08x io %08x\n", board.r32(TestBoard.MP_FPGA + 0x40),
                    board.r32(TestBoard.IO_FPGA + 0x390));
            for (Port port : PORTS) {
                dump(found, board, port);
            }
            found.print("midplane word 3f=%04x\n", MIDPLANE.word(board, 0x3f));
            bothAtOnce(found, board);
            found.print("port idle: %08x %08x\n", board.r32(TestBoard.IO_FPGA + 0x21c),
                    board.r32(TestBoard.MP_FPGA + 0x60));
        }
        found.assertMatches(transcript);
    }

    private static void dump(Transcript found, TestBoard board, Port port) {
        int words = port == MIDPLANE ? 32 : 64;
        for (int i = 0; i < words; i += 8) {
            found.print("%s %02x:", port.name, i);
            for (int j = 0; j < 8; j++) {
                found.print(" %04x", port.word(board, i + j));
            }
            found.print("\n");
        }
    }

    private static void bothAtOnce(Transcript found, TestBoard board) {
        long register = CPU.register;
        int cs = 1 << CPU.select | 1 << MIDPLANE.select;
        int clock = 1 << CPU.clock | 1 << MIDPLANE.clock;
        int command = 3 | 1 << 3;
        board.w32(register, 0);
        board.w32(register, cs);
        for (int i = 0; i < 9; i++) {
            int data = (command >> i & 1) != 0 ? 1 << CPU.dataIn | 1 << MIDPLANE.dataIn : 0;
            board.w32(register, cs | data);
            board.w32(register, cs | data | clock);
        }
        int cpu = 0;
        int midplane = 0;
        for (int i = 0; i < 16; i++) {
            board.w32(register, cs);
            board.w32(register, cs | clock);
            int value = board.r32(register);
            cpu |= (value >> CPU.dataOut & 1) << i;
            midplane |= (value >> MIDPLANE.dataOut & 1) << i;
        }
        board.w32(register, 0);
        found.print("both at once: cpu word 1=%04x midplane word 1=%04x\n", cpu, midplane);
    }

    @Test
    void serialNumberIsStoredOnAnNpe150Too() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.npe = "npe-150";
            config.systemId = "19780214";
        })) {
            assertThat(CPU.word(board, 2) << 16 | CPU.word(board, 3)).isEqualTo(19_780_214);
            assertThat(MIDPLANE.word(board, 2) << 16 | MIDPLANE.word(board, 3)).isEqualTo(19_780_214);
        }
    }

    @Test
    void systemIdThatIsNoNumberIsIgnoredWithAWarning() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.npe = "npe-225";
            config.systemId = "FTX0945W0MY";
        })) {
            assertThat(CPU.word(board, 2)).isEqualTo(0xff10);
            assertThat(board.machine.warnings()).anyMatch(w -> w.contains("FTX0945W0MY"));
        }
    }

    @Test
    void secondCommandWithoutReleasingSelectIsMixedWithTheFirst() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            // The first command is no READ and is ignored, but its bits stay and spoil the READ that follows.
            board.w32(CPU.register, 0);
            board.w32(CPU.register, 1 << CPU.select);
            send(board, CPU, 1 | 2 << 1 | 1 << 3);
            send(board, CPU, 3);
            assertThat(receive(board, CPU)).as("opcode bits of both commands together are no READ").isEqualTo(0xffff);
        }
    }

    private static void send(TestBoard board, Port port, int command) {
        int cs = 1 << port.select;
        for (int i = 0; i < 9; i++) {
            int data = cs | (command >> i & 1) << port.dataIn;
            board.w32(port.register, data);
            board.w32(port.register, data | 1 << port.clock);
        }
    }

    private static int receive(TestBoard board, Port port) {
        int cs = 1 << port.select;
        int result = 0;
        for (int i = 0; i < 16; i++) {
            board.w32(port.register, cs);
            board.w32(port.register, cs | 1 << port.clock);
            result |= (board.r32(port.register) >>> port.dataOut & 1) << i;
        }
        return result;
    }
}
