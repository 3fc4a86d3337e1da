package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.devices.adapter.CardType;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;
import org.xenomips.net.PortStatistics;

/** Cards and links: what fits where, insertion and removal while the guest runs. */
class SlotTest {
    private static final int PRESENCE = 0x50;
    private static final int OIR_STATUS = 0x70;
    private static final int IP_OIR = 6;

    @TempDir
    Path directory;

    /** A host port that carries nothing and remembers whether it was closed. */
    private static final class SilentPort implements FramePort {
        private final PortStatistics statistics = new PortStatistics();
        private boolean closed;

        @Override
        public String name() {
            return "silent";
        }

        @Override
        public void start(FrameQueue inbound, Runnable linkChanged) {}

        @Override
        public void transmit(byte[] frame, int offset, int length) {
            statistics.sent(length);
        }

        @Override
        public boolean linkUp() {
            return true;
        }

        @Override
        public PortStatistics statistics() {
            return statistics;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @CsvSource({ "1, 0x00000600", "2, 0x00006000", "3, 0x06000000", "4, 0x00060000", "5, 0x60000000", "6, 0x00600000" })
    void insertionIsSignalledUntilTheGuestLooks(int slot, String field) throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.board.insertCard(slot, "PA-FE-TX");
            assertThat(board.lines[IP_OIR]).isTrue();
            assertThat(board.r32(TestBoard.MP_FPGA + OIR_STATUS)).isEqualTo(1 << slot);
            assertThat(board.lines[IP_OIR]).as("a read drops the line").isFalse();
            assertThat(board.r32(TestBoard.MP_FPGA + OIR_STATUS)).as("and keeps the bit").isEqualTo(1 << slot);
            board.w32(TestBoard.MP_FPGA + OIR_STATUS, 1 << slot);
            assertThat(board.r32(TestBoard.MP_FPGA + OIR_STATUS)).isZero();
            assertThat(board.r32(TestBoard.MP_FPGA + PRESENCE)).isEqualTo(6 | Integer.decode(field));
        }
    }

    @ParameterizedTest
    @CsvSource({ "1, 0, 7", "3, 0, 8", "5, 0, 9", "2, 1, 7", "4, 1, 8", "6, 1, 9" })
    void removedCardDisappearsFromItsBus(int slot, int root, int bridge) throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(slot, "PA-4E"))) {
            board.pciWrite(root, 0, bridge, 0x18, 0x0005_0500);
            board.pciWrite(root, 5, 0, 0x14, 0x4800_0000);
            assertThat(board.memory().find(0x4800_0000L, false)).isNotNull();
            assertThat(board.pci(root, 5, 3, 0)).isEqualTo(0x2000_1022);
            board.board.removeCard(slot);
            assertThat(board.lines[IP_OIR]).isTrue();
            assertThat(board.r32(TestBoard.MP_FPGA + OIR_STATUS)).isEqualTo(1 << slot);
            assertThat(board.pci(root, 5, 0, 0)).isEqualTo(-1);
            assertThat(board.memory().find(0x4800_0000L, false)).isNull();
            assertThat(board.r32(TestBoard.MP_FPGA + PRESENCE)).isEqualTo(6);
            board.board.insertCard(slot, "PA-FE-TX");
            assertThat(board.pci(root, 5, 0, 0)).isEqualTo(0x0009_1011);
        }
    }

    @Test
    void writingTheOirStatusDropsTheLineToo() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.board.insertCard(2, "PA-GE");
            board.w32(TestBoard.MP_FPGA + OIR_STATUS, 0);
            assertThat(board.lines[IP_OIR]).isFalse();
            assertThat(board.r32(TestBoard.MP_FPGA + OIR_STATUS)).isEqualTo(4);
        }
    }

    @Test
    void slotSevenHasItsOwnStatusRegister() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.board.insertCard(7, "PA-GE");
            assertThat(board.r32(TestBoard.MP_FPGA + OIR_STATUS)).isEqualTo(1);
            assertThat(board.r32(TestBoard.IO_FPGA + 0x2f4)).isEqualTo(0x0100_0000);
            board.w32(TestBoard.IO_FPGA + 0x2f4, 0x0100_0000);
            assertThat(board.r32(TestBoard.IO_FPGA + 0x2f4)).isZero();
            assertThat(board.r32(TestBoard.IO_FPGA + 0x2d4)).as("before presence was read").isZero();
            assertThat(board.r32(TestBoard.MP_FPGA + PRESENCE)).isEqualTo(6);
            assertThat(board.r32(TestBoard.IO_FPGA + 0x2d4)).isEqualTo(0x0600_0000);
        }
    }

    @Test
    void removalClosesThePortsPluggedIn() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.cards.put(1, "PA-FE-TX");
            config.cards.put(2, "PA-4E");
        })) {
            SilentPort ethernet = new SilentPort();
            SilentPort idle = new SilentPort();
            board.board.connect(1, 0, ethernet);
            board.board.connect(2, 3, idle);
            board.board.removeCard(1);
            board.board.removeCard(2);
            assertThat(ethernet.closed).isTrue();
            assertThat(idle.closed).isTrue();
        }
    }

    @Test
    void slotZeroCannotBeChangedWhileRunning() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> board.board.removeCard(0))
                    .withMessageContaining("slots 1 to 7");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> board.board.insertCard(8, "PA-GE"));
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> board.board.removeCard(3))
                    .withMessageContaining("empty");
            board.board.insertCard(3, "pa-ge");
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> board.board.insertCard(3, "PA-4E"))
                    .withMessageContaining("already holds a PA-GE");
        }
    }

    @Test
    void missingIoCardIsSuppliedSoThatItsPortCanBeConnected() throws ConfigurationException {
        SilentPort port = new SilentPort();
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            board.board.connect(0, 0, port);
            assertThat(board.board.describe()).contains("C7200-IO-FE, port 0 = silent");
        }
        assertThat(port.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "1 | 0 | slot 1 is empty", "0 | 1 | only port is 0",
            "2 | 4 | ports are 0 to 3",
            "9 | 0 | slot 9 is empty", "-1 | 0 | empty", "2 | -1 | has no port -1" })
    void impossiblePortsAreRefusedWithTheReason(int slot, int port, String reason) throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(2, "PA-4E"))) {
            SilentPort host = new SilentPort();
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> board.board.connect(slot, port, host))
                    .withMessageContaining(reason);
            assertThat(host.closed).as("still the caller's").isFalse();
        }
    }

    @Test
    void portTakesOneLinkOnly() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(2, "PA-4E"))) {
            board.board.connect(0, 0, new SilentPort());
            board.board.connect(2, 0, new SilentPort());
            for (int slot : new int[]{ 0, 2 }) {
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> board.board.connect(slot, 0, new SilentPort()))
                        .withMessageContaining("already connected to silent");
            }
            board.board.disconnect(0, 0);
            board.board.connect(0, 0, new SilentPort());
        }
    }

    @Test
    void portWithoutADataPathIsAcceptedWithAWarning() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(2, "PA-8T"))) {
            board.board.connect(2, 7, new SilentPort());
            assertThat(board.machine.warnings()).singleElement().asString().contains("PA-8T", "carries no traffic");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "3 | PA-XYZ | cards are C7200-IO-FE",
            "3 | C7200-IO-FE | does not fit slot 3, only slot 0", "0 | PA-FE-TX | slot 0 takes C7200-IO-FE",
            "8 | PA-FE-TX | slots are 0 to 7" })
    void impossibleCardsAreRefusedWithTheAlternatives(int slot, String card, String reason) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TestBoard.build(directory, config -> config.cards.put(slot, card)))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "npe-g1 | npe-g1 is not emulated", "npe-g2 | PowerPC",
            "npe-500 | NPEs are npe-100, npe-150" })
    void unknownNpesAreRefusedWithTheReason(String npe, String reason) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> TestBoard.build(directory, npe))
                .withMessageContaining(reason);
    }

    @Test
    void unknownMidplaneIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TestBoard.build(directory, config -> config.midplane = "big"))
                .withMessageContaining("std, vxr");
    }

    @Test
    void twoPortIoCardMissesItsControllersWhereTheBusHasNoRoom() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.npe = "npe-200";
            config.cards.put(0, "C7200-IO-2FE");
        })) {
            assertThat(board.machine.warnings()).hasSize(2).allMatch(w -> w.contains("C7200-IO-2FE"));
            assertThat(board.pci(0, 0, 0, 0)).isEqualTo(0x0146_11ab);
        }
    }

    @Test
    void jacketCardIsNoIoCard() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(0, "C7200-JC-PA"))) {
            assertThat(board.r32(TestBoard.IO_FPGA + 0x390)).isEqualTo(0x0102);
        }
    }

    @Test
    void cardsWithoutADataPathHaveAWindowThatReadsZero() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(1, "PA-GE"))) {
            board.pciWrite(0, 0, 7, 0x18, 0x0002_0200);
            assertThat(board.pci(0, 2, 0, 0x10)).isZero();
            board.pciWrite(0, 2, 0, 0x10, 0x4900_0000);
            assertThat(board.pci(0, 2, 0, 0x10)).isEqualTo(0x4900_0000);
            board.w32(0x4900_0000L, 0x1234);
            assertThat(board.r32(0x4900_0000L)).isZero();
        }
    }

    @Test
    void everyCardCanBePutIntoEverySlotItFits() throws ConfigurationException {
        for (CardType type : CardType.values()) {
            int slot = type.fits(0) ? 0 : 5;
            try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(slot, type.cliName()))) {
                assertThat(board.board.describe()).contains(type.cliName());
            }
        }
    }
}
