package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.PlatformFactory;

/** What a board does as a whole: start, reset, stop, files, saved state. */
class C7200Test {
    private static final long CONFIG_REGISTER = TestBoard.REMOTE + 0x24;

    @TempDir
    Path directory;

    @Test
    void serviceLoaderFindsTheBoards() throws ConfigurationException {
        PlatformFactory factory = ServiceLoader.load(PlatformFactory.class).findFirst().orElseThrow();
        assertThat(factory.name()).isEqualTo("7200");
        MachineConfig config = new MachineConfig();
        config.npe = "npe-225";
        assertThat(factory.processor(config).hertz()).isEqualTo(262_000_000);
        assertThat(factory.catalogue()).contains("npe-400", "vxr", "PA-FE-TX", "carries no traffic");
    }

    @ParameterizedTest
    @CsvSource({ "npe-100, 0x2012", "npe-150, 0x2112", "npe-175, 0x2812", "npe-200, 0x2312", "npe-225, 0x2812",
            "npe-300, 0x2721", "npe-400, 0x2721" })
    void processorIsThatOfTheNpe(String npe, String prid) throws ConfigurationException {
        assertThat(Npe.named(npe).cpu().prid()).isEqualTo(Integer.decode(prid));
    }

    @Test
    void storedConfigurationIsReadFromTheLiveNvram() throws Exception {
        Path startup = Files.writeString(directory.resolve("startup"), "hostname r1\nend\n");
        try (TestBoard board = TestBoard.build(directory, config -> config.startupConfig = startup)) {
            assertThat(board.board.startupConfiguration()).asString().isEqualTo("hostname r1\nend\n");
            board.w8(TestBoard.NVRAM + 0x82c, 'H');
            assertThat(board.board.startupConfiguration()).asString().startsWith("Hostname");
            board.w16(TestBoard.NVRAM + 0x808, 0);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(board.board::startupConfiguration)
                    .withMessageContaining("no startup configuration");
        }
    }

    @ParameterizedTest
    @EnumSource
    void remoteControlReportsTheMachineAtBoot(Npe npe) throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.npe = npe.cliName();
            config.nvramKb = 256;
        })) {
            board.board.setImageEntry(0x8000_8000);
            int[] offsets = { 0x00, 0x04, 0x10, 0x14, 0x18, 0x1c, 0x20, 0x24, 0x28, 0x2c, 0x30, 0x44, 0x48, 0x50 };
            int[] values = { 0x1e94_b3df, 0, 0, 0x40, 4, 0x100, npe == Npe.NPE_300 ? 0x20 : 0, 0x2142, 0x8000_8000,
                    0x19, 0,
                    0xbe00_0000, 0, 0 };
            for (int i = 0; i < offsets.length; i++) {
                assertThat(board.r32(TestBoard.REMOTE + offsets[i])).as("0x%02x", offsets[i]).isEqualTo(values[i]);
            }
            assertThat(board.r32(0x1fff_fffcL)).as("tail of the ROM").isZero();
            assertThat(board.memory().read(0x1fc0_0000L, 4, true))
                    .isEqualTo(board.memory().read(0x1fc0_0000L, 4, false))
                    .isNotZero();
            assertThat(board.memory().read(TestBoard.REMOTE, 4, true)).isZero();
        }
    }

    @Test
    void emptyNvramMakesTheGuestIgnoreIt() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.configRegister = 0x2101)) {
            assertThat(board.r32(CONFIG_REGISTER)).isEqualTo(0x2141);
            assertThat(board.board.describe()).contains("0x2141 (the NVRAM was empty)");
            board.w32(TestBoard.NVRAM + 0x900, 0x1234_5678);
            board.board.flush();
        }
        try (TestBoard board = TestBoard.build(directory, config -> config.configRegister = 0x2101)) {
            assertThat(board.r32(CONFIG_REGISTER)).isEqualTo(0x2101);
            assertThat(board.r32(TestBoard.NVRAM + 0x900)).isEqualTo(0x1234_5678);
        }
    }

    @Test
    void pushedConfigurationIsInNvramAndUsed() throws ConfigurationException, IOException {
        Path startup = Files.writeString(directory.resolve("startup.cfg"), "hostname R1\nend\n");
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.startupConfig = startup;
            config.configRegister = 0x2142;
        })) {
            assertThat(board.r32(CONFIG_REGISTER)).isEqualTo(0x2102);
            assertThat(board.r16(TestBoard.NVRAM + 0x806)).isEqualTo(0xf0a5);
            assertThat(board.r16(TestBoard.NVRAM + 0x808)).isEqualTo(0xabcd);
            assertThat(board.r32(TestBoard.NVRAM + 0x810)).isEqualTo(0x1e00_082c);
            assertThat(board.r32(TestBoard.NVRAM + 0x82c)).isEqualTo(0x686f_7374);
        }
    }

    @Test
    void missingConfigurationFileIsReportedAndNothingStaysOpen() throws ConfigurationException {
        Path missing = directory.resolve("missing.cfg");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> TestBoard.build(directory, config -> config.startupConfig = missing))
                .withMessageContaining("missing.cfg");
        TestBoard.build(directory, "npe-400").close();
    }

    @ParameterizedTest
    @CsvSource({ "ramMb, 0", "romMb, 0", "romMb, 65" })
    void impossibleSizesAreRefused(String what, int megabytes) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> TestBoard.build(directory, config -> {
            config.ramMb = what.equals("ramMb") ? megabytes : 64;
            config.romMb = what.equals("romMb") ? megabytes : 4;
        })).withMessageContaining(megabytes + " MB");
    }

    @Test
    void stopRegisterStopsTheMachine() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            assertThat(board.r32(TestBoard.REMOTE + 0x34)).isZero();
            assertThat(board.hasStopped()).isTrue();
        }
    }

    @Test
    void resetBringsAllRegistersBackAndKeepsWhatPersists() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, config -> config.cards.put(1, "PA-FE-TX"))) {
            board.gt(0xc1c, 0x1234);
            board.gt(0xcf8, 0x8000_0000);
            board.w32(TestBoard.MP_FPGA + 0x20, -1);
            board.w32(TestBoard.MP_FPGA + 0x68, 1);
            board.w32(TestBoard.IO_FPGA + 0x204, 0xff00);
            board.w32(TestBoard.NVRAM + 0x900, 0x55);
            board.w32(TestBoard.REMOTE + 0x60, 0x2100);
            board.board.insertCard(2, "PA-GE");
            board.board.setImageEntry(0x8000_8000);
            board.board.reset();
            assertThat(board.gt(0xc1c)).isZero();
            assertThat(board.gt(0xcf8)).isZero();
            assertThat(board.r32(TestBoard.MP_FPGA + 0x20)).isZero();
            assertThat(board.r32(TestBoard.MP_FPGA + 0x68)).isEqualTo(3);
            assertThat(board.r32(TestBoard.MP_FPGA + 0x70)).isZero();
            assertThat(board.lines).containsOnly(false);
            assertThat(board.r32(TestBoard.IO_FPGA + 0x204)).isEqualTo(4);
            assertThat(board.r32(TestBoard.NVRAM + 0x900)).isEqualTo(0x55);
            assertThat(board.r32(CONFIG_REGISTER)).isEqualTo(0x2100);
            assertThat(board.r32(TestBoard.REMOTE + 0x28)).isEqualTo(0x8000_8000);
            assertThat(board.board.eeprom(2)).as("a card stays in its slot").isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void savedBoardContinuesIdentically(Npe npe) throws ConfigurationException, SnapshotException {
        SnapshotWriter saved = new SnapshotWriter();
        try (TestBoard board = build(npe)) {
            disturb(board);
            board.board.save(saved);
        }
        try (TestBoard board = build(npe)) {
            board.board.restore(saved.reader("board"));
            SnapshotWriter again = new SnapshotWriter();
            board.board.save(again);
            assertSame("board", saved, again);
            assertThat(board.gt(0xc1c)).isEqualTo(0x10);
            assertThat(board.r32(0x4900_0000L + 0x38)).as("the window of the controller").isEqualTo(0x0001_0001);
            assertThat(board.lines[6]).as("insertion still unseen").isTrue();
            assertThat(board.r32(TestBoard.REMOTE + 0x4c)).isEqualTo(17);
        }
    }

    private TestBoard build(Npe npe) throws ConfigurationException {
        return TestBoard.build(directory, config -> {
            config.npe = npe.cliName();
            config.cards.put(1, "PA-FE-TX");
            config.cards.put(4, "PA-4E");
        });
    }

    /** Brings every part out of its reset state. */
    private static void disturb(TestBoard board) throws ConfigurationException {
        board.gt(0xc1c, 0x10);
        int root = switch (board.pci(0, 0, 0, 0) >>> 16) {
            case 0x0146 -> 2;
            default -> board.pci(0, 0, 2, 0) == -1 ? 7 : 2;
        };
        board.pciWrite(0, 0, root, 0x18, 0x0006_0500);
        if (root == 2) {
            board.pciWrite(0, 5, 1, 0x18, 0x0006_0605);
        }
        board.pciWrite(0, root == 2 ? 6 : 5, 0, 0x14, 0x4900_0000);
        board.w32(0x4900_0000L + 0x38, 0x0001_0001);
        board.w32(TestBoard.MP_FPGA + 0x20, 0x0101);
        board.w32(TestBoard.MP_FPGA + 0x60, 0x0a0a);
        board.w32(TestBoard.IO_FPGA + 0x20c, 0);
        board.w32(TestBoard.IO_FPGA + 0x214, 1);
        board.w32(TestBoard.REMOTE + 0x4c, 17);
        board.w32(TestBoard.REMOTE + 0x54, 'N');
        board.w32(TestBoard.NVRAM + 0xa00, 0x77);
        board.w8(0x1_0000_0403L, 3);
        board.board.removeCard(4);
        board.board.insertCard(5, "PA-FE-TX");
        board.machine.clock().idleUntil(5_000_000);
    }

    private static void assertSame(String path, SnapshotWriter expected, SnapshotWriter actual) {
        assertThat(actual.values().keySet()).as(path).isEqualTo(expected.values().keySet());
        expected.values()
                .forEach((name, value) -> assertThat(actual.values().get(name)).as(path + "/" + name)
                        .isEqualTo(value));
        assertThat(actual.sections().keySet()).as(path).isEqualTo(expected.sections().keySet());
        for (String name : expected.sections().keySet()) {
            assertSame(path + "/" + name, Objects.requireNonNull(expected.sections().get(name)),
                    Objects.requireNonNull(actual.sections().get(name)));
        }
    }

    @Test
    void snapshotWithAnUnknownCardIsRefused() throws ConfigurationException {
        try (TestBoard board = TestBoard.build(directory, "npe-400")) {
            SnapshotWriter saved = new SnapshotWriter();
            board.board.save(saved);
            saved.section("slot3").putString("type", "PA-NEW");
            SnapshotReader reader = saved.reader("board");
            assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> board.board.restore(reader))
                    .withMessageContaining("PA-NEW");
        }
    }

    @Test
    void generatedMacDiffersByInstance() throws ConfigurationException {
        String first;
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.mac = null;
            config.instanceId = 1;
        })) {
            first = board.board.describe();
            assertThat(first).contains("ca:01:");
        }
        try (TestBoard board = TestBoard.build(directory, config -> {
            config.mac = null;
            config.instanceId = 2;
        })) {
            assertThat(board.board.describe()).contains("ca:02:").isNotEqualTo(first);
        }
    }
}
