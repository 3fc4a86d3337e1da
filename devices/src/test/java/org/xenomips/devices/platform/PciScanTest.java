package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.machine.ConfigurationException;

/** Numbers all PCI buses depth first, as guests do, and compares what was found with the conformance probe's transcripts. */
class PciScanTest {
    @TempDir
    Path directory;

    private final Transcript found = new Transcript();
    private int nextBus = 1;
    private int root;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "pci-scan-npe150 | npe-150 | 1:PA-FE-TX 2:PA-4E 4:PA-8T",
            "pci-scan-npe200 | npe-200 | 3:PA-4E 6:PA-POS-OC3",
            "pci-scan-npe225 | npe-225 | 1:PA-GE 2:PA-A1 3:PA-8E",
            "pci-scan-npe300 | npe-300 | 1:PA-4T+ 2:PA-FE-TX 5:PA-2FE-TX 6:PA-8T",
            "pci-scan-npe400 | npe-400 | 0:C7200-IO-FE 1:PA-FE-TX 2:PA-4E 3:PA-8E 4:PA-4T+ 5:PA-POS-OC3 6:PA-A1",
            "pci-scan-2fe    | npe-400 | 0:C7200-IO-2FE" })
    void scanFindsTheFunctionsOfTheTranscript(String transcript, String npe, String cards)
            throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.npe = npe;
            for (String card : cards.split(" ")) {
                config.cards.put(card.charAt(0) - '0', card.substring(2));
            }
        })) {
            boolean ioBridge = board.pci(0, 0, 0, 0) >>> 16 == 0x4620;
            walk(board, 0, ioBridge);
            if (ioBridge) {
                root = 1;
                walk(board, 0, true);
            }
            found.print("buses numbered: %d\n", nextBus);
            board.pciWrite(0, 0, 1, 0x04, -1);
            board.pciWrite(0, 0, 1, 0x20, -1);
            board.pciWrite(0, 0, 1, 0x3c, -1);
            found.print("bridge after writes: 04=%08x 20=%08x 3c=%08x 0c=%08x\n", board.pci(0, 0, 1, 0x04),
                    board.pci(0, 0, 1, 0x20), board.pci(0, 0, 1, 0x3c), board.pci(0, 0, 1, 0x0c));
            found.assertMatches(transcript);
        }
    }

    private void walk(TestBoard board, int bus, boolean ioBridge) {
        for (int device = 0; device < 32; device++) {
            for (int function = 0; function < 8; function++) {
                if (board.pci(root, bus, device, function, 0) == -1) {
                    continue;
                }
                found.print("pci root %d bus %d dev %02d fn %d:", root, bus, device, function);
                for (int register = 0; register < 64; register += 4) {
                    int value = board.pci(root, bus, device, function, register);
                    if (value != 0 || register == 0) {
                        found.print(" %02x=%08x", register, value);
                    }
                }
                found.print("\n");
                if (board.pci(root, bus, device, function, 8) >>> 16 == 0x0604) {
                    walkBehind(board, bus, device, ioBridge);
                }
            }
        }
    }

    private void walkBehind(TestBoard board, int bus, int device, boolean ioBridge) {
        int secondary = nextBus++;
        board.pciWrite(root, bus, device, 0x18, 0xff0000 | secondary << 8 | bus);
        walk(board, secondary, ioBridge);
        if (root == 0 && bus == 0 && device == 1 && ioBridge) {
            walk(board, nextBus++, true);
        }
        board.pciWrite(root, bus, device, 0x18, nextBus - 1 << 16 | secondary << 8 | bus);
        found.print("bridge register now %08x\n", board.pci(root, bus, device, 0x18));
    }

    @Test
    void hiddenBridgeTakesTheFirstOtherBusNumber() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-300")) {
            board.pciWrite(0, 0, 1, 0x18, 0x00ff_0100);
            assertThat(board.pci(0, 9, 16, 0)).isEqualTo(0x1100_1013);
            assertThat(board.pci(0, 2, 16, 0)).isEqualTo(-1);
        }
    }

    @Test
    void nothingBehindABridgeIsReachableBeforeItIsProgrammed() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(1, "PA-FE-TX"))) {
            for (int bus = 1; bus < 256; bus++) {
                assertThat(board.pci(0, bus, 0, 0)).isEqualTo(-1);
                assertThat(board.pci(1, bus, 0, 0)).isEqualTo(-1);
            }
        }
    }

    @Test
    void controllersOfAnNpe300ShareTheirRoots() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-300")) {
            board.gt(0xcf8, 0x1234_5678);
            board.gt(0xcf0, 0x2345_6789);
            assertThat(Integer.reverseBytes(board.r32(0x1500_0cf8L))).isEqualTo(0x1234_5678);
            assertThat(Integer.reverseBytes(board.r32(0x1500_0cf0L))).isEqualTo(0x2345_6789);
        }
    }

    @Test
    void standardMidplaneHasOlderBridgesAtTheBays() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.midplane = "std")) {
            for (int device = 7; device <= 9; device++) {
                assertThat(board.pci(0, 0, device, 0)).isEqualTo(0x0001_1011);
                assertThat(board.pci(1, 0, device, 0)).isEqualTo(0x0001_1011);
            }
            assertThat(board.r32(TestBoard.MP_FPGA + 0x50)).isEqualTo(6);
        }
    }

    @Test
    void resetForgetsTheBusNumbers() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.pciWrite(0, 0, 1, 0x18, 0x0002_0100);
            assertThat(board.pci(0, 2, 16, 0)).isEqualTo(0x1100_1013);
            board.board.reset();
            assertThat(board.pci(0, 0, 1, 0x18)).isZero();
            assertThat(board.pci(0, 2, 16, 0)).isEqualTo(-1);
        }
    }
}
