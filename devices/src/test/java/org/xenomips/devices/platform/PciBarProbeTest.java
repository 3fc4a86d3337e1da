package org.xenomips.devices.platform;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.machine.ConfigurationException;

/** Placing and moving the register windows of two controllers, compared with the conformance probe's transcript. */
class PciBarProbeTest {
    private static final int A = 0x1000_0000;
    private static final int B = 0x1100_0000;

    @TempDir
    Path directory;

    private final Transcript found = new Transcript();

    @Test
    void windowsArePlacedAsInTheTranscript() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.cards.put(1, "PA-FE-TX");
            config.cards.put(2, "PA-FE-TX");
        })) {
            board.pciWrite(0, 0, 7, 0x18, 0x0002_0200);
            board.pciWrite(1, 0, 7, 0x18, 0x0003_0300);
            sizing(board);
            registers(board);
            moving(board);
        }
        found.assertMatches("pci-bar");
    }

    private void sizing(TestBoard board) {
        found.print("ids %08x %08x\n", board.pci(0, 2, 0, 0), board.pci(1, 3, 0, 0));
        found.print("before mapping: bar=%08x\n", board.pci(0, 2, 0, 0x14));
        board.pciWrite(0, 2, 0, 0x10, -1);
        found.print("I/O bar after writing ones=%08x\n", board.pci(0, 2, 0, 0x10));
        board.pciWrite(0, 2, 0, 0x14, -1);
        found.print("memory bar after writing ones=%08x\n", board.pci(0, 2, 0, 0x14));
        board.pciWrite(0, 2, 0, 0x14, A);
        board.pciWrite(1, 3, 0, 0x14, B);
        found.print("bars %08x %08x\n", board.pci(0, 2, 0, 0x14), board.pci(1, 3, 0, 0x14));
    }

    private void registers(TestBoard board) {
        found.print("csr0 %08x %08x\n", board.r32(A), board.r32(B));
        found.print("csr5 %08x %08x\n", board.r32(A + 0x28), board.r32(B + 0x28));
        board.w32(A + 0x38, 0x0001_2345);
        board.w32(B + 0x38, 0x0005_4321);
        found.print("csr7 %08x %08x\n", board.r32(A + 0x38), board.r32(B + 0x38));
        found.print("not visible cached: %08x\n", board.memory().read(A + 0x38, 4, true));
    }

    private void moving(TestBoard board) {
        board.pciWrite(0, 2, 0, 0x14, 0x1234_0000);
        found.print("moved: old=%08x new=%08x\n", board.r32(A + 0x38), board.r32(0x1234_0038L));
        board.pciWrite(0, 2, 0, 0x14, 0x1235_1000);
        found.print("4 KB aligned base: bar=%08x csr7=%08x\n", board.pci(0, 2, 0, 0x14), board.r32(0x1235_1038L));
        board.pciWrite(0, 2, 0, 0x04, 0);
        found.print("command off: command=%08x csr7=%08x\n", board.pci(0, 2, 0, 4), board.r32(0x1235_1038L));
        board.pciWrite(0, 2, 0, 0x14, 0x4800_0000);
        found.print("through the TLB: csr7=%08x\n", board.r32(0x4800_0038L));
        found.print("network status %08x %08x\n", board.r32(TestBoard.MP_FPGA + 0x10),
                board.r32(TestBoard.MP_FPGA + 0x18));
        board.pciWrite(0, 0, 7, 0x18, 0x0009_0900);
        found.print("renumbered: old bus %08x new bus %08x\n", board.pci(0, 2, 0, 0), board.pci(0, 9, 0, 0));
    }
}
