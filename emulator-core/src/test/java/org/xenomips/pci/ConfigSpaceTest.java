package org.xenomips.pci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.memory.PhysicalMap;

/** Both behaviours of the configuration header, as the platform's software and a stock operating system meet them. */
class ConfigSpaceTest {
    private static final int COMMAND = 0x04;
    private static final int LATENCY = 0x0c;
    private static final int IO = 0x10;
    private static final int MEMORY = 0x14;
    private static final int INTERRUPT = 0x3c;
    private static final int POWER = 0x40;

    private final PhysicalMap map = new PhysicalMap();
    private final ConfigSpace space = create(map);

    private static ConfigSpace create(PhysicalMap map) {
        MmioDevice registers = new MmioDevice() {
            @Override
            public long read(int offset, int sizeBytes) {
                return 0x1234_0000 + offset;
            }

            @Override
            public void write(int offset, int sizeBytes, long value) {}
        };
        return ConfigSpace.of(0x0009_1011, 0x0200_0011)
                .command(0x0147)
                .status(0x0280)
                .interrupt(1, 0x14, 0x28)
                .ioBar(IO, 128, BarWindow.unreachable())
                .memoryBar(MEMORY, 128, 0x20000, BarWindow.of(map, "chip", registers))
                .storage(POWER, 0xc000_ff00)
                .build();
    }

    private long at(long address) {
        return map.read(address, 4, false);
    }

    @Test
    void bareHeaderShowsOnlyIdsClassAndBases() {
        space.configWrite(LATENCY, 0x4008);
        space.configWrite(INTERRUPT, 9);
        space.configWrite(POWER, -1);
        for (int register = 4; register < 0x100; register += 4) {
            assertThat(space.configRead(register)).isEqualTo(register == 8 ? 0x0200_0011 : 0);
        }
        assertThat(space.vendorDevice()).isEqualTo(0x0009_1011);
    }

    @Test
    void bareMemoryBaseTakesAnyValueAndMapsAtOnce() {
        space.configWrite(IO, -1);
        space.configWrite(MEMORY, -1);
        assertThat(space.configRead(IO)).isZero();
        assertThat(space.configRead(MEMORY)).isEqualTo(-1);
        space.configWrite(MEMORY, 0x1235_1000);
        assertThat(space.configRead(MEMORY)).isEqualTo(0x1235_1000);
        assertThat(at(0x1235_1028)).isEqualTo(0x1234_0028);
        assertThat(at(0x1235_1000 + 0x1fffc)).isEqualTo(0x1235_fffcL);
        space.configWrite(COMMAND, 0);
        assertThat(space.configRead(COMMAND)).isZero();
        assertThat(at(0x1235_1028)).isEqualTo(0x1234_0028);
        space.configWrite(MEMORY, 0x1400_0000);
        assertThat(at(0x1235_1028)).isZero();
        assertThat(at(0x1400_0028)).isEqualTo(0x1234_0028);
    }

    @Test
    void windowAssignedBeforeTheCommandStaysVisibleUntilItIsAssignedAgain() {
        space.configWrite(MEMORY, 0x1000_0000);
        space.configWrite(COMMAND, 6);
        assertThat(space.configRead(COMMAND)).isEqualTo(0x0280_0006);
        assertThat(at(0x1000_0028)).isEqualTo(0x1234_0028);
        space.configWrite(COMMAND, ConfigSpace.COMMAND_MASTER);
        assertThat(at(0x1000_0028)).isEqualTo(0x1234_0028);
        space.configWrite(MEMORY, 0x1200_0000);
        assertThat(at(0x1000_0028)).isZero();
        assertThat(at(0x1200_0028)).isZero();
    }

    @Test
    void stockScanSizesAssignsAndEnables() {
        space.configWrite(COMMAND, 0x0400);
        assertThat(space.configRead(COMMAND)).as("no interrupt disable bit").isEqualTo(0x0280_0000);
        space.configWrite(COMMAND, 0);
        assertThat(space.configRead(INTERRUPT)).isEqualTo(0x2814_0100);
        space.configWrite(IO, -1);
        space.configWrite(MEMORY, -1);
        assertThat(space.configRead(IO)).isEqualTo(0xffff_ff81);
        assertThat(space.configRead(MEMORY)).isEqualTo(0xffff_ff80);
        space.configWrite(IO, 0x0001_0001);
        space.configWrite(MEMORY, 0x1200_0080);
        assertThat(space.configRead(IO)).isEqualTo(0x0001_0001);
        assertThat(at(0x1200_0080)).as("decode is off").isZero();
        space.configWrite(COMMAND, ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_MASTER);
        assertThat(at(0x1200_0080)).isEqualTo(0x1234_0000);
        assertThat(at(0x1200_0100)).as("windows 128 bytes apart do not overlap").isZero();
        space.configWrite(COMMAND, 0);
        assertThat(at(0x1200_0080)).isZero();
        space.configWrite(LATENCY, 0x00ff_4008);
        space.configWrite(INTERRUPT, 0xffff_ff11);
        space.configWrite(POWER, -1);
        assertThat(space.configRead(LATENCY)).isEqualTo(0x4008);
        assertThat(space.configRead(INTERRUPT)).isEqualTo(0x2814_0111);
        assertThat(space.configRead(POWER)).isEqualTo(0xc000_ff00);
        assertThat(space.configRead(0x2c)).isZero();
    }

    @Test
    void sizingWithDecodeEnabledMapsNothing() {
        space.configWrite(COMMAND, 2);
        space.configWrite(MEMORY, -1);
        assertThat(map.regions()).isEmpty();
        space.configWrite(MEMORY, 0);
        assertThat(map.regions()).isEmpty();
    }

    @Test
    void resetAndRemovalTakeTheWindowsAway() {
        space.configWrite(MEMORY, 0x1000_0000);
        space.configWrite(COMMAND, 6);
        space.reset();
        assertThat(map.regions()).isEmpty();
        assertThat(space.configRead(COMMAND)).isZero();
        space.configWrite(MEMORY, 0x1000_0000);
        space.removeWindows();
        assertThat(map.regions()).isEmpty();
    }

    @Test
    void snapshotBringsWindowsAndModeBack() throws SnapshotException {
        space.configWrite(MEMORY, 0x1000_0000);
        space.configWrite(COMMAND, 4);
        space.configWrite(IO, 0x8001);
        SnapshotWriter out = new SnapshotWriter();
        space.save(out);
        PhysicalMap otherMap = new PhysicalMap();
        ConfigSpace other = create(otherMap);
        other.restore(out.reader("chip"));
        assertThat(otherMap.read(0x1000_0028, 4, false)).isEqualTo(0x1234_0028);
        for (int register = 4; register < 0x100; register += 4) {
            assertThat(other.configRead(register)).isEqualTo(space.configRead(register));
        }
    }
}
